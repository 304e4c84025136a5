//! The argument `timeouts`.

use std::time::Duration;

use isales_simulator::Latency;

use test_support::{
    policies::{GLOBAL_COMMON, common_json, resource},
    server::{Observed as _, VDN, server},
    terraform::{Workspace, connection},
};

/// Longer than a test waits for anything.
const FOREVER: Duration = Duration::from_secs(3600);

fn with_timeouts(timeouts: &str) -> String {
    let arguments = "  deletion_policy = \"restore\"\n";
    resource(
        46,
        &format!("{GLOBAL_COMMON}{arguments}  timeouts = {{ {timeouts} }}\n"),
    )
}

#[test]
fn each_operation_ends_in_its_own_time_and_names_its_timeout() {
    let server = server();
    let before = common_json(9, 9);
    server.set_policy(VDN, 46, 0, &before).unwrap();
    let workspace = Workspace::new(&server);
    let block = format!("{}  request_timeout = \"1h\"\n", connection(&server));
    workspace.configure(&block);
    let slow = || server.set_latency(Latency::before(FOREVER));
    let fast = || server.set_latency(Latency::default());

    workspace.write(&with_timeouts("create = \"1s\""));
    slow();
    let late = workspace.apply().fails().error();
    late.says(&["took longer than 1s", "raise timeouts.create"]);
    assert_eq!(workspace.resources(), [""; 0]);
    fast();
    workspace.write(&with_timeouts(
        "create = \"1m\", read = \"1s\", delete = \"1s\"",
    ));
    workspace.apply().succeeds();
    workspace.plan().finds_no_changes();

    slow();
    let late = workspace.plan().fails().error();
    late.says(&["took longer than 1s", "raise timeouts.read"]);
    let unread = ["destroy", "-json", "-auto-approve", "-refresh=false"];
    let late = workspace.run(&unread).fails().error();
    late.says(&["took longer than 1s", "raise timeouts.delete"]);
    assert_eq!(workspace.resources().len(), 1);
    assert_eq!(server.kept(46), Some(common_json(1, 1)));

    fast();
    workspace.destroy().succeeds();
    assert_eq!(server.kept(46), Some(before));
}

#[test]
fn a_timeout_that_is_no_duration_is_refused_where_it_stands() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&with_timeouts("update = \"soon\""));
    workspace
        .validate()
        .fails()
        .error()
        .says(&["timeouts.update", "90s"]);
    assert_eq!(server.requests(), []);
}
