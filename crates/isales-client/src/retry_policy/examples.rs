//! The four examples of the API page, as test data.

use super::{CommonRule, DataType, PolicyElement, PolicyType, ResultRule, RetryPolicy, Rule};

/// The section "Example" of the API page "Setting the Retry Policy of an Outbound Campaign",
/// word for word, including the misprint in the third.
const PAGE: &str = include_str!("../../tests/data/api-reference-examples.txt");

/// Returns the request bodies on the page, without white space outside of strings.
pub(crate) fn page_bodies() -> [String; 4] {
    let mut bodies = [const { String::new() }; 4];
    let mut next = bodies.iter_mut();
    let mut current = None;
    for line in PAGE.lines().map(str::trim) {
        if line == "{" {
            current = next.next();
        }
        if let Some(body) = current.as_deref_mut() {
            let mut is_inside_string = false;
            for c in line.chars() {
                is_inside_string ^= c == '"';
                if is_inside_string || !c.is_whitespace() {
                    body.push(c);
                }
            }
        }
        if line == "}" {
            current = None;
        }
    }
    bodies
}

/// Returns the request bodies on the page, with the misprint in the third corrected.
pub(crate) fn corrected_bodies() -> [String; 4] {
    page_bodies().map(|body| body.replace("''policy'", "'policy'"))
}

/// Returns the policy of each example.
pub(crate) fn policies() -> [RetryPolicy; 4] {
    let common = |retry_times, retry_day| {
        Rule::Common(CommonRule {
            retry_times,
            retry_day,
        })
    };
    let result = || {
        Rule::Result(vec![ResultRule {
            result: 4,
            retry_number: 3,
            call_interval: 60,
        }])
    };
    let policy = |policy_type, data_type: &str, rule| RetryPolicy {
        policy_type,
        policy_json: vec![PolicyElement {
            data_type: DataType::new(data_type),
            rule,
            no_retry_policy: [].into(),
        }],
    };
    [
        policy(PolicyType::Global, "", common(1, 1)),
        policy(PolicyType::Global, "", result()),
        policy(PolicyType::NumberType, "ST", common(2, 1)),
        policy(PolicyType::NumberType, "ST", result()),
    ]
}
