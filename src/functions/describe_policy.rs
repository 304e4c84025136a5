//! The function `describe_policy`.

use std::fmt::Write as _;

use isales_client::{
    RetryPolicy,
    retry_policy::{CommonRule, PolicyElement, PolicyType, ResultRule, Rule},
};
use tfplugin::{
    function::{Function, FunctionError, Signature},
    value::types::Type,
};

use super::arguments::{PolicyJson, policy, policy_json_parameter, policy_type_parameter};

/// The function `describe_policy`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DescribePolicy;

impl Function for DescribePolicy {
    type Arguments = (i64, PolicyJson);
    type Output = String;

    fn name(&self) -> &'static str {
        "describe_policy"
    }

    fn signature(&self) -> Signature {
        Signature {
            summary: "Describes a policy in plain words",
            description: "Describes a retry policy in a few lines of plain words: how often, when and \
                          after which results a number is called, and the maximum number of call \
                          attempts that it can get. Intervals have no unit, because the API \
                          reference names none. Unlike a resource, the function rejects attributes \
                          that `policy_json` does not have, such as a misspelled one.",
            parameters: vec![policy_type_parameter(), policy_json_parameter()],
            variadic: None,
            returns: Type::String,
            deprecated: None,
        }
    }

    fn call(&self, (policy_type, policy_json): Self::Arguments) -> Result<String, FunctionError> {
        Ok(describe(&policy(policy_type, policy_json)?))
    }
}

fn describe(policy: &RetryPolicy) -> String {
    let lines: Vec<_> = policy
        .policy_json
        .iter()
        .map(|element| format!("{}: {}", whom(policy.policy_type, element), what(element)))
        .collect();
    lines.join("\n")
}

fn whom(policy_type: PolicyType, element: &PolicyElement) -> String {
    match (policy_type, &element.data_type) {
        (PolicyType::NumberType, Some(data_type)) => format!("Numbers of type {data_type}"),
        _ => "All numbers".to_owned(),
    }
}

fn what(element: &PolicyElement) -> String {
    let (mut text, most) = match &element.rule {
        Rule::Common(common) => (common_words(common), common_most(common)),
        Rule::Result(rules) => (result_words(rules), result_most(rules)),
    };
    if !element.no_retry_policy.is_empty() {
        let codes: Vec<_> = element
            .no_retry_policy
            .iter()
            .map(ToString::to_string)
            .collect();
        let results = if codes.len() == 1 {
            "result"
        } else {
            "results"
        };
        // Writing to a String cannot fail.
        let _ = write!(text, " Not again after the {results} {}.", codes.join(", "));
    }
    let _ = write!(text, " At most {}.", times(most, "call attempt"));
    text
}

fn common_words(common: &CommonRule) -> String {
    format!(
        "up to {} a day, on {}.",
        times(common.retry_times.into(), "call attempt"),
        times(common.retry_day.into(), "day")
    )
}

fn result_words(rules: &[ResultRule]) -> String {
    let after: Vec<_> = rules
        .iter()
        .map(|rule| {
            format!(
                "after result {} up to {}, at intervals of {}",
                rule.result,
                times(rule.retry_number.into(), "further call"),
                rule.call_interval
            )
        })
        .collect();
    format!("one call; {}.", after.join("; "))
}

fn common_most(common: &CommonRule) -> i128 {
    i128::from(common.retry_times) * i128::from(common.retry_day)
}

/// Counts the first call, and every further call that any of the results allows.
fn result_most(rules: &[ResultRule]) -> i128 {
    1 + rules
        .iter()
        .map(|rule| i128::from(rule.retry_number))
        .sum::<i128>()
}

fn times(count: i128, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use isales_client::retry_policy::{DataType, ResultCode};

    use super::*;

    #[test]
    fn a_policy_is_described_in_plain_words() {
        let common = PolicyElement {
            data_type: DataType::new("ST"),
            rule: Rule::Common(CommonRule {
                retry_times: 2,
                retry_day: 3,
            }),
            no_retry_policy: Default::default(),
        };
        let result = PolicyElement {
            data_type: None,
            rule: Rule::Result(vec![
                ResultRule {
                    result: 4,
                    retry_number: 3,
                    call_interval: 60,
                },
                ResultRule {
                    result: 5,
                    retry_number: 1,
                    call_interval: 600,
                },
            ]),
            no_retry_policy: ResultCode::new("002").into_iter().collect(),
        };
        let described = |policy_type, element: &PolicyElement| {
            describe(&RetryPolicy {
                policy_type,
                policy_json: vec![element.clone()],
            })
        };
        assert_eq!(
            described(PolicyType::NumberType, &common),
            "Numbers of type ST: up to 2 call attempts a day, on 3 days. At most 6 call attempts."
        );
        assert_eq!(
            described(PolicyType::Global, &result),
            "All numbers: one call; after result 4 up to 3 further calls, at intervals of 60; after \
             result 5 up to 1 further call, at intervals of 600. Not again after the result 002. At \
             most 5 call attempts."
        );
    }
}
