//! Errors of the server, as the user reads them.

use isales_simulator::{ResultCode, Script};

use test_support::{
    policies::{GLOBAL_COMMON, resource},
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

/// The failures of Table 7: code, title, and what to do.
const TABLE_7: [(ResultCode, &str, &str); 13] = [
    (
        ResultCode::ParameterError,
        "Parameter Error",
        "Correct the parameter",
    ),
    (
        ResultCode::NoSuchCampaign,
        "Campaign Not Found",
        "Check campaign_id and vdn_id",
    ),
    (ResultCode::Empty, "Empty Parameter", "Give every parameter"),
    (
        ResultCode::InvalidCharacters,
        "Invalid Characters In A Parameter",
        "Use only digits, letters and hyphens",
    ),
    (ResultCode::TooLong, "Parameter Too Long", "Shorten"),
    (ResultCode::TooShort, "Parameter Too Short", "are complete"),
    (
        ResultCode::LengthOutOfRange,
        "Parameter Length Out Of Range",
        "Check the length",
    ),
    (
        ResultCode::WrongType,
        "Incorrect Parameter Type",
        "policy_json_quotes or common_policy_layout",
    ),
    (
        ResultCode::WrongValue,
        "Incorrect Parameter Value",
        "Check the values",
    ),
    (
        ResultCode::Conversion,
        "Parameter Conversion Error",
        "policy_json_quotes or common_policy_layout",
    ),
    (
        ResultCode::BadCombination,
        "Incorrect Parameter Combination",
        "Check policy_type against",
    ),
    (
        ResultCode::HourWithoutMinute,
        "Hour And Minute Not Set Together",
        "time settings of the campaign",
    ),
    (
        ResultCode::TooManyParameters,
        "Too Many Parameters",
        "Use fewer elements",
    ),
];

#[test]
fn each_code_of_table_7_has_its_message_on_its_argument() {
    assert_eq!(TABLE_7.map(|(code, _, _)| code), ResultCode::TABLE_7);
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    for (code, title, advice) in TABLE_7 {
        server.script(Script::code(code).method("POST"));
        let error = workspace.apply().fails().error();
        let argument = match code {
            ResultCode::NoSuchCampaign => "campaign_id = 46",
            _ => "policy_json = ",
        };
        let code = format!("(code {})", code.as_str());
        error
            .says(&[title, &code, advice, "25/46"])
            .points_at(argument);
        assert_eq!(workspace.resources().len(), 0, "nothing was created");
        assert!(server.policy(VDN, 46).is_none());
    }
    workspace.apply().succeeds().without_warnings();
    workspace.plan().finds_no_changes();
}

#[test]
fn the_servers_own_words_choose_the_argument() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    for (description, argument) in [
        ("policyType is invalid", "policy_type = 0"),
        ("retryTimes must be less than 10", "policy_json = "),
        ("vdnId does not match", ""),
    ] {
        server.script(Script::codes("0200001", "0200001", description).method("POST"));
        let error = workspace.apply().fails().error();
        error.says(&[description]).points_at(argument);
    }
}

#[test]
fn an_update_that_is_refused_leaves_the_state_as_it_was() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds();
    workspace.write(&resource(
        46,
        &GLOBAL_COMMON.replace("retry_day = 1", "retry_day = 9"),
    ));
    server.script(Script::code(ResultCode::WrongValue).method("POST"));
    workspace.apply().fails().error().says(&["02000007"]);
    let state = workspace.resources();
    assert_eq!(state[0]["values"]["policy_json"][0]["retry_day"], 1);
    assert_eq!(state[0].get("tainted"), None);
    workspace.apply().succeeds();
    workspace.plan().finds_no_changes();
}

#[test]
fn a_refused_signature_is_explained() {
    let server = server();
    let mut workspace = Workspace::new(&server);
    workspace.env("ISALES_SECRET_KEY", "WRONGSK");
    workspace.write(&resource(46, GLOBAL_COMMON));
    let error = workspace.apply().fails().error();
    error.says(&[
        "Signature Refused",
        "HTTP status 401",
        "Check access_key and secret_key",
        "nothing was set",
    ]);
    assert_eq!(server.posted(), [""; 0]);
    assert!(!server.requests().is_empty());
}

#[test]
fn codes_that_contradict_each_other_are_no_success() {
    let server = server();
    let mut workspace = Workspace::new(&server);
    // With retries the policy would be looked up and posted again.
    workspace.env("ISALES_MAX_RETRIES", "0");
    workspace.write(&resource(46, GLOBAL_COMMON));
    server.script(Script::codes("0200000", "0200001", "").method("POST"));
    let error = workspace.apply().fails().error();
    error.says(&["Codes Contradict Each Other", "0200000", "0200001"]);
}
