//! Properties that hold for every policy.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::json;

use super::{
    CommonPolicyLayout, CommonRule, DataType, Encoding, PolicyElement, PolicyType, Quotes,
    ResultCode, ResultRule, RetryPolicy, Rule, UnknownMembers,
    decode::{decode_data, decode_policy_json},
    encode::{encode_body, encode_policy_json},
    equivalent,
};

fn encoding() -> impl Strategy<Value = Encoding> {
    let quotes = prop_oneof![Just(Quotes::Single), Just(Quotes::Double)];
    let layout = prop_oneof![
        Just(CommonPolicyLayout::Auto),
        Just(CommonPolicyLayout::Flat),
        Just(CommonPolicyLayout::Nested),
    ];
    (quotes, layout).prop_map(|(quotes, common_policy_layout)| Encoding {
        quotes,
        common_policy_layout,
    })
}

fn rule() -> impl Strategy<Value = Rule> {
    let common = any::<(i64, i64)>().prop_map(|(retry_times, retry_day)| {
        Rule::Common(CommonRule {
            retry_times,
            retry_day,
        })
    });
    let entry =
        any::<(i64, i64, i64)>().prop_map(|(result, retry_number, call_interval)| ResultRule {
            result,
            retry_number,
            call_interval,
        });
    prop_oneof![
        common,
        prop::collection::vec(entry, 0..4).prop_map(Rule::Result)
    ]
}

fn element() -> impl Strategy<Value = PolicyElement> {
    // A name has no blanks around it; a code has neither separators nor quotes.
    let name = r#"|[0-9A-Za-z'"\\é\u{301}]([ -~À-ž]{0,8}[0-9A-Za-z'"\\])?"#;
    let codes = prop::collection::btree_set("[0-9A-Za-z#*._é\u{301}-]{1,8}", 0..4);
    (name, rule(), codes).prop_map(|(data_type, rule, codes)| PolicyElement {
        data_type: DataType::new(data_type),
        rule,
        no_retry_policy: codes.into_iter().filter_map(ResultCode::new).collect(),
    })
}

fn policy() -> impl Strategy<Value = RetryPolicy> {
    let policy_type = prop_oneof![Just(PolicyType::Global), Just(PolicyType::NumberType)];
    (policy_type, prop::collection::vec(element(), 1..4)).prop_map(|(policy_type, policy_json)| {
        RetryPolicy {
            policy_type,
            policy_json,
        }
    })
}

fn shuffled(policy: &RetryPolicy) -> impl Strategy<Value = RetryPolicy> + use<> {
    let policy_type = policy.policy_type;
    let elements = policy.policy_json.clone();
    let elements = elements.into_iter().map(|element| {
        let rule = match element.rule.clone() {
            Rule::Result(rules) => Just(rules).prop_shuffle().prop_map(Rule::Result).boxed(),
            common @ Rule::Common(_) => Just(common).boxed(),
        };
        rule.prop_map(move |rule| PolicyElement {
            rule,
            ..element.clone()
        })
        .boxed()
    });
    elements
        .collect::<Vec<_>>()
        .prop_flat_map(|elements| Just(elements).prop_shuffle())
        .prop_map(move |policy_json| RetryPolicy {
            policy_type,
            policy_json,
        })
}

proptest! {
    #[test]
    fn an_encoded_policy_reads_back(policy in policy(), encoding in encoding()) {
        let text = encode_policy_json(&policy, encoding);
        for unknown in [UnknownMembers::Ignore, UnknownMembers::Refuse] {
            let elements = decode_policy_json(&text, unknown);
            prop_assert_eq!(elements.as_ref(), Ok(&policy.policy_json));
        }

        let body = serde_json::from_str(&encode_body(&policy, encoding)).unwrap();
        prop_assert_eq!(decode_data(&body).unwrap().unwrap().policy, policy);
    }

    #[test]
    fn order_makes_no_difference(
        (policy, other) in policy().prop_flat_map(|policy| {
            let other = shuffled(&policy);
            (Just(policy), other)
        })
    ) {
        prop_assert!(equivalent(&policy, &other));
    }

    #[test]
    fn any_other_policy_makes_a_difference(a in policy(), b in policy(), times: i64) {
        // Equality by meaning must not be wider than order and the place of noRetryPolicy.
        let mut changed = a.clone();
        changed.policy_json[0].rule = Rule::Common(CommonRule { retry_times: times, retry_day: -7 });
        prop_assert_eq!(equivalent(&a, &changed), a == changed);
        prop_assert_eq!(equivalent(&a, &b), equivalent(&b, &a));
        let twice = RetryPolicy {
            policy_json: [a.policy_json.clone(), a.policy_json.clone()].concat(),
            ..a.clone()
        };
        prop_assert!(!equivalent(&a, &twice));
    }

    #[test]
    fn codes_count_for_the_whole_of_a_global_policy(
        policy in policy(), codes in prop::collection::btree_set("[0-9A-Z]{1,7}", 1..4)
    ) {
        let codes: BTreeSet<_> = codes.into_iter().filter_map(ResultCode::new).collect();
        let with_codes_in = |index: usize| {
            let mut policy = policy.clone();
            for element in &mut policy.policy_json {
                element.no_retry_policy.clear();
            }
            policy.policy_json[index].no_retry_policy = codes.clone();
            policy
        };
        let first = with_codes_in(0);
        let last = with_codes_in(policy.policy_json.len() - 1);
        let alone = |element: &PolicyElement| RetryPolicy {
            policy_type: policy.policy_type,
            policy_json: vec![PolicyElement { no_retry_policy: BTreeSet::new(), ..element.clone() }],
        };
        let ends = [policy.policy_json.first(), policy.policy_json.last()];
        let [one, other] = ends.map(|element| alone(element.unwrap()));
        // In a policy of number types the codes belong to an element, so it matters to which one.
        let is_same = policy.policy_type == PolicyType::Global || equivalent(&one, &other);
        prop_assert_eq!(equivalent(&first, &last), is_same);
        if policy.policy_type == PolicyType::Global {
            let listed: Vec<_> = codes.iter().map(ResultCode::as_str).collect();
            let mut plain = first.clone();
            plain.policy_json[0].no_retry_policy.clear();
            let text = encode_policy_json(&plain, Encoding::default());
            for beside in [
                json!(listed),
                json!(listed.join(",")),
                json!(json!(listed).to_string()),
                json!(format!("[{}]", listed.join(", "))),
            ] {
                let data = json!({"policyJson": text, "policyType": 0, "noRetryPolicy": beside});
                let stored = decode_data(&data).unwrap().unwrap();
                prop_assert!(equivalent(&stored.policy, &first));
            }
        }
    }
}
