use super::*;
use crate::api::{ResultCode, parse_body};

fn code(body: &str) -> &'static str {
    match parse_body(body.as_bytes()).and_then(|body| Policy::from_body(&body)) {
        Ok(_) => ResultCode::Success.as_str(),
        Err(refusal) => refusal.code.as_str(),
    }
}

fn code_of(policy_type: i64, policy_json: &str) -> &'static str {
    match Policy::parse(policy_type, policy_json) {
        Ok(_) => ResultCode::Success.as_str(),
        Err(refusal) => refusal.code.as_str(),
    }
}

/// The request bodies on the API page, section Example; with the misprint of the third corrected.
#[test]
fn examples_of_the_page_are_accepted() {
    for body in [
        r#"{"policyJson":"[{'type':0,'retryTimes':1,'retryDay':1}]","policyType": 0}"#,
        r#"{"policyJson":"[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]","policyType": 0}"#,
        r#"{"policyJson" : "[{'dataType':'ST','type':0,'policy':{'retryTimes':2,'retryDay':1}}]","policyType": 1}"#,
        r#"{"policyJson":"[{'dataType':'ST','type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]","policyType": 1}"#,
    ] {
        assert_eq!(code(body), "0200000", "{body}");
    }
}

#[test]
fn table_3() {
    for (expected, body) in [
        ("0200001", "[]"),
        ("0200001", "{"),
        ("0200001", r#"{"policyType":0,"policyJson":"[]","more":1}"#),
        ("02000001", r#"{"policyJson":"[]"}"#),
        ("02000001", r#"{"policyType":null,"policyJson":"[]"}"#),
        ("02000001", r#"{"policyType":0}"#),
        ("02000001", r#"{"policyType":0,"policyJson":""}"#),
        ("02000006", r#"{"policyType":"0","policyJson":"[]"}"#),
        ("02000006", r#"{"policyType":0.5,"policyJson":"[]"}"#),
        ("02000006", r#"{"policyType":0,"policyJson":[]}"#),
        ("02000007", r#"{"policyType":2,"policyJson":"[]"}"#),
        (
            "02000007",
            r#"{"policyType":99999999999999999999,"policyJson":"[]"}"#,
        ),
        ("02000008", r#"{"policyType":0,"policyJson":"nonsense"}"#),
    ] {
        assert_eq!(code(body), expected, "{body}");
    }
}

#[test]
fn tables_4_and_5() {
    for (expected, policy_type, policy_json) in [
        (
            "0200000",
            0,
            "[{'type':0,'policy':{'retryTimes':2,'retryDay':1}}]",
        ),
        (
            "0200000",
            0,
            "[{'type':0,'policy':'{\"retryTimes\":2,\"retryDay\":1}'}]",
        ),
        (
            "0200000",
            0,
            "[{'type':0,'retryTimes':1,'retryDay':1,'noRetryPolicy':['002']}]",
        ),
        (
            "0200000",
            0,
            "[{'type':1,'policy':[{'result':-2147483648,'retryNumber':3,'callInterval':60}]}]",
        ),
        (
            "02000007",
            0,
            "[{'type':1,'policy':[{'result':-2147483649,'retryNumber':3,'callInterval':60}]}]",
        ),
        (
            "02000007",
            0,
            "[{'type':1,'policy':[{'result':4,'retryNumber':-3,'callInterval':60}]}]",
        ),
        ("0200001", 0, "[{'type':0,'retryTime':1,'retryDay':1}]"),
        (
            "0200001",
            0,
            "[{'type':1,'policy':[{'result':4,'retryNumber':3,'interval':60}]}]",
        ),
        ("02000001", 0, "[]"),
        ("02000001", 0, "[{'retryTimes':1,'retryDay':1}]"),
        ("02000001", 0, "[{'type':0,'retryTimes':1}]"),
        ("02000001", 0, "[{'type':1}]"),
        ("02000001", 0, "[{'type':1,'policy':[]}]"),
        (
            "02000001",
            0,
            "[{'type':1,'policy':[{'result':4,'retryNumber':3}]}]",
        ),
        (
            "02000001",
            1,
            "[{'dataType':'','type':0,'retryTimes':1,'retryDay':1}]",
        ),
        ("02000006", 0, "{'type':0}"),
        ("02000006", 0, "[1]"),
        ("02000006", 0, "[{'type':'0','retryTimes':1,'retryDay':1}]"),
        ("02000006", 0, "[{'type':0,'retryTimes':1.5,'retryDay':1}]"),
        (
            "02000006",
            0,
            "[{'type':1,'policy':{'result':4,'retryNumber':3,'callInterval':6}}]",
        ),
        (
            "02000006",
            0,
            "[{'type':0,'retryTimes':1,'retryDay':1,'noRetryPolicy':'002'}]",
        ),
        (
            "02000006",
            1,
            "[{'dataType':7,'type':0,'retryTimes':1,'retryDay':1}]",
        ),
        ("02000007", 0, "[{'type':2,'retryTimes':1,'retryDay':1}]"),
        ("02000007", 0, "[{'type':0,'retryTimes':-1,'retryDay':1}]"),
        (
            "02000007",
            0,
            "[{'type':0,'retryTimes':2147483648,'retryDay':1}]",
        ),
        ("02000008", 0, "[{'type':1,'policy':'['}]"),
        (
            "02000008",
            1,
            "[{'dataType':'ST','type':0,''policy':{'retryTimes':2,'retryDay':1}}]",
        ),
        ("02000009", 1, "[{'type':0,'retryTimes':1,'retryDay':1}]"),
        ("02000009", 0, "[{'type':1,'retryTimes':1,'policy':[]}]"),
        ("02000009", 0, "[{'type':0,'policy':[]}]"),
        (
            "02000009",
            0,
            "[{'type':0,'retryTimes':1,'policy':{'retryTimes':1,'retryDay':1}}]",
        ),
        (
            "02000009",
            1,
            "[{'dataType':'S','type':0,'retryTimes':1,'retryDay':1,'noRetryPolicy':[]}]",
        ),
        (
            "02000009",
            1,
            "[{'dataType':'S','type':0,'retryTimes':1,'retryDay':1},\
              {'dataType':'S','type':0,'retryTimes':2,'retryDay':1}]",
        ),
        (
            "02000009",
            0,
            "[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60},\
              {'result':4,'retryNumber':1,'callInterval':60}]}]",
        ),
    ] {
        assert_eq!(code_of(policy_type, policy_json), expected, "{policy_json}");
    }
}

#[test]
fn order_and_layout_do_not_affect_the_meaning() {
    let one = Policy::parse(
        1,
        "[{'dataType':'A','type':0,'retryTimes':1,'retryDay':2},\
          {'dataType':'B','type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60},\
          {'result':5,'retryNumber':3,'callInterval':60}]}]",
    );
    let other = Policy::parse(
        1,
        r#"[{"policy":[{"callInterval":60,"retryNumber":3,"result":5},
           {"result":4,"retryNumber":3,"callInterval":60}],"type":1,"dataType":"B"},
           {"policy":{"retryDay":2,"retryTimes":1},"type":0,"dataType":"A"}]"#,
    );
    assert!(one.unwrap().is_equivalent(&other.unwrap()));
}
