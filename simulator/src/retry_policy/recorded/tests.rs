use super::*;
use crate::{
    json,
    retry_policy::{model::Policy, reply::queried},
    shape::Readability,
};

/// Policies whose numbers and names differ, so that none can be taken for another.
const POLICIES: [(i64, &str); 3] = [
    (
        0,
        "[{'type':0,'retryTimes':3,'retryDay':2,'noRetryPolicy':['002','007']}]",
    ),
    (
        0,
        "[{'type':1,'policy':[{'result':4,'retryNumber':5,'callInterval':60}]}]",
    ),
    (
        1,
        "[{'dataType':'ST','type':0,'policy':{'retryTimes':6,'retryDay':8}}]",
    ),
];

fn stored(policy_type: i64, policy_json: &str) -> StoredPolicy {
    StoredPolicy {
        retry_policy_id: "7".to_owned(),
        policy: Policy::parse(policy_type, policy_json).unwrap(),
        policy_json: policy_json.to_owned(),
    }
}

#[test]
fn a_policy_is_read_in_every_shape_that_can_be_read() {
    for variant in Shape::all() {
        let is_sure = matches!(
            variant.readability,
            Readability::Documented | Readability::Clear
        );
        // The bytes are decoded elsewhere; zeros and spaces are part of the meaning.
        let is_other = ["charset=", "names=", "query=", "content-encoding="]
            .iter()
            .any(|key| variant.name.starts_with(key));
        if !is_sure || is_other {
            continue;
        }
        for (policy_type, policy_json) in POLICIES {
            let policy = stored(policy_type, policy_json);
            let reply = queried(variant.shape, Some(&policy));
            let text = String::from_utf8(reply.body).unwrap();
            let read = json::parse(&text).ok().as_ref().and_then(read);
            let read = read.unwrap_or_else(|| panic!("{}: {text}", variant.name));
            assert!(
                read.policy.is_equivalent(&policy.policy),
                "{}: {text}",
                variant.name
            );
        }
    }
}

#[test]
fn what_has_no_policy_has_none() {
    for text in [
        "{}",
        r#"{"data":null}"#,
        r#"{"data":{"policyType":0,"policyJson":""}}"#,
        r#"{"data":{"policyType":0,"policyJson":"[]"}}"#,
        r#"{"data":{"policyType":0,"policyJson":"see the console"}}"#,
    ] {
        assert!(read(&json::parse(text).unwrap()).is_none(), "{text}");
    }
}
