use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::retry_policy::{
    ResultCode,
    examples::{corrected_bodies, page_bodies, policies},
};

fn read(data: &Value) -> RetryPolicy {
    decode_data(data).unwrap().unwrap().policy
}

fn error(data: &Value) -> String {
    decode_data(data).unwrap_err().to_string()
}

#[test]
fn the_examples_read_as_what_they_say() {
    for (policy, body) in policies().into_iter().zip(corrected_bodies()) {
        assert_eq!(read(&serde_json::from_str(&body).unwrap()), policy);
    }
}

#[test]
fn the_misprint_on_the_page_is_read_only_on_demand() {
    let [_, _, body, _] = page_bodies();
    let body: Value = serde_json::from_str(&body).unwrap();
    let text = body["policyJson"].as_str().unwrap();
    assert_eq!(
        decode_policy_json(text, Tolerance::Quotes)
            .unwrap_err()
            .to_string(),
        "policyJson: not JSON: a colon is missing after the key at byte 29"
    );
    let [_, _, policy, _] = policies();
    assert_eq!(
        decode_policy_json(text, Tolerance::Misprint).unwrap(),
        policy.policy_json
    );
}

#[test]
fn every_form_of_a_reply_reads_the_same() {
    let [global, result, number_type, _] = policies();
    for (policy, data) in [
        // Decoded JSON, integers as strings, unknown members.
        (
            &global,
            json!({"policyJson": [{"type": "0", "retryTimes": " 1", "retryDay": "1", "x": {}}], "policyType": "0"}),
        ),
        // The misspelt name beside the right one, which is null or empty.
        (
            &global,
            json!({"policyJson": [{"type": 0, "retryTimes": null, "retryTime": 1, "retryDay": 1}], "policyType": 0}),
        ),
        (
            &global,
            json!({"policyJson": [{"type": 0, "retryTimes": "", "retryTime": "1", "retryDay": 1}], "policyType": 0}),
        ),
        // Under policy stand only nulls: what counts stands in the element.
        (
            &global,
            json!({"policyJson": [{"type": 0, "retryTimes": 1, "retryDay": 1, "policy": {"retryTimes": null, "retryDay": null}}], "policyType": 0}),
        ),
        (
            &global,
            json!({"policyJson": [{"type": 0, "retryTimes": 1, "retryDay": 1, "policy": "{'retryTime':null,'retryDay':''}"}], "policyType": 0}),
        ),
        // Members of the other kind of rule, null or empty.
        (
            &global,
            json!({"policyJson": [{"type": 0, "retryTimes": 1, "retryDay": 1, "policy": "", "dataType": "", "noRetryPolicy": ""}], "policyType": 0, "noRetryPolicy": null}),
        ),
        (
            &global,
            json!({"policyJson": [{"type": 0, "retryTimes": 1, "retryDay": 1, "policy": [], "dataType": null, "noRetryPolicy": []}], "policyType": 0}),
        ),
        (
            &result,
            json!({"policyJson": [{"type": 1, "retryTimes": 0, "retryDay": null, "policy": [{"callInterval": 60, "retryNumber": 3, "result": 4}]}], "policyType": 0}),
        ),
        // A string inside the string.
        (
            &result,
            json!({"policyJson": r#"[{"type":1,"policy":"[{\"result\":4,\"retryNumber\":3,\"callInterval\":60}]"}]"#, "policyType": 0}),
        ),
        (
            &result,
            json!({"policyJson": "[{'type':1,'policy':'[{\\'result\\':4,\\'retryNumber\\':3,\\'callInterval\\':60}]'}]", "policyType": 0}),
        ),
        // Flat, nested, nested as a string, and without the s.
        (
            &number_type,
            json!({"policyJson": "[ {'retryDay': 1, 'retryTimes': 2, 'type': 0, 'dataType': 'ST'} ]", "policyType": 1}),
        ),
        (
            &number_type,
            json!({"policyJson": [{"dataType": "ST", "type": 0, "policy": {"retryTime": 2, "retryDay": 1}}], "policyType": 1}),
        ),
        (
            &number_type,
            json!({"policyJson": [{"dataType": "ST", "type": 0, "policy": "{'retryTimes':2,'retryDay':1}"}], "policyType": 1}),
        ),
    ] {
        assert_eq!(&read(&data), policy, "{data}");
    }
}

#[test]
fn codes_are_read_in_every_form_and_place() {
    let codes: BTreeSet<_> = ["002", "OB99999"]
        .into_iter()
        .filter_map(ResultCode::new)
        .collect();
    let element = json!({"type": 0, "retryTimes": 1, "retryDay": 1});
    for form in [
        json!(["OB99999", "002", "", null]),
        json!("['002','OB99999']"),
        json!(r#"["002","OB99999"]"#),
        json!("002, OB99999,"),
        json!("[002, OB99999]"),
        json!(" [OB99999,002,null] "),
    ] {
        let mut inside = element.clone();
        inside["noRetryPolicy"] = form.clone();
        let inside = read(&json!({"policyJson": [inside], "policyType": 0}));
        let beside =
            read(&json!({"policyJson": [element], "policyType": 0, "noRetryPolicy": form}));
        assert_eq!(inside.policy_json[0].no_retry_policy, codes, "{form}");
        assert_eq!(beside, inside, "{form}");
    }
}

#[test]
fn a_list_of_codes_that_is_broken_is_refused() {
    for form in [
        "['002','OB99999",
        "['002',OB99999]",
        "[002",
        "[[002]]",
        "[{}]",
    ] {
        let data = json!({"policyJson": [{"type": 1}], "policyType": 0, "noRetryPolicy": form});
        assert!(error(&data).starts_with("noRetryPolicy"), "{form}");
    }
}

#[test]
fn codes_beside_many_elements_are_kept_once() {
    const ELEMENTS: usize = 45_000;
    const CODES: usize = 60_000;
    for policy_type in [0, 1] {
        let codes: Vec<_> = (0..CODES).map(|code| code.to_string()).collect();
        let data = json!({
            "policyType": policy_type,
            "policyJson": vec![json!({"type": 1}); ELEMENTS],
            "noRetryPolicy": codes.join(","),
        });
        let elements = read(&data).policy_json;
        assert_eq!(elements.len(), ELEMENTS);
        let kept: usize = elements
            .iter()
            .map(|element| element.no_retry_policy.len())
            .sum();
        assert_eq!(kept, CODES);
    }
}

#[test]
fn a_policy_type_that_cannot_be_is_not_taken_for_no_policy() {
    let huge: Value =
        serde_json::from_str(&format!(r#"{{"policyType":{}}}"#, "9".repeat(99))).unwrap();
    assert!(error(&huge).starts_with("policyType: expected an integer"));
    let other = json!({"policyType": 2, "policyJson": ""});
    assert_eq!(error(&other), "policyType: expected 0 or 1, found 2");
}

#[test]
fn nothing_stored_is_no_policy() {
    for data in [
        json!(null),
        json!({}),
        json!(""),
        json!([]),
        json!({"retryPolicyId": "7", "policyType": null, "policyJson": null}),
        json!({"policyType": 0, "policyJson": ""}),
        json!({"policyType": 0, "policyJson": "[]"}),
        json!({"policyType": 0, "policyJson": "null"}),
    ] {
        assert_eq!(decode_data(&data), Ok(None), "{data}");
    }
}

#[test]
fn the_id_is_told_if_there_is_one() {
    let id = |id: Value| {
        let data = json!({"retryPolicyId": id, "policyType": 0, "policyJson": [{"type": 1}]});
        decode_data(&data).unwrap().unwrap().retry_policy_id
    };
    assert_eq!(id(json!("a1")), Some("a1".to_owned()));
    assert_eq!(id(json!(17)), Some("17".to_owned()));
    assert_eq!(id(json!("")), None);
    assert_eq!(id(json!(null)), None);
}

#[test]
fn each_error_names_its_place() {
    for (data, text) in [
        (json!(7), "data: expected an object, found a number"),
        (
            json!({"policyJson": "[{]", "policyType": 0}),
            "policyJson: not JSON: a key in quotes is missing at byte 2",
        ),
        (
            json!({"policyJson": {"a": 1}, "policyType": 0}),
            "policyJson: expected a list, found an object",
        ),
        (json!({"policyJson": [{}]}), "policyType: missing"),
        (
            json!({"policyJson": [{}], "policyType": 2}),
            "policyType: expected 0 or 1, found 2",
        ),
        (
            json!({"policyJson": [{}, 1], "policyType": 0}),
            "policyJson[0].type: missing",
        ),
        (
            json!({"policyJson": [{"type": 0.5}], "policyType": 0}),
            "policyJson[0].type: expected an integer, found a number",
        ),
        (
            json!({"policyJson": [{"type": 0, "retryTimes": 1}], "policyType": 0}),
            "policyJson[0].retryDay: missing",
        ),
        (
            json!({"policyJson": [{"type": 0, "policy": {"retryTimes": 1}}], "policyType": 0}),
            "policyJson[0].policy.retryDay: missing",
        ),
        (
            json!({"policyJson": [{"type": 0, "retryTimes": 1, "retryDay": ""}], "policyType": 0}),
            "policyJson[0].retryDay: missing",
        ),
        (
            json!({"policyJson": [{"type": 1, "policy": [{"result": "x"}]}], "policyType": 0}),
            "policyJson[0].policy[0].result: expected an integer, found a string",
        ),
        (
            json!({"policyJson": [{"type": 1, "noRetryPolicy": [[]]}], "policyType": 0}),
            "policyJson[0].noRetryPolicy[0]: expected a string, found a list",
        ),
    ] {
        assert_eq!(error(&data), text, "{data}");
    }
    // 64 bits are not enough.
    let huge: Value = serde_json::from_str(
        r#"{"policyJson":[{"type":123456789012345678901234567890}],"policyType":0}"#,
    )
    .unwrap();
    assert_eq!(
        error(&huge),
        "policyJson[0].type: expected an integer, found a number"
    );
}
