//! Error codes of the interfaces for call batches, a table for each interface.

use super::parameter::{CALL_BATCH_ID, NAME};
use crate::{
    campaign::codes::CAMPAIGN_GONE,
    error::code::{CodeEntry, CodeKind},
};

/// `03000001`: another batch has the name.
const NAME_TAKEN: CodeEntry = CodeEntry::new(
    "03000001",
    "Call Batch Name Already Used",
    "another call batch has this name",
    "Choose another name, or import the call batch that has it; isales_call_batches shows its ID.",
)
.of_kind(CodeKind::Conflict)
.at(NAME);

/// `03000002`: the state of the campaign does not allow the change.
const CAMPAIGN_STATE: CodeEntry = CodeEntry::new(
    "03000002",
    "Campaign State Does Not Allow It",
    "the state of the campaign does not allow it",
    "Check the state of the campaign in CC-iSales: call batches can be changed while it is a draft, executing, suspended or completed, but not paused while it is suspended.",
)
.of_kind(CodeKind::Other);

/// `03000003`: the campaign has as many batches as it may. A create whose reply was lost may have
/// been the last one.
const TOO_MANY: CodeEntry = CodeEntry::new(
    "03000003",
    "Too Many Call Batches",
    "the campaign has as many call batches as it may have",
    "Delete call batches that are no longer needed, or have the limit of the tenant raised: 100 unless it is changed, and at most 1000.",
)
.of_kind(CodeKind::Conflict);

/// `03000004`: the batch does not exist.
const NOT_FOUND: CodeEntry = CodeEntry::new(
    "03000004",
    "Call Batch Not Found",
    "the call batch does not exist",
    "Check call_batch_id: the call batch may have been deleted, or belong to another campaign.",
)
.of_kind(CodeKind::NotFound)
.at(CALL_BATCH_ID);

/// `03000005`: the batch is started already. The pages that are known do not list the code; the
/// meaning is inferred from `03000006`.
const ALREADY_STARTED: CodeEntry = CodeEntry::new(
    "03000005",
    "Call Batch Already Started",
    "the call batch is probably started already",
    "Check the call batch in CC-iSales.",
)
.of_kind(CodeKind::Conflict);

/// `03000006`: the batch is suspended already.
const ALREADY_SUSPENDED: CodeEntry = CodeEntry::new(
    "03000006",
    "Call Batch Already Suspended",
    "the call batch is suspended already",
    "Check the call batch in CC-iSales.",
)
.of_kind(CodeKind::Conflict);

/// The codes of the list.
pub(super) const LIST: &[CodeEntry] = &[CAMPAIGN_GONE];

/// The codes of a create.
pub(super) const CREATE: &[CodeEntry] = &[CAMPAIGN_GONE, NAME_TAKEN, CAMPAIGN_STATE, TOO_MANY];

/// The codes of a rename. Its table is not known; these are the codes that fit.
pub(super) const RENAME: &[CodeEntry] = &[CAMPAIGN_GONE, NAME_TAKEN, CAMPAIGN_STATE, NOT_FOUND];

/// The codes of a pause.
pub(super) const PAUSE: &[CodeEntry] =
    &[CAMPAIGN_GONE, CAMPAIGN_STATE, NOT_FOUND, ALREADY_SUSPENDED];

/// The codes of a resume. Its table is not known; these are the codes that fit.
pub(super) const RESUME: &[CodeEntry] =
    &[CAMPAIGN_GONE, CAMPAIGN_STATE, NOT_FOUND, ALREADY_STARTED];

/// The codes of a delete. Its table is not known; these are the codes that fit.
pub(super) const DELETE: &[CodeEntry] = &[CAMPAIGN_GONE, CAMPAIGN_STATE, NOT_FOUND];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_code_has_its_own_explanation() {
        let all = [CREATE, PAUSE, RESUME].concat();
        let codes: BTreeSet<_> = all.iter().map(|entry| entry.code).collect();
        let titles: BTreeSet<_> = all.iter().map(|entry| entry.title).collect();
        let meanings: BTreeSet<_> = all.iter().map(|entry| entry.meaning).collect();
        assert_eq!(codes.len(), 7);
        assert_eq!((titles.len(), meanings.len()), (7, 7));
    }
}
