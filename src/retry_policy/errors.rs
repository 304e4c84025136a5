//! Errors that several operations share.

use isales_client::{CampaignRef, Error, error::ErrorCode};
use tfplugin::{diagnostics::Diagnostic, path::AttributePath};

use crate::{api_error, attribute_paths};

/// The error for a campaign that does not exist.
pub(super) fn campaign_not_found(campaign: CampaignRef, code: &ErrorCode) -> Diagnostic {
    Diagnostic::error(
        "Campaign Not Found",
        format!(
            "CC-iSales has no campaign {campaign} (code {code}), so no retry policy was set. \
             Check vdn_id and campaign_id."
        ),
    )
    .at(attribute_paths::argument(
        isales_client::retry_policy::Parameter::CampaignId,
    ))
}

/// The error for a policy that must be known before it is replaced.
pub(super) fn unreadable(campaign: CampaignRef, error: &Error) -> Diagnostic {
    let attempt =
        format!("The retry policy of campaign {campaign} could not be read, and nothing was set");
    api_error::diagnostic(&attempt, error)
}

/// The error for a second object of one campaign.
pub(super) fn managed_twice(campaign: CampaignRef) -> Diagnostic {
    Diagnostic::error(
        "Campaign Managed Twice",
        format!(
            "Another resource manages the retry policy of campaign {campaign}, and a campaign has \
             one policy only: the two would go on replacing each other's. Nothing was set. Keep \
             one resource for it, in one provider block."
        ),
    )
    .at(AttributePath::attribute("campaign_id"))
}
