//! The provider's functions in expressions: without a server, and without a configuration.

use serde_json::json;

use test_support::{needs, policies::page_bodies, terraform::Workspace};

fn evaluate(expression: &str) -> Workspace {
    let workspace = Workspace::for_functions();
    workspace.write(&format!(
        "output \"value\" {{\n  value = {expression}\n}}\n"
    ));
    workspace
}

fn value(expression: &str) -> serde_json::Value {
    let workspace = evaluate(expression);
    workspace.apply().succeeds().without_warnings();
    workspace.state()["values"]["outputs"]["value"]["value"].clone()
}

#[test]
fn what_the_page_shows_is_decoded_and_encoded_again() {
    needs!(ProviderFunctions);
    let mut round_trips = Vec::new();
    let mut expected = Vec::new();
    for body in page_bodies() {
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        let text = body["policyJson"].as_str().unwrap();
        round_trips.push(format!(
            "provider::isales::encode_policy_json({}, provider::isales::decode_policy_json(\"{text}\"))",
            body["policyType"]
        ));
        expected.push(json!(text));
    }
    assert_eq!(
        value(&format!("[{}]", round_trips.join(", "))),
        json!(expected)
    );
}

#[test]
fn options_choose_quotes_and_layout() {
    needs!(ProviderFunctions);
    let rule = "[{ type = 0, retry_times = \"2\", retry_day = 1 }]";
    let options = "{ policy_json_quotes = \"double\", common_policy_layout = \"nested\" }";
    assert_eq!(
        value(&format!(
            "provider::isales::encode_policy_json(0, {rule}, {options})"
        )),
        json!(r#"[{"type":0,"policy":{"retryTimes":2,"retryDay":1}}]"#)
    );
}

#[test]
fn the_misprint_of_the_page_is_read_as_it_is_meant() {
    needs!(ProviderFunctions);
    let misprint = "[{'dataType':'ST','type':0,''policy':{'retryTimes':2,'retryDay':1}}]";
    let decoded = value(&format!(
        "provider::isales::decode_policy_json(\"{misprint}\")"
    ));
    assert_eq!(decoded[0]["data_type"], "ST");
    assert_eq!(decoded[0]["retry_times"], 2);
}

#[test]
fn a_policy_is_described() {
    needs!(ProviderFunctions);
    let rules = "[{ type = 1, policy = [{ result = 4, retry_number = 3, call_interval = 60 }] }]";
    assert_eq!(
        value(&format!("provider::isales::describe_policy(0, {rules})")),
        json!(
            "All numbers: one call; after result 4 up to 3 further calls, at intervals of 60. At \
             most 4 call attempts."
        )
    );
}

#[test]
fn an_error_names_its_argument() {
    needs!(ProviderFunctions);
    for (expression, says) in [
        (
            "provider::isales::encode_policy_json(2, [{ type = 0, retry_times = 1, retry_day = 1 }])",
            &[
                "Invalid value for \"policy_type\" parameter",
                "policy_type is 2",
            ][..],
        ),
        (
            "provider::isales::encode_policy_json(0, [{ type = 0, retry_times = 1 }])",
            &["Invalid value for \"policy_json\" parameter", "retry_day"],
        ),
        (
            "provider::isales::encode_policy_json(0, [{ type = 0, retry_time = 1, retry_day = 1 }])",
            &[
                "Invalid value for \"policy_json\" parameter",
                "policy_json[0].retry_time: there is no such attribute",
            ],
        ),
        (
            "provider::isales::encode_policy_json(2, [{ type = 0, retry_times = -1, retry_day = 1 }])",
            &["Invalid value for \"policy_type\" parameter: policy_type is 2."],
        ),
        (
            "provider::isales::encode_policy_json(0, [{ type = 0, retry_times = 1, retry_day = 1 }], { policy_json_quotes = \"none\" })",
            &[
                "Invalid value for \"options\" parameter",
                "policy_json_quotes",
            ],
        ),
        (
            "provider::isales::decode_policy_json(\"[{'type':0,\")",
            &["Invalid value for \"policy_json\" parameter", "policy_json"],
        ),
        (
            "provider::isales::describe_policy(1, [{ type = 0, retry_times = 1, retry_day = 1 }])",
            &["Invalid value for \"policy_json\" parameter", "data_type"],
        ),
    ] {
        evaluate(expression).plan().fails().error().says(says);
    }
}
