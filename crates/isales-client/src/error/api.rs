//! Error codes in a reply.

use super::{ErrorCode, Operation};
use crate::parameter::Parameter;

/// The server answered with an error code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("CC-iSales refused to {operation}: {} (code {code}).{} {}", .code.meaning(), description(.desc), .code.advice(*.operation))]
pub struct ApiError {
    /// `resultCode`.
    pub code: ErrorCode,
    /// `resultDesc`, as the server wrote it; may be empty.
    pub desc: String,
    /// What was asked.
    pub operation: Operation,
}

// === impl ApiError ===

impl ApiError {
    /// The parameter that the error is about: the one that the description names, else the
    /// campaign ID where the campaign does not exist, else `policyJson` where one was sent and the
    /// code is of Table 7.
    #[must_use]
    pub fn parameter(&self) -> Option<Parameter> {
        Parameter::named_in(&self.desc).or(match self.operation {
            _ if self.code.says_gone() => Some(Parameter::CampaignId),
            Operation::SetRetryPolicy if self.code.is_of_table_7() => Some(Parameter::PolicyJson),
            _ => None,
        })
    }
}

/// What the server says about the error, made safe to print and kept short.
fn description(desc: &str) -> String {
    const MAX: usize = 400;
    let desc = desc.trim();
    if desc.is_empty() {
        return String::new();
    }
    let text: String = desc.chars().take(MAX).collect();
    let dots = if text.len() < desc.len() { "…" } else { "" };
    format!(" The server says: {:?}{dots}.", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(code: &str, desc: &str) -> ApiError {
        ApiError {
            code: ErrorCode::parse(code),
            desc: desc.to_owned(),
            operation: Operation::SetRetryPolicy,
        }
    }

    #[test]
    fn an_error_is_placed_on_the_parameter_it_concerns() {
        assert_eq!(
            error("0200-01", "").parameter(),
            Some(Parameter::CampaignId)
        );
        assert_eq!(
            error("02000007", "").parameter(),
            Some(Parameter::PolicyJson)
        );
        assert_eq!(
            error("02000007", "bad dataType").parameter(),
            Some(Parameter::DataType)
        );
        assert_eq!(
            error("0200007", "").parameter(),
            Some(Parameter::CampaignId)
        );
        assert_eq!(error("0200006", "").parameter(), None);
        assert_eq!(error("9", "").parameter(), None);
    }

    #[test]
    fn the_description_is_told_escaped_and_cut() {
        let text = error("0200001", "retryTimes\n is wrong").to_string();
        assert_eq!(
            text,
            "CC-iSales refused to set the retry policy: a parameter is wrong (code 0200001). The server says: \"retryTimes\\n is wrong\". Correct the parameter that the description names."
        );
        assert!(error("0200001", &"x".repeat(100_000)).to_string().len() < 1000);
    }

    #[test]
    fn a_list_that_is_refused_is_not_advised_on_policies() {
        let error = ApiError {
            operation: Operation::ListCampaigns,
            ..error("02000007", "beginTime is wrong")
        };
        assert_eq!(
            error.to_string(),
            "CC-iSales refused to list the outbound campaigns: a parameter has a wrong value (code 02000007). The server says: \"beginTime is wrong\". Correct the argument that the description names."
        );
        assert_eq!(error.parameter(), None);
    }
}
