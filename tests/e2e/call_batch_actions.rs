//! The actions that pause and resume a call batch, under a Terraform that has actions.
//!
//! `tests/protocol/call_batch_actions.rs` invokes them as Terraform 1.14 does, whichever Terraform there
//! is.

use test_support::{
    call_batch::{only, resource},
    needs,
    server::{VDN, server},
    terraform::Workspace,
};

/// The example of the pages: a batch whose status Terraform does not manage, and both actions on it.
fn write(workspace: &Workspace) {
    let mut configuration = resource(46, "name = \"a\"");
    for verb in ["pause", "resume"] {
        configuration += &format!(
            r#"
action "isales_call_batch_{verb}" "it" {{
  config {{
    campaign_id   = 46
    call_batch_id = isales_call_batch.this.call_batch_id
  }}
}}
"#
        );
    }
    workspace.write(&configuration);
}

#[test]
fn a_batch_whose_status_is_not_managed_is_resumed_and_paused_by_actions() {
    needs!(Actions);
    let server = server();
    let workspace = Workspace::new(&server);
    write(&workspace);
    workspace.apply().succeeds();
    let id = only(&server, 46).id;
    for (verb, done, status) in [("resume", "Resumed", 1), ("pause", "Paused", 2)] {
        let invoke = format!("-invoke=action.isales_call_batch_{verb}.it");
        let arguments = [
            "apply",
            "-json",
            "-input=false",
            "-auto-approve",
            invoke.as_str(),
        ];
        let invoked = workspace.run(&arguments).succeeds();
        let text = invoked.text();
        let progress = format!("{done} call batch {VDN}/46/{id}");
        assert!(text.contains(&progress), "not {progress:?} in {text}");
        assert_eq!(only(&server, 46).status, status);
        workspace.plan().finds_no_changes();
    }
}
