use serde_json::Value;

use super::*;
use crate::retry_policy::model::Policy;

const POSTED: &str = "[{'type':0,'retryTimes':3,'retryDay':2,'noRetryPolicy':['002','007']},\
                      {'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]";

fn text(reply: Reply) -> String {
    String::from_utf8(reply.body).unwrap()
}

fn reply(shape: &str) -> String {
    let policy = StoredPolicy {
        retry_policy_id: "7".into(),
        policy: Policy::parse(0, POSTED).unwrap(),
        policy_json: POSTED.into(),
    };
    text(queried(shape.parse().unwrap(), Some(&policy)))
}

fn data(shape: &str) -> Value {
    serde_json::from_str::<Value>(&reply(shape)).unwrap()["data"].clone()
}

#[test]
fn as_posted_returns_the_posted_text() {
    let data = data("common=as-posted,no-retry-place=element,no-retry-form=list");
    assert_eq!(data["policyJson"], POSTED);
    assert_eq!(data["retryPolicyId"], "7");
    assert_eq!(data["policyType"], 0);
}

#[test]
fn each_key_changes_the_reply() {
    let policy_json = |shape: &str| data(shape)["policyJson"].as_str().unwrap().to_owned();
    assert!(policy_json("quotes=double").starts_with(r#"[{"type":0,"#));
    assert!(data("quotes=decoded")["policyJson"].is_array());
    assert!(policy_json("common=nested").contains("'policy':{'retryTimes':3,'retryDay':2}"));
    assert!(
        policy_json("policy=string")
            .contains(r#"'policy':'[{"result":4,"retryNumber":3,"callInterval":60}]'"#)
    );
    assert!(policy_json("keys=reversed").starts_with("[{'retryDay':2,'retryTimes':3,"));
    assert!(policy_json("keys=sorted").contains("{'callInterval':60,'result':4,"));
    assert!(policy_json("elements=reversed").starts_with("[{'type':1,"));
    assert!(policy_json("numbers=strings").contains("'retryTimes':'3'"));
    assert!(policy_json("retry-times-key=retryTime").contains("'retryTime':3,"));
    assert!(policy_json("spaces=inside").contains("'retryTimes': 3, "));
    assert!(policy_json("no-retry-place=element").contains("'noRetryPolicy':"));
    assert_eq!(
        data("no-retry-form=json-string")["noRetryPolicy"],
        r#"["002","007"]"#
    );
    assert_eq!(data("no-retry-form=comma-list")["noRetryPolicy"], "002,007");
    assert_eq!(
        data("no-retry-form=list")["noRetryPolicy"],
        serde_json::json!(["002", "007"])
    );
    assert!(data("extra-fields=some")["busiPolicy"].is_string());
    assert!(!reply("envelope=result-only").contains("returnCode"));
}

#[test]
fn a_policy_that_was_never_set() {
    let reply = |shape: &str| text(queried(shape.parse().unwrap(), None));
    assert!(reply("unset=null").ends_with(r#","data":null}"#));
    assert!(!reply("unset=absent").contains("data"));
    assert!(reply("unset=empty-object").ends_with(r#","data":{}}"#));
    assert!(reply("unset=empty-strings").contains(r#""policyJson":"""#));
    assert!(reply("unset=null-policy-json").contains(r#""policyJson":null"#));
}

#[test]
fn every_documented_variant_is_valid_json() {
    for (name, _) in Shape::variants() {
        assert!(
            serde_json::from_str::<Value>(&reply(&name)).is_ok(),
            "{name}"
        );
    }
}

#[test]
fn a_misprint_is_in_the_key_only() {
    let policy_json = data("quotes=misprint")["policyJson"].clone();
    let policy_json = policy_json.as_str().unwrap();
    assert!(
        policy_json.contains("{'type':1,''policy':[{"),
        "{policy_json}"
    );
    assert_eq!(policy_json.matches("''").count(), 1);
}
