//! The VDN and its campaigns.

use std::collections::BTreeMap;

use isales_client::{CampaignRef, Error, VdnId, campaign::Campaign};

use super::{failure, signature::FirstList};
use crate::doctor::{
    finding::{Finding, Step},
    session::{Session, Target},
};

/// The most pages that are read of the list, of 100 campaigns each.
const MAX_PAGES: usize = 10;

/// The most campaigns whose policies are read.
const MAX_POLICIES: usize = 20;

/// The fix where `vdn_id` is missing.
pub(super) const FIND_VDN: &str = "Set vdn_id (ISALES_VDN_ID, --vdn-id). It is the number of your tenant \
     in the contact center, 1 to 9999: the operations personnel of CC-iSales know it, and the pages of \
     CC-iSales have it in the addresses of their requests (…/campaigns/VDN/…).";

/// The VDN, and campaigns of it to look at.
pub(in crate::doctor) struct Known {
    pub(in crate::doctor) vdn_id: VdnId,
    /// Those of the list, or those that the user has named, whether they exist or not.
    pub(in crate::doctor) campaigns: Vec<CampaignRef>,
    /// A campaign of the list.
    pub(in crate::doctor) example: Option<CampaignRef>,
}

/// Examines the VDN and its list of campaigns. If nothing more can be asked of the VDN, returns the
/// reason.
pub(in crate::doctor) async fn run(
    session: &mut Session,
    target: &Target,
    list: FirstList,
) -> Result<Known, &'static str> {
    let Some(vdn_id) = target.vdn_id else {
        session
            .report(Finding::problem(Step::Vdn, "vdn_not_set", "vdn_id is not set").fix(FIND_VDN));
        return Err("vdn_id is not set");
    };
    let named = session.options.campaign_ids.iter();
    let named: Vec<_> = named
        .map(|campaign_id| CampaignRef {
            vdn_id,
            campaign_id: *campaign_id,
        })
        .collect();
    let FirstList { page, mut rest } = list;
    let mut campaigns = match page {
        Ok(page) => page,
        Err(error) => {
            session.report(refused(vdn_id, &error));
            return Err(match &error {
                Error::Api(error) if error.is_throttle() => "requests come too fast",
                _ => "the server refuses the VDN",
            });
        }
    };
    session.report(Finding::ok(
        Step::Vdn,
        "vdn_answers",
        format!("VDN {vdn_id} answers"),
    ));
    session.begin(Step::Campaigns);
    let mut is_whole = false;
    for page in 2..=MAX_PAGES {
        match rest.next().await {
            Ok(Some(more)) => campaigns.extend(more),
            Ok(None) => {
                is_whole = true;
                break;
            }
            Err(error) => {
                session.report(failure::finding(Step::Campaigns, &error));
                return Err("the campaigns could not be listed");
            }
        }
        session.progress(Step::Campaigns, &format!("page {page}"));
    }
    session.report(found(vdn_id, &campaigns, is_whole));
    let listed = campaigns.iter().map(|campaign| CampaignRef {
        vdn_id,
        campaign_id: campaign.campaign_id,
    });
    let listed: Vec<_> = listed.take(MAX_POLICIES).collect();
    Ok(Known {
        vdn_id,
        example: listed.first().copied(),
        campaigns: if named.is_empty() { listed } else { named },
    })
}

fn refused(vdn_id: VdnId, error: &Error) -> Finding {
    match error {
        Error::Api(error) if error.is_throttle() => {
            failure::finding(Step::Vdn, &Error::Api(error.clone()))
        }
        error => Finding::problem(
            Step::Vdn,
            "vdn_refused",
            format!("the server refuses VDN {vdn_id}: {}", failure::reason(error)),
        )
        .fix(
            "Check vdn_id (ISALES_VDN_ID): the VDN does not exist, or the access key belongs to another \
             one. The operations personnel of CC-iSales know which.",
        ),
    }
}

fn found(vdn_id: VdnId, campaigns: &[Campaign], is_whole: bool) -> Finding {
    if campaigns.is_empty() {
        return Finding::notice(
            Step::Campaigns,
            "no_campaigns",
            format!("VDN {vdn_id} has no campaigns"),
        )
        .fix("Check vdn_id (ISALES_VDN_ID), or create a campaign in CC-iSales.");
    }
    let mut statuses: BTreeMap<&str, usize> = BTreeMap::new();
    for campaign in campaigns {
        let status = match campaign.status.map(|status| status.number()) {
            Some(2) => "running, finished or not begun yet (2)",
            Some(3) => "suspended (3)",
            Some(4) => "ended (4)",
            Some(_) => "in another status",
            None => "without a status",
        };
        *statuses.entry(status).or_default() += 1;
    }
    let statuses: Vec<_> = statuses
        .into_iter()
        .map(|(status, count)| format!("{count} {status}"))
        .collect();
    let count = match (campaigns.len(), is_whole) {
        (1, true) => "1 campaign".to_owned(),
        (count, true) => format!("{count} campaigns"),
        (count, false) => format!("{count} campaigns read, there are more"),
    };
    Finding::ok(
        Step::Campaigns,
        "campaigns_listed",
        format!("{count}: {}", statuses.join(", ")),
    )
}
