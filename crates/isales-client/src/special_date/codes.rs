//! Error codes of the interfaces for special dates, a table for each interface.

use super::parameter::{BEGIN_TIME, NAME};
use crate::{
    campaign::codes::CAMPAIGN_GONE,
    error::code::{CodeEntry, CodeKind},
};

const NAME_EXISTS: CodeEntry = CodeEntry::new(
    "0200013",
    "Special Date Name Already Used",
    "another special date has this name",
    "Choose another name.",
)
.of_kind(CodeKind::Conflict)
.at(NAME);

const NOT_FOUND: CodeEntry = CodeEntry::new(
    "0200014",
    "Special Date Not Found",
    "the special date does not exist",
    "It may have been deleted in CC-iSales in the meantime. Run again.",
)
.of_kind(CodeKind::NotFound);

/// An add whose reply was lost may have been the last one.
const LIMIT_REACHED: CodeEntry = CodeEntry::new(
    "0200015",
    "Too Many Special Dates",
    "the campaign already has as many special dates as allowed, which is 20",
    "Delete special dates of the campaign that are no longer needed, before you add others.",
)
.of_kind(CodeKind::Conflict);

const BAD_TIME: CodeEntry = CodeEntry::new(
    "0200030",
    "Incorrect Time Format",
    "the format of a date is wrong",
    "Write begin_time and end_time as yyyy-MM-dd for type 2, and as MM-dd for type 3.",
)
.at(BEGIN_TIME);

pub(super) const LIST: &[CodeEntry] = &[CAMPAIGN_GONE];
pub(super) const ADD: &[CodeEntry] = &[CAMPAIGN_GONE, NAME_EXISTS, LIMIT_REACHED, BAD_TIME];
pub(super) const MODIFY: &[CodeEntry] = &[CAMPAIGN_GONE, NAME_EXISTS, NOT_FOUND, BAD_TIME];
pub(super) const DELETE: &[CodeEntry] = &[CAMPAIGN_GONE, NOT_FOUND];

#[cfg(test)]
mod tests {
    use crate::{
        error::{ApiError, ErrorCode, Operation},
        special_date::calls,
    };

    fn error(operation: &'static Operation, code: &str) -> ApiError {
        ApiError {
            code: ErrorCode::new(code),
            desc: String::new(),
            operation,
        }
    }

    #[test]
    fn each_interface_has_the_codes_of_its_own_table() {
        let all = ["0200007", "0200013", "0200014", "0200015", "0200030"];
        for (operation, codes) in [
            (calls::LIST, &["0200007"][..]),
            (calls::ADD, &["0200007", "0200013", "0200015", "0200030"]),
            (calls::MODIFY, &["0200007", "0200013", "0200014", "0200030"]),
            (calls::DELETE, &["0200007", "0200014"]),
        ] {
            for code in all {
                let is_unknown = error(operation, code).summary() == "Unknown Error Code";
                assert_eq!(is_unknown, !codes.contains(&code), "{operation}: {code}");
            }
        }
    }

    #[test]
    fn an_error_is_placed_on_the_argument_it_concerns() {
        let argument = |code| {
            let parameter = error(calls::ADD, code).parameter();
            parameter.map(|parameter| parameter.argument())
        };
        assert_eq!(argument("0200007"), Some("campaign_id"));
        assert_eq!(argument("0200013"), Some("name"));
        assert_eq!(argument("0200015"), None);
        assert_eq!(argument("0200030"), Some("begin_time"));
    }

    #[test]
    fn a_full_campaign_may_be_full_of_what_an_earlier_request_made() {
        assert!(!error(calls::ADD, "0200015").rejects_equal_requests());
        assert!(!error(calls::ADD, "0200013").rejects_equal_requests());
        assert!(error(calls::ADD, "0200030").rejects_equal_requests());
    }
}
