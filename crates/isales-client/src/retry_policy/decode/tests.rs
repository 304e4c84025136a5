use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;
use crate::retry_policy::{
    DataType, ResultCode, RetryPolicy,
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
fn the_misprint_on_the_page_is_read_as_it_is_meant() {
    let [_, _, body, _] = page_bodies();
    let body: Value = serde_json::from_str(&body).unwrap();
    let [_, _, policy, _] = policies();
    assert_eq!(read(&body), policy);
    let text = body["policyJson"].as_str().unwrap();
    for unknown in [UnknownMembers::Ignore, UnknownMembers::Refuse] {
        assert_eq!(
            decode_policy_json(text, unknown).unwrap(),
            policy.policy_json
        );
    }
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
        // Numbers without a fraction, as Java prints those that went through a map.
        (
            &number_type,
            json!({"policyJson": [{"dataType": "ST", "type": 0.0, "policy": {"retryTimes": 2.0, "retryDay": "1.0"}}], "policyType": 1.0}),
        ),
        (
            &number_type,
            json!({"policyJson": "[{'dataType':'ST','type':'0','retryTimes':2e0,'retryDay':10e-1}]", "policyType": "1.0"}),
        ),
        // Zeros left out.
        (
            &global,
            json!({"policyJson": [{"retryTimes": 1, "retryDay": 1}], "policyType": 0}),
        ),
        (
            &global,
            json!({"policyJson": [{"type": null, "policy": {"retryTimes": 1, "retryDay": 1}}]}),
        ),
        (
            &result,
            json!({"policyJson": [{"type": 1, "policy": [{"callInterval": 60, "retryNumber": 3, "result": 4}]}]}),
        ),
        // One number in several places and spellings, some of them not set.
        (
            &global,
            json!({"policyJson": [{"type": 0, "retryTimes": 1, "retryTime": "1.0", "retryDay": 1}], "policyType": 0}),
        ),
        (
            &global,
            json!({"policyJson": [{"type": 0, "retryTimes": 0, "retryTime": 1, "retryDay": -1, "policy": {"retryTimes": null, "retryDay": 1}}], "policyType": 0}),
        ),
        // Half of it in the element, half of it under policy.
        (
            &global,
            json!({"policyJson": [{"type": 0, "retryTimes": 1, "policy": {"retryDay": 1}}], "policyType": 0}),
        ),
        // Names in other case, in snake case, with blanks; a CHAR column.
        (
            &number_type,
            json!({"PolicyJson": [{"datatype": "ST  ", "Type": 0, "retry_times": 2, "RETRYDAY": 1}], "policy_type": 1}),
        ),
        (
            &number_type,
            json!({"policyjson": "[{' dataType ':' ST','type':0,'policy':{'retry_time':2,'retry-day':1}}]", "policyType": 1}),
        ),
        // Encoded once more, and a list of one that has lost its brackets, or has got some.
        (
            &global,
            json!({"policyJson": r#""[{\"type\":0,\"retryTimes\":1,\"retryDay\":1}]""#, "policyType": 0}),
        ),
        (
            &global,
            json!({"policyJson": {"type": 0, "retryTimes": 1, "retryDay": 1}, "policyType": 0}),
        ),
        (
            &global,
            json!({"policyJson": ["{'type':0,'retryTimes':1,'retryDay':1}"], "policyType": 0}),
        ),
        (
            &global,
            json!({"policyJson": [{"type": 0, "policy": [{"retryTimes": 1, "retryDay": 1}]}], "policyType": 0}),
        ),
        (
            &result,
            json!({"policyJson": [{"type": 1, "policy": {"result": 4, "retryNumber": 3, "callInterval": 60}}], "policyType": 0}),
        ),
        // A byte order mark inside the string, the word null as text.
        (
            &global,
            json!({"policyJson": "\u{feff}[{'type':0,'retryTimes':1,'retryDay':1,'policy':'null','dataType':'null'}]", "policyType": 0}),
        ),
    ] {
        assert_eq!(&read(&data), policy, "{data}");
    }
}

#[test]
fn a_number_type_of_digits_may_come_as_a_number() {
    let data = json!({"policyJson": [{"dataType": 12, "type": 1}], "policyType": 1});
    assert_eq!(read(&data).policy_json[0].data_type, DataType::new("12"));
}

#[test]
fn doubtful_policies_are_refused() {
    for (policy_json, text) in [
        // Two numbers for one.
        (
            json!([{"type": 0, "retryTimes": 1, "retryTime": 2, "retryDay": 1}]),
            "policyJson[0].retryTimes: given more than once: 1 and 2",
        ),
        (
            json!([{"type": 0, "retryTimes": 5, "retryDay": 1, "policy": {"retryTimes": 1, "retryDay": 1}}]),
            "policyJson[0].policy.retryTimes: given more than once: 1 and 5",
        ),
        (
            json!("[{'type':0,'retryTimes':1,'retryTimes':2,'retryDay':1}]"),
            "policyJson: not JSON: a key is repeated with another value at byte 40",
        ),
        (
            json!([{"type": 0, "Type": 1, "retryTimes": 1, "retryDay": 1}]),
            "policyJson[0].type: given more than once: 0 and 1",
        ),
        (
            json!([{"dataType": "ST", "data_type": "SI", "type": 0, "retryTimes": 1, "retryDay": 1}]),
            "policyJson[0].dataType: given more than once: different values under several spellings",
        ),
        // Results without a type, whose default would be the common policy; numbers of one type
        // in an element of the other.
        (
            json!([{"policy": [{"result": 4, "retryNumber": 3, "callInterval": 60}]}]),
            "policyJson[0].type: missing",
        ),
        (
            json!([{"retryTimes": 1, "retryDay": 1, "policy": [{"result": 4}]}]),
            "policyJson[0].type: missing",
        ),
        (json!([{"dataType": "ST"}]), "policyJson[0].type: missing"),
        (
            json!([{"type": 1, "retryTimes": 1, "retryDay": 1}]),
            "policyJson[0].retryTimes: given, but it has no meaning where type is 1",
        ),
        (
            json!([{"type": 0, "retryTimes": 1, "retryDay": 1, "policy": [{"result": 4}]}]),
            "policyJson[0].policy: expected an object, found a list",
        ),
        // Fractions, and numbers that would fill the memory.
        (
            json!([{"type": 0, "retryTimes": 1.5, "retryDay": 1}]),
            "policyJson[0].retryTimes: expected an integer, found 1.5",
        ),
        (
            json!("[{'type':0,'retryTimes':1e999999999,'retryDay':1}]"),
            "policyJson[0].retryTimes: expected an integer, found 1e+999999999",
        ),
        (
            json!([{"type": false, "retryTimes": 1, "retryDay": 1}]),
            "policyJson[0].type: expected an integer, found a boolean",
        ),
        (
            json!([{"type": 0, "retryTimes": [1], "retryDay": 1}]),
            "policyJson[0].retryTimes: expected an integer, found a list",
        ),
        // Other shapes.
        (
            json!({"0": {"type": 0, "retryTimes": 1, "retryDay": 1}}),
            "policyJson: expected a list, found an object",
        ),
        (
            json!([[{"type": 0, "retryTimes": 1, "retryDay": 1}]]),
            "policyJson[0]: expected an object, found a list",
        ),
        (
            json!([null]),
            "policyJson[0]: expected an object, found null",
        ),
        // Characters that were lost on the way.
        (
            json!([{"dataType": "S\u{fffd}", "type": 0, "retryTimes": 1, "retryDay": 1}]),
            "policyJson[0].dataType: a character was lost because the text is not in the encoding that it should be in",
        ),
        (
            json!("[{'dataType':'S\u{fffd}','type':0,'retryTimes':1,'retryDay':1}]"),
            "policyJson: a character was lost because the text is not in the encoding that it should be in",
        ),
    ] {
        let data = json!({"policyJson": policy_json, "policyType": 0});
        assert_eq!(error(&data), text, "{data}");
    }
    // Number types need a type of their own.
    let data = json!({"policyJson": [{"dataType": "ST", "retryTimes": 1, "retryDay": 1}]});
    assert_eq!(error(&data), "policyType: missing");
}

#[test]
fn unknown_members_are_refused_on_demand() {
    let error = |text| {
        let error = decode_policy_json(text, UnknownMembers::Refuse).unwrap_err();
        // A reply may have members that nobody knows.
        if matches!(error.problem, DecodeProblem::UnknownMember { .. }) {
            assert!(decode_policy_json(text, UnknownMembers::Ignore).is_ok());
        }
        error.to_string()
    };
    for (text, says) in [
        (
            "[{'type':0,'retryTimes':1,'retryDay':1,'noRetryPolcy':['006']}]",
            "policyJson[0]: there is no member \"noRetryPolcy\" here; the members are dataType, type, retryTimes, retryDay, policy and noRetryPolicy",
        ),
        (
            "[{'type':0,'policy':{'retryTimes':1,'retryDay':1,'days':['1']}}]",
            "policyJson[0].policy: there is no member \"days\" here; the members are retryTimes, retryDay and noRetryPolicy",
        ),
        (
            "[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60,'unit':'s'}]}]",
            "policyJson[0].policy[0]: there is no member \"unit\" here; the members are result, retryNumber and callInterval",
        ),
        (
            "[{'type':1,'retryTimes':1,'retryDay':1}]",
            "policyJson[0].retryTimes: given, but it has no meaning where type is 1",
        ),
        (
            "[{'type':1,'retryDay':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]",
            "policyJson[0].retryDay: given, but it has no meaning where type is 1",
        ),
        (
            "[{'type':0,'retryTimes':1,'retryDay':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]",
            "policyJson[0].policy: expected an object, found a list",
        ),
    ] {
        assert_eq!(error(text), says, "{text}");
    }
    let [_, result, number_type, _] = policies();
    for (text, policy) in [
        (
            "[{'dataType':'ST','type':0.0,'retryTimes':2.0,'retryDay':1}]",
            number_type,
        ),
        (
            "[{'type':1,'retryTimes':0,'retryDay':null,'policy':[{'result':4,'retryNumber':3.0,'callInterval':6e1}]}]",
            result,
        ),
    ] {
        let read = decode_policy_json(text, UnknownMembers::Refuse);
        assert_eq!(read, Ok(policy.policy_json), "{text}");
    }
}

#[test]
fn codes_are_read_in_every_form_and_place() {
    let codes: BTreeSet<_> = ["002", "OB99999"]
        .into_iter()
        .filter_map(ResultCode::new)
        .collect();
    let nested = json!({"type": 0, "policy": {"retryTimes": 1, "retryDay": 1, "noRetryPolicy": "002;OB99999"}});
    let nested = read(&json!({"policyJson": [nested], "policyType": 0}));
    assert_eq!(nested.policy_json[0].no_retry_policy, codes);
    let element = json!({"type": 0, "retryTimes": 1, "retryDay": 1});
    for form in [
        json!(["OB99999", "002", "", null]),
        json!("['002','OB99999']"),
        json!(r#"["002","OB99999"]"#),
        json!("002, OB99999,"),
        json!("[002, OB99999]"),
        json!(" [OB99999,002,null] "),
        json!("002;OB99999"),
        json!("002|OB99999|"),
        json!("002 OB99999"),
        json!("002，OB99999；"),
        json!("'002','OB99999'"),
        json!(r#""002" ; "OB99999""#),
        json!(r#""['002','OB99999']""#),
        json!(["002;OB99999"]),
        json!(["'002'", " OB99999 "]),
        json!(["002,OB99999"]),
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
fn codes_that_have_become_numbers_are_read() {
    let data = json!({"policyJson": [{"type": 1, "noRetryPolicy": [7, 7.0, "7"]}]});
    let codes = read(&data).policy_json[0].no_retry_policy.clone();
    assert_eq!(codes, ResultCode::new("7").into_iter().collect());
}

#[test]
fn a_list_of_codes_that_is_broken_is_refused() {
    for form in [
        "['002','OB99999",
        "['002',OB99999]",
        "[002",
        "[[002]]",
        "[{}]",
        "{002,007}",
        "('002','007')",
        "00'2",
        "00\u{fffd}",
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
        json!({"policyType": -1, "policyJson": ""}),
        json!({"policyType": 2, "policyJson": " "}),
        json!({"policyType": "x", "policyJson": null, "noRetryPolicy": [[]], "retryTimes": 3}),
        json!({"policyType": -1}),
        json!({"policyType": 0, "policyJson": "", "busiPolicy": "[{'busiResultCode':'1','callInterval':60}]"}),
        json!([{"policyType": 0, "policyJson": "{}"}]),
        json!("{}"),
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
        (json!(7), "data: expected an object, found 7"),
        (
            json!({"policyJson": "[{]", "policyType": 0}),
            "policyJson: not JSON: a key in quotes is missing at byte 2",
        ),
        (
            json!({"policyJson": {"a": 1}, "policyType": 0}),
            "policyJson: expected a list, found an object",
        ),
        (json!({"policyJson": [{}]}), "policyJson[0].type: missing"),
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
            "policyJson[0].type: expected an integer, found 0.5",
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
