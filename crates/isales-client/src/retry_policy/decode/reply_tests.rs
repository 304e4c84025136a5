//! Tests of the search for a policy in a reply.

use serde_json::{Value, json};

use super::*;
use crate::retry_policy::examples::policies;

const ELEMENTS: &str = "[{'type':0,'retryTimes':1,'retryDay':1}]";

fn decode(members: Value) -> Result<Option<StoredPolicy>, String> {
    let mut reply = json!({
        "resultCode": "0200000", "resultDesc": "success", "returnCode": "0200000",
        "returnDesc": "success",
    });
    let reply = reply.as_object_mut().unwrap();
    reply.extend(members.as_object().unwrap().clone());
    decode_reply(reply).map_err(|error| error.to_string())
}

#[test]
fn no_policy_is_where_nothing_looks_like_one() {
    for members in [
        json!({}),
        json!({"data": null}),
        json!({"data": {}, "returnObject": null, "result": []}),
        json!({"data": "", "returnObject": {"policyType": -1, "policyJson": ""}}),
        json!({"data": {"policyType": 0, "policyJson": ""}, "traceId": "retry-policy"}),
        json!({"data": null, "result": "success", "retryable": true, "retryAfter": 30}),
        json!({"data": {"vdnId": 25, "campaignId": 46, "retryPolicyId": "7"}}),
        json!({"policyType": 0, "policyJson": "[]", "retryTimes": 0, "noRetryPolicy": ""}),
    ] {
        assert_eq!(decode(members.clone()), Ok(None), "{members}");
    }
}

#[test]
fn a_policy_is_read_wherever_it_stands_alone() {
    let [policy, ..] = policies();
    let document = json!({"retryPolicyId": "7", "policyType": 0, "policyJson": ELEMENTS});
    for members in [
        json!({"data": document}),
        json!({"Data": document}),
        json!({"data": document.to_string()}),
        json!({"data": [document]}),
        json!({"returnObject": document}),
        json!({"data": null, "result": document}),
        json!({"data": {"policyJson": ""}, "returnObject": document}),
        json!({"data": {"retryPolicy": document}}),
        document.clone(),
        // The same twice.
        json!({"data": document, "returnObject": document}),
        // What an unknown member holds does not matter where data has a policy.
        json!({"data": document, "history": {"policyType": 7, "policyJson": "[{]"}}),
    ] {
        let stored = decode(members.clone()).unwrap().unwrap();
        assert_eq!(stored.policy, policy, "{members}");
        assert_eq!(stored.retry_policy_id.as_deref(), Some("7"), "{members}");
    }
}

#[test]
fn lookalikes_of_a_policy_are_not_taken_for_none() {
    let document = json!({"policyType": 0, "policyJson": ELEMENTS});
    let misplaced =
        "found here, but a retry policy is expected as policyType and policyJson, under data";
    for (members, place) in [
        (json!({"returnObject": {"x": 1}}), "returnObject.x"),
        (
            json!({"result": {"type": 0, "retryDay": 1, "retryTimes": 1}}),
            "result.retryDay",
        ),
        (json!({"data": {"x": 1}}), "data.x"),
        (
            json!({"data": {"policyJson": "", "policy": {"retryTimes": 1}}}),
            "data.policy.retryTimes",
        ),
        (json!({"data": {"json": ELEMENTS}}), "data.json.retryDay"),
        (
            json!({"data": {"retryPolicy": {"x": "y"}}}),
            "data.retryPolicy",
        ),
        (json!({"x": {"retryTime\u{fffd}": 1}}), "x"),
        (json!({"data": {"a b": 1}}), "data.(a member)"),
        (
            json!({"data": {"0123456789abcdef0123456789abcdef": 1}}),
            "data.(a member)",
        ),
        (json!({"retryTimes": 1}), "retryTimes"),
        (
            json!({"x": {"y": {"retry_number": "3"}}}),
            "x.y.retry_number",
        ),
        (json!({"list": [{}, document]}), "list[1]"),
        (json!({"x": "{'policyJson': broken"}), "x"),
    ] {
        assert_eq!(
            decode(members.clone()),
            Err(format!("{place}: {misplaced}")),
            "{members}"
        );
    }
    for (members, says) in [
        (json!({"data": 0}), "data: expected an object, found 0"),
        (
            json!({"data": false}),
            "data: expected an object, found a boolean",
        ),
        (
            json!({"data": [document, document]}),
            "data: expected an object, found a list",
        ),
        (
            json!({"data": {"policyType": 2}}),
            "policyType: expected 0 or 1, found 2",
        ),
        (
            json!({"data": {"policyTyp\u{fffd}": 0}}),
            "data: a character was lost because the text is not in the encoding that it should be in",
        ),
        (
            json!({"data": {"policyType": 0, "policyJson": [{"typ\u{fffd}": 1, "retryTimes": 1, "retryDay": 1}]}}),
            "policyJson[0]: a character was lost because the text is not in the encoding that it should be in",
        ),
        (
            json!({"data": {"policyType": -1, "policyJson": ELEMENTS}}),
            "policyType: expected 0 or 1, found -1",
        ),
        (
            json!({"data": "none"}),
            "data: expected an object, found a string",
        ),
        (
            json!({"data": "{'policyType'"}),
            "data: not JSON: the text ends in the middle of a value at byte 13",
        ),
        (
            json!({"returnObject": {"policyType": 2, "policyJson": ELEMENTS}}),
            "returnObject.policyType: expected 0 or 1, found 2",
        ),
        (
            json!({"data": document, "returnObject": {"policyType": 0, "policyJson": [{"type": 0, "retryTimes": 2, "retryDay": 1}]}}),
            "returnObject.policyJson: given more than once: different policies in different members of the reply",
        ),
        (
            json!({"data": {"policyJson": ELEMENTS, "PolicyJson": "[]", "policyjson": "[{'type':1}]"}}),
            "policyJson: given more than once: different values under several spellings",
        ),
    ] {
        assert_eq!(decode(members.clone()), Err(says.to_owned()), "{members}");
    }
}
