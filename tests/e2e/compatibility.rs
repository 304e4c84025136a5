//! Differences between servers, which the provider's `compatibility` block accounts for.

use test_support::{
    policies::{GLOBAL_COMMON, TYPED_COMMON, resource},
    server::{Observed as _, server},
    terraform::{Workspace, connection},
};

const GLOBAL: &str = GLOBAL_COMMON;
const TYPED: &str = TYPED_COMMON;

#[test]
fn each_setting_shows_in_the_request() {
    let cases = [
        (
            "policy_json_quotes = \"double\"",
            GLOBAL,
            r#"{"policyJson":"[{\"type\":0,\"retryTimes\":1,\"retryDay\":1}]","policyType":0}"#,
        ),
        (
            "common_policy_layout = \"nested\"",
            GLOBAL,
            r#"{"policyJson":"[{'type':0,'policy':{'retryTimes':1,'retryDay':1}}]","policyType":0}"#,
        ),
        (
            "common_policy_layout = \"flat\"",
            TYPED,
            r#"{"policyJson":"[{'dataType':'ST','type':0,'retryTimes':2,'retryDay':1}]","policyType":1}"#,
        ),
        (
            "common_policy_layout = \"auto\"",
            TYPED,
            r#"{"policyJson":"[{'dataType':'ST','type':0,'policy':{'retryTimes':2,'retryDay':1}}]","policyType":1}"#,
        ),
        (
            "policy_json_quotes = \"double\"\n common_policy_layout = \"flat\"",
            TYPED,
            r#"{"policyJson":"[{\"dataType\":\"ST\",\"type\":0,\"retryTimes\":2,\"retryDay\":1}]","policyType":1}"#,
        ),
    ];
    let server = server();
    for (index, (setting, policy, body)) in cases.into_iter().enumerate() {
        let workspace = Workspace::new(&server);
        let block = format!("{}  compatibility = {{ {setting} }}\n", connection(&server));
        workspace.configure(&block);
        workspace.write(&resource(index + 1, policy));
        server.clear_requests();
        workspace.apply().succeeds().without_warnings();
        assert_eq!(server.posted(), [body], "{setting}");
        workspace.plan().finds_no_changes();
        // The setting is about the way, not about the policy.
        workspace.configure(&connection(&server));
        workspace.plan().finds_no_changes();
    }
}

#[test]
fn the_signature_follows_its_settings() {
    let cases = [
        (
            "",
            "content-length;content-type;host",
            "content-type;host",
            24,
        ),
        (
            "timestamp_precision = \"seconds\"",
            "content-length;content-type;host",
            "content-type;host",
            20,
        ),
        ("signed_headers = \"host\"", "host", "host", 24),
        (
            "signed_headers = \"Content-Type; host\"",
            "content-type;host",
            "content-type;host",
            24,
        ),
    ];
    let server = server();
    for (index, (setting, on_post, on_get, timestamp)) in cases.into_iter().enumerate() {
        let workspace = Workspace::new(&server);
        let block = format!("{}  compatibility = {{ {setting} }}\n", connection(&server));
        workspace.configure(&block);
        workspace.write(&resource(index + 1, GLOBAL));
        server.clear_requests();
        workspace.apply().succeeds();
        for request in server.requests() {
            let expected = if request.method == "POST" {
                on_post
            } else {
                on_get
            };
            assert_eq!(
                request.signed_headers.as_deref(),
                Some(expected),
                "{setting}"
            );
            assert_eq!(request.timestamp.unwrap().len(), timestamp, "{setting}");
            assert_eq!(request.signature_error, None);
        }
    }
}

#[test]
fn settings_that_do_not_exist_are_refused() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL));
    for (setting, words) in [
        (
            "policy_json_quotes = \"triple\"",
            ["compatibility.policy_json_quotes", "single"],
        ),
        (
            "common_policy_layout = \"deep\"",
            ["compatibility.common_policy_layout", "nested"],
        ),
        (
            "timestamp_precision = \"days\"",
            ["compatibility.timestamp_precision", "seconds"],
        ),
        (
            "signed_headers = \"date\"",
            ["compatibility.signed_headers", "host"],
        ),
    ] {
        let block = format!("{}  compatibility = {{ {setting} }}\n", connection(&server));
        workspace.configure(&block);
        workspace.validate().fails().error().says(&words);
    }
}
