//! The actions that pause and resume a campaign, under a Terraform that has actions.
//!
//! `tests/protocol/actions.rs` invokes them as Terraform 1.14 does, whichever Terraform there is.

use std::{
    thread,
    time::{Duration, Instant},
};

use isales_simulator::{CampaignStatus, Latency, ResultCode, Script, Simulator};
use nix::sys::signal::Signal;

use test_support::{
    needs,
    policies::common,
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

/// Longer than anything takes. It bounds hangs; it measures nothing.
const PATIENCE: Duration = Duration::from_secs(60);

/// The example of the page, with this policy.
fn write(workspace: &Workspace, retry_times: u32) {
    workspace.write(&format!(
        r#"
action "isales_campaign_pause" "it" {{
  config {{
    campaign_id = 46
  }}
}}

action "isales_campaign_resume" "it" {{
  config {{
    campaign_id = 46
  }}
}}

resource "isales_retry_policy" "it" {{
  campaign_id = 46
{}
  lifecycle {{
    action_trigger {{
      events  = [before_update]
      actions = [action.isales_campaign_pause.it]
    }}
    action_trigger {{
      events  = [after_update]
      actions = [action.isales_campaign_resume.it]
    }}
  }}
}}
"#,
        common(retry_times, 1)
    ));
}

/// A server and a workspace with a policy, whose creation has triggered no action.
fn created() -> (Simulator, Workspace) {
    let server = server();
    let workspace = Workspace::new(&server);
    write(&workspace, 1);
    workspace.apply().succeeds();
    assert_eq!(server.received("PUT").len(), 0);
    (server, workspace)
}

fn invoke(workspace: &Workspace, action: &str) -> test_support::terraform::Outcome {
    let invoke = format!("-invoke=action.isales_campaign_{action}.it");
    workspace.run(&[
        "apply",
        "-json",
        "-input=false",
        "-auto-approve",
        invoke.as_str(),
    ])
}

fn status(server: &Simulator) -> CampaignStatus {
    server.campaign_status(VDN, 46).expect("a campaign")
}

/// The writes since the last look, in order.
fn writes(server: &Simulator) -> Vec<String> {
    let writes = server.requests().into_iter();
    let writes = writes
        .filter(|request| request.method != "GET")
        .map(|request| request.path.rsplit('/').next().unwrap().to_owned())
        .collect();
    server.clear_requests();
    writes
}

#[test]
fn an_update_is_made_while_the_campaign_is_paused() {
    needs!(Actions);
    let (server, workspace) = created();
    assert_eq!(writes(&server), ["46"]);
    write(&workspace, 2);
    let applied = workspace.apply().succeeds();
    let text = applied.text();
    for part in ["Pausing campaign 25/46", "Resumed campaign 25/46"] {
        assert!(text.contains(part), "not {part:?} in {text}");
    }
    assert_eq!(writes(&server), ["pause", "46", "resume"]);
    assert_eq!(status(&server), CampaignStatus::Running);
    workspace.plan().finds_no_changes();
}

#[test]
fn an_update_that_fails_leaves_the_campaign_paused_until_it_is_resumed() {
    needs!(Actions);
    let (server, workspace) = created();
    let refused = Script::code(ResultCode::ParameterError).method("POST");
    server.script(refused);
    write(&workspace, 2);
    workspace.apply().fails();
    assert_eq!(status(&server), CampaignStatus::Suspended);

    invoke(&workspace, "resume").succeeds();
    assert_eq!(status(&server), CampaignStatus::Running);
    workspace.apply().succeeds();
    assert_eq!(status(&server), CampaignStatus::Running);
}

#[test]
fn an_error_of_an_action_is_shown_with_its_title() {
    needs!(Actions);
    let (server, workspace) = created();
    server.set_campaign_status(VDN, 46, CampaignStatus::Finished);
    let failed = invoke(&workspace, "pause").fails();
    let error = failed.error();
    error.says(&["Campaign Cannot Be Paused", "0200011", "25/46"]);
}

#[test]
fn ctrl_c_cancels_an_action() {
    needs!(Actions);
    let (server, workspace) = created();
    server.set_latency(Latency::before(PATIENCE * 10));
    let arguments = [
        "apply",
        "-json",
        "-input=false",
        "-auto-approve",
        "-invoke=action.isales_campaign_pause.it",
    ];
    let apply = workspace.start(&arguments);
    let deadline = Instant::now() + PATIENCE;
    // The simulator has no event to wait for.
    while server.received("PUT").is_empty() {
        assert!(Instant::now() < deadline, "nothing was sent");
        thread::sleep(Duration::from_millis(10));
    }
    apply.signal(Signal::SIGINT);
    let outcome = apply.outcome().fails();
    let text = outcome.text();
    assert!(text.contains("Request Cancelled"), "{text}");
    assert_eq!(status(&server), CampaignStatus::Running);
}
