//! What is known of a retry policy before it is applied.

use super::{DeletionPolicy, RetryPolicyModel, destroy};
use crate::{
    provider::connection::{Connection, missing_vdn_id},
    tf_provider::{call::Call, diagnostics::Diagnostics, model::Attr},
};

/// Fills in the VDN and the id, and speaks up where the change destroys.
pub(super) fn complete(
    call: &mut Call<'_, Connection>,
    config: &RetryPolicyModel,
    prior: Option<&RetryPolicyModel>,
    planned: &mut RetryPolicyModel,
) -> Result<(), Diagnostics> {
    if config.vdn_id.is_null() {
        planned.vdn_id = match call.client.vdn_id() {
            Attr::Known(vdn_id) => Attr::Known(vdn_id.get().into()),
            Attr::Unknown => Attr::Unknown,
            Attr::Null => match prior {
                // The provider had one when this was made. It still is what it is.
                Some(prior) => prior.vdn_id,
                None => return Err(missing_vdn_id().into()),
            },
        };
    }
    planned.id = match (planned.vdn_id, planned.campaign_id) {
        (Attr::Known(vdn_id), Attr::Known(campaign_id)) => {
            Attr::Known(format!("{vdn_id}/{campaign_id}"))
        }
        _ => Attr::Unknown,
    };

    if let Some(prior) = prior.filter(|prior| prior.id != planned.id) {
        // A replacement: the old campaign's policy is destroyed on the way.
        let policy =
            DeletionPolicy::from_name(prior.deletion_policy.as_ref().known().map(String::as_str));
        if policy == DeletionPolicy::Prevent {
            return Err(destroy::prevented(prior).into());
        }
    }
    Ok(())
}
