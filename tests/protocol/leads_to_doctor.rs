//! Errors that a setting or a form of the server may be the cause of lead to `doctor`, others do not.

use isales_simulator::{Fault, ResultCode, Script};
use serde_json::{Value as Json, json};

use test_support::{
    retry_policy::{apply, config, path, plan},
    target::Target,
};

const COMMAND: &str = "terraform-provider-isales doctor";

/// The errors and warnings of a create whose every request gets this reply.
async fn messages_after(script: Script) -> String {
    let mut target = Target::start().await;
    let planned = plan(&mut target.provider, &Json::Null, &config(46, 1)).await;
    // The query of the plan would serve the create.
    target.begin_run().await;
    target.simulator.script(script.path(&path(46)).times(100));
    let failed = apply(&mut target.provider, &Json::Null, &planned).await;
    let details = failed.diagnostics.iter().map(|found| found.detail.as_str());
    details.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn errors_of_settings_and_forms_name_the_command_once() {
    let html = || Script::fault(Fault::HtmlErrorPage);
    let unreadable = || {
        let data = json!({"policyType": 0, "policyJson": "?"});
        Script::reply(
            200,
            json!({"resultCode": "0200000", "data": data}).to_string(),
        )
    };
    for script in [
        Script::reply(401, ""),
        Script::reply(403, ""),
        html(),
        unreadable(),
    ] {
        let error = messages_after(script).await;
        assert_eq!(error.matches(COMMAND).count(), 1, "{error}");
        assert!(error.ends_with("under .terraform/providers."), "{error}");
    }
}

#[tokio::test]
async fn errors_of_a_server_that_is_busy_or_refuses_do_not() {
    for script in [
        Script::reply(503, ""),
        Script::code(ResultCode::WrongValue),
        Script::fault(Fault::ResetBeforeStored),
    ] {
        let error = messages_after(script).await;
        assert!(!error.is_empty() && !error.contains(COMMAND), "{error}");
    }
}
