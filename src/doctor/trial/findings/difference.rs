//! The difference between a policy that was sent and the one that was kept.

use std::{collections::BTreeSet, fmt::Display};

use isales_client::{
    RetryPolicy,
    retry_policy::{PolicyElement, ResultCode, Rule},
};

/// Describes the first difference, in the words of the resource.
pub(super) fn difference(sent: &RetryPolicy, kept: &RetryPolicy) -> String {
    let types = (sent.policy_type.number(), kept.policy_type.number());
    let lengths = (sent.policy_json.len(), kept.policy_json.len());
    changed("policy_type", types.0, types.1)
        .or_else(|| {
            sent.policy_json.iter().find_map(|element| {
                let mut of_type = kept.policy_json.iter();
                let counterpart = of_type.find(|kept| kept.data_type == element.data_type)?;
                of_element(element, counterpart)
            })
        })
        .or_else(|| {
            changed(
                "the number of elements in policy_json:",
                lengths.0,
                lengths.1,
            )
        })
        .unwrap_or_else(|| "another policy_json".to_owned())
}

fn of_element(sent: &PolicyElement, kept: &PolicyElement) -> Option<String> {
    let of_rules = match (&sent.rule, &kept.rule) {
        (Rule::Common(sent), Rule::Common(kept)) => {
            changed("retry_times", sent.retry_times, kept.retry_times)
                .or_else(|| changed("retry_day", sent.retry_day, kept.retry_day))
        }
        (Rule::Result(sent), Rule::Result(kept)) => {
            sent.iter().zip(kept).find_map(|(sent, kept)| {
                changed("result", sent.result, kept.result)
                    .or_else(|| changed("retry_number", sent.retry_number, kept.retry_number))
                    .or_else(|| changed("call_interval", sent.call_interval, kept.call_interval))
            })
        }
        (sent, kept) => changed("type", sent.rule_type().number(), kept.rule_type().number()),
    };
    of_rules.or_else(|| {
        let codes = |codes: &BTreeSet<ResultCode>| {
            let codes: Vec<_> = codes.iter().map(ResultCode::as_str).collect();
            format!("[{}]", codes.join(", "))
        };
        let (sent, kept) = (codes(&sent.no_retry_policy), codes(&kept.no_retry_policy));
        changed("no_retry_policy", sent, kept)
    })
}

fn changed<T: Display + PartialEq>(name: &str, sent: T, kept: T) -> Option<String> {
    (sent != kept).then(|| format!("{name} {kept} instead of {sent}"))
}

#[cfg(test)]
mod tests {
    use isales_client::retry_policy::decode::decode_data;
    use serde_json::json;

    use super::*;

    fn policy(policy_json: &str) -> RetryPolicy {
        let data = json!({"policyType": 0, "policyJson": policy_json});
        decode_data(&data).unwrap().unwrap().policy
    }

    #[test]
    fn the_first_difference_is_named() {
        let common = policy("[{'type':0,'retryTimes':2,'retryDay':1,'noRetryPolicy':['002']}]");
        let result =
            policy("[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]");
        for (kept, expected) in [
            (
                "[{'type':0,'retryTimes':1,'retryDay':1}]",
                "retry_times 1 instead of 2",
            ),
            (
                "[{'type':0,'retryTimes':2,'retryDay':1}]",
                "no_retry_policy [] instead of [002]",
            ),
        ] {
            assert_eq!(difference(&common, &policy(kept)), expected);
        }
        assert_eq!(difference(&common, &result), "type 1 instead of 0");
        let kept = policy("[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':30}]}]");
        assert_eq!(difference(&result, &kept), "call_interval 30 instead of 60");
    }
}
