//! Error codes of the interfaces for campaigns.

use crate::{
    error::code::{CodeEntry, CodeKind},
    id::CAMPAIGN_ID,
};

const CHECK_IDS: &str =
    "Check campaign_id and vdn_id: the campaign may have been deleted, or belong to another VDN.";
const CHECK_CAMPAIGN: &str = "Check the campaign itself in CC-iSales.";

/// `0200-01`: the campaign does not exist. Used by the interfaces of the retry policy.
pub(crate) const CAMPAIGN_NOT_FOUND: CodeEntry = CodeEntry::new(
    "0200-01",
    "Campaign Not Found",
    "the campaign does not exist",
    CHECK_IDS,
)
.of_kind(CodeKind::NotFound)
.at(CAMPAIGN_ID);

/// `0200007`: the campaign no longer exists. Used by all other interfaces of campaigns.
pub(crate) const CAMPAIGN_GONE: CodeEntry = CodeEntry::new(
    "0200007",
    "Campaign Not Found",
    "the campaign no longer exists",
    CHECK_IDS,
)
.of_kind(CodeKind::NotFound)
.at(CAMPAIGN_ID);

/// `0200011`: the status of the campaign rules the request out. The campaign may also have the status
/// that was asked for already.
pub(super) const WRONG_STATUS: &str = "0200011";

/// The codes of the interface that pauses a campaign, in addition to the common ones.
pub(super) const PAUSE: &[CodeEntry] = &[
    CAMPAIGN_GONE,
    CodeEntry::new(
        WRONG_STATUS,
        "Campaign Cannot Be Paused",
        "the status of the campaign does not allow it to be paused",
        "Only a campaign that is running can be paused: check in CC-iSales whether it has begun and has not finished.",
    )
    .of_kind(CodeKind::Other),
];

/// The codes of the interface that resumes a campaign, in addition to the common ones.
pub(super) const RESUME: &[CodeEntry] = &[
    CAMPAIGN_GONE,
    CodeEntry::new(
        WRONG_STATUS,
        "Campaign Cannot Be Resumed",
        "the status of the campaign does not allow it to be resumed",
        "Only a campaign that is suspended can be resumed: check in CC-iSales whether it has ended.",
    )
    .of_kind(CodeKind::Other),
];

/// Codes about the state of a campaign, or about a new one.
pub(crate) const STATE: &[CodeEntry] = &[
    state(
        "0200002",
        "Campaign Begins In The Past",
        "the campaign begins before today",
    ),
    state(
        "0200003",
        "Too Many Campaigns For Skill Queues",
        "there are more campaigns for skill queues than allowed",
    ),
    state(
        "0200004",
        "Too Many Campaigns For IVR",
        "there are more campaigns for IVR than allowed",
    ),
    state(
        "0200005",
        "Campaign Name Already Used",
        "another campaign has this name",
    ),
    state(
        WRONG_STATUS,
        "Campaign Status Not Suitable",
        "the status of the campaign does not allow this",
    ),
    state("0200016", "Campaign Has Ended", "the campaign has ended"),
    state(
        "0200017",
        "Skill Queue Not Found",
        "the skill queue does not exist",
    ),
];

/// Codes that mean that the campaign does not exist.
pub(crate) const NOT_FOUND: &[CodeEntry] = &[CAMPAIGN_NOT_FOUND, CAMPAIGN_GONE];

const fn state(code: &'static str, title: &'static str, meaning: &'static str) -> CodeEntry {
    CodeEntry::new(code, title, meaning, CHECK_CAMPAIGN).of_kind(CodeKind::Other)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_code_has_its_own_meaning() {
        let all: Vec<_> = STATE.iter().chain(NOT_FOUND).collect();
        let codes: BTreeSet<_> = all.iter().map(|entry| entry.code).collect();
        let meanings: BTreeSet<_> = all.iter().map(|entry| entry.meaning).collect();
        assert_eq!(codes.len(), all.len());
        assert_eq!(meanings.len(), all.len());
    }
}
