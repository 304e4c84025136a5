//! Error codes of the interfaces for retry policies: Table 7 of the API reference.

use super::parameter::Parameter;
use crate::{
    campaign::codes::{CAMPAIGN_GONE, CAMPAIGN_NOT_FOUND},
    error::code::{self, CodeEntry},
};

/// Table 7, with advice on the policy that was sent.
pub(crate) const SET: &[CodeEntry] = &[
    CAMPAIGN_NOT_FOUND,
    policy(
        code::PARAMETER_ERROR,
        "Correct the parameter that the description names.",
    ),
    policy(
        code::EMPTY_PARAMETER,
        "Give every parameter of the policy a value.",
    ),
    policy(
        code::INVALID_CHARACTERS,
        "Use only digits, letters and hyphens in data_type and in the codes of no_retry_policy.",
    ),
    policy(
        code::TOO_LONG,
        "Shorten data_type or the codes of no_retry_policy, or split the policy into fewer elements.",
    ),
    policy(
        code::TOO_SHORT,
        "Check that data_type and the codes of no_retry_policy are complete.",
    ),
    policy(
        code::LENGTH_OUT_OF_RANGE,
        "Check the length of data_type, of the codes of no_retry_policy and of the whole policy.",
    ),
    policy(
        code::WRONG_TYPE,
        "If every value has the type that Tables 4 and 5 require, the server may expect another form of policy_json: try the other policy_json_quotes or common_policy_layout.",
    ),
    policy(
        code::WRONG_VALUE,
        "Check the values of the policy against the ranges of your CC-iSales version, and that data_type and result exist in the VDN.",
    ),
    policy(
        code::CONVERSION_ERROR,
        "The server could not read policy_json: try the other policy_json_quotes or common_policy_layout, which differ between CC-iSales versions.",
    ),
    policy(
        code::WRONG_COMBINATION,
        "Check policy_type against data_type and no_retry_policy, and type against retry_times, retry_day and policy.",
    ),
    policy(
        code::HOUR_AND_MINUTE,
        "The retry policy has no such parameters: check the time settings of the campaign itself.",
    ),
    policy(
        code::TOO_MANY_PARAMETERS,
        "Use fewer elements in policy_json, fewer entries in policy or fewer codes in no_retry_policy.",
    ),
];

/// The codes of a query that are not common to all interfaces.
pub(crate) const QUERY: &[CodeEntry] = &[CAMPAIGN_NOT_FOUND];

/// Codes that Table 7 does not list, but that the other interfaces for campaigns have. A server that
/// uses `0200007` here too means what it means there.
pub(crate) const UNLISTED: &[CodeEntry] = &[CAMPAIGN_GONE];

const fn policy(entry: CodeEntry, advice: &'static str) -> CodeEntry {
    entry.advising(advice).at(Parameter::PolicyJson.name())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        error::{ApiError, ErrorCode, Operation},
        retry_policy::calls::{QUERY as QUERY_POLICY, SET as SET_POLICY},
    };

    /// Table 7 of the API reference.
    const TABLE_7: [&str; 13] = [
        "0200001", "0200-01", "02000001", "02000002", "02000003", "02000004", "02000005",
        "02000006", "02000007", "02000008", "02000009", "02000010", "02000011",
    ];

    fn error(operation: &'static Operation, code: &str, desc: &str) -> ApiError {
        ApiError {
            code: ErrorCode::new(code),
            desc: desc.to_owned(),
            operation,
        }
    }

    #[test]
    fn every_code_of_table_7_has_its_own_message_and_rejects_the_policy() {
        let mut messages = BTreeSet::new();
        for code in TABLE_7 {
            let error = error(SET_POLICY, code, "");
            assert!(error.rejects_equal_requests(), "{code}");
            messages.insert((error.summary(), error.to_string()));
        }
        assert_eq!(messages.len(), TABLE_7.len());
        assert_eq!(SET.len(), TABLE_7.len());
    }

    #[test]
    fn an_error_is_placed_on_the_parameter_it_concerns() {
        let parameter = |code, desc| error(SET_POLICY, code, desc).parameter();
        for (code, desc, expected) in [
            ("0200-01", "", Parameter::CampaignId),
            ("02000007", "", Parameter::PolicyJson),
            ("02000007", "bad dataType", Parameter::DataType),
            ("0200007", "", Parameter::CampaignId),
        ] {
            assert_eq!(parameter(code, desc), Some(expected.name()), "{code}");
        }
        assert_eq!(parameter("0200006", ""), None);
        assert_eq!(parameter("9", ""), None);
        assert_eq!(error(QUERY_POLICY, "02000007", "").parameter(), None);
    }

    #[test]
    fn the_codes_of_these_and_of_the_other_interfaces_mean_that_the_campaign_is_missing() {
        for operation in [SET_POLICY, QUERY_POLICY] {
            assert!(error(operation, "0200-01", "").is_not_found());
            assert!(error(operation, "0200007", "").is_not_found());
            assert!(!error(operation, "0200006", "").is_not_found());
        }
    }

    #[test]
    fn only_a_policy_that_is_set_is_advised_on() {
        for code in TABLE_7 {
            let text = error(QUERY_POLICY, code, "").to_string();
            let advice = text.split("(code ").nth(1).unwrap();
            assert!(!advice.contains("policy"), "{code}: {advice}");
        }
    }
}
