//! No secret is in a log, in the state or in a plan.

use isales_simulator::{Script, Simulator};

use test_support::{
    policies::{GLOBAL_COMMON, common, resource},
    remains::{Remains, Secrets},
    server::{ACCESS_KEY, server},
    terraform::{Workspace, connection},
};

const THIS: &str = "isales_retry_policy.this";

/// Not a part of any word in a log.
const SECRET: &str = "c2VjcmV0LWtleS1mb3ItdGVzdHM";
const WRONG_SECRET: &str = "bm90LXRoZS1zZWNyZXQta2V5LWF0LWFsbA";

/// The whole cycle, with failures on the way.
fn live_through_everything(server: &Simulator, workspace: &mut Workspace) -> Remains {
    let mut remains = Remains::default();
    workspace.env("ISALES_SECRET_KEY", SECRET);
    workspace.write(&resource(46, GLOBAL_COMMON));
    let planned = workspace.plan_with(&["-out=create.plan"]).finds_changes();
    remains.after(workspace, planned);
    let applied = workspace.apply_with(&["create.plan"]).succeeds();
    remains.after(workspace, applied);
    // The file of a plan is compressed, so it is searched as Terraform shows it.
    let shown = workspace.run(&["show", "-json", "create.plan"]).succeeds();
    assert!(shown.stdout.contains("policy_json"));
    remains.after(workspace, shown);
    remains
        .after(workspace, workspace.plan())
        .finds_no_changes();
    workspace.write(&resource(46, &common(2, 2)));
    server.script(Script::reply(503, "busy").method("POST"));
    server.script(Script::reply(500, "down").method("GET"));
    remains.after(workspace, workspace.apply()).succeeds();
    let forgotten = workspace.run(&["state", "rm", THIS]).succeeds();
    remains.after(workspace, forgotten);
    let imported = workspace.import(THIS, "25/46").succeeds();
    remains.after(workspace, imported);
    let planned = workspace.plan_with(&["-destroy", "-out=destroy.plan"]);
    remains.after(workspace, planned.finds_changes());
    let gone = workspace.apply_with(&["destroy.plan"]).succeeds();
    remains.after(workspace, gone);

    workspace.env("ISALES_SECRET_KEY", WRONG_SECRET);
    let refused = remains.after(workspace, workspace.apply()).fails();
    refused.error().says(&["401"]);
    let other = self::server();
    workspace.configure(&connection(&other).replace(other.endpoint(), server.endpoint()));
    let refused = remains.after(workspace, workspace.apply()).fails();
    refused.error().says(&["unknown issuer"]);

    // The key in the configuration, where Terraform itself reads it.
    let block = format!("{}  secret_key = \"{SECRET}\"\n", connection(server));
    workspace.configure(&block);
    remains.after(workspace, workspace.apply()).succeeds();
    remains
        .after(workspace, workspace.plan())
        .finds_no_changes();
    remains
}

#[test]
fn a_trace_of_everything_holds_no_secret() {
    let server = Simulator::builder()
        .credentials(ACCESS_KEY, SECRET)
        .start_blocking()
        .unwrap();
    let mut workspace = Workspace::new(&server);
    workspace.env("TF_LOG", "TRACE");
    let log = workspace.path("trace.log");
    workspace.env("TF_LOG_PATH", log.to_str().unwrap());
    let remains = live_through_everything(&server, &mut workspace);

    let (accepted, refused): (Vec<_>, Vec<_>) = server
        .requests()
        .into_iter()
        .partition(|request| request.signature_error.is_none());
    assert!(!accepted.is_empty() && !refused.is_empty());
    let trace = remains.text("trace.log");
    for word in [
        "[TRACE]",
        "provider.terraform-provider-isales",
        "request is made again",
    ] {
        assert!(trace.contains(word), "the log to search has no {word}");
    }
    let wait = trace
        .lines()
        .find(|line| line.contains("request is made again"));
    for word in ["reason=", "wait_ms=", "retry=1 "] {
        assert!(wait.unwrap().contains(word), "{wait:?} has no {word}");
    }
    remains.hold_none_of(&Secrets::of(&server, ACCESS_KEY, &[SECRET, WRONG_SECRET]));
}
