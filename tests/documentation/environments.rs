//! `examples/environments`: one module, three environments, and their shared states.

use std::process::Stdio;

use isales_simulator::Simulator;

use crate::{
    database::Database,
    mirror,
    repository::copy,
    root_modules::{self, outputs, workspace},
};
use test_support::{
    needs,
    terraform::{Running, Workspace},
};

const MODULE: &str = "examples/environments/modules/campaign-retry-policy";

/// Campaigns in the VDNs of production, development and staging.
fn server() -> Simulator {
    root_modules::server()
        .start_blocking()
        .expect("the simulator starts")
}

/// The three environments, with their states in a database.
fn environments(server: &Simulator, database: &Database) -> Workspace {
    let mut workspace = workspace(server);
    mirror::install(&mut workspace);
    workspace.env("PG_CONN_STR", &database.address());
    copy("examples/environments", &workspace.path("."));
    workspace
}

#[test]
fn the_module_passes_its_tests() {
    needs!(TestCommand, ProviderFunctions);
    let server = server();
    let workspace = workspace(&server);
    copy(MODULE, &workspace.path("."));
    let outcome = workspace.run(&["test", "-no-color"]).succeeds();
    assert!(
        outcome.text().contains("15 passed, 0 failed."),
        "{}",
        outcome.stdout
    );
}

#[test]
fn each_environment_has_its_own_campaigns_and_state() {
    needs!(ProviderFunctions);
    let server = server();
    let database = Database::start();
    let workspace = environments(&server, &database);
    for (environment, vdn_id, campaigns) in [("dev", 26, 1), ("staging", 27, 2), ("prod", 25, 2)] {
        let run = |arguments: &[&str]| root_modules::run(&workspace, environment, arguments);
        run(&["init", "-input=false", "-no-color"]).succeeds();
        run(&["apply", "-json", "-input=false", "-auto-approve"]).succeeds();
        let set = server
            .policies()
            .into_keys()
            .filter(|(vdn, _)| *vdn == vdn_id);
        assert_eq!(set.count(), campaigns, "{environment}");
        let plan = ["plan", "-json", "-input=false", "-detailed-exitcode"];
        run(&plan).finds_no_changes().without_warnings();
        let policies = outputs(&workspace, environment)["policies"]["value"].clone();
        assert_eq!(policies.as_object().unwrap().len(), campaigns);
    }
    let production = outputs(&workspace, "prod");
    assert_eq!(production["ids"]["value"]["campaign-46"], "25/46");
    assert_eq!(production["attempts"]["value"]["campaign-47"], 5);
    let destroy = [
        "-chdir=prod",
        "destroy",
        "-json",
        "-input=false",
        "-auto-approve",
    ];
    let refused = workspace.run(&destroy).fails().errors();
    refused[0].says(&["Destroy Prevented"]);

    let arguments = ["-chdir=dev", "plan", "-json", "-input=false"];
    let many = r#"-var=campaigns={"campaign-1"={attempts={per_day=4,days=1}}}"#;
    let too_many = workspace
        .run(&[&arguments[..], &[many]].concat())
        .fails()
        .error();
    too_many.says(&["4 call attempts", "max_attempts is 3"]);
}

#[test]
fn each_environment_refuses_what_is_not_for_it() {
    needs!(ProviderFunctions);
    let server = server();
    let mut workspace = workspace(&server);
    mirror::install(&mut workspace);
    copy("examples/environments", &workspace.path("."));
    for (environment, variable, says) in [
        ("dev", "vdn_id=25", "production (25)"),
        ("dev", "max_attempts=6", "from 1 to 5"),
        ("staging", "campaigns={}", "campaigns is empty"),
        ("staging", "deletion_policy=prevent", "abandon or restore"),
        ("prod", "vdn_id=26", "VDN 25 and no other"),
        (
            "prod",
            "campaigns={\"campaign-46\"={attempts={per_day=1,days=1}}}",
            "final_results",
        ),
    ] {
        let chdir = format!("-chdir={environment}");
        // The state is in no question here, so that no database is needed.
        let backend = "terraform {\n  backend \"local\" {}\n}\n";
        workspace.write_file(&format!("{environment}/backend_override.tf"), backend);
        workspace
            .run(&[&chdir, "init", "-input=false", "-no-color"])
            .succeeds();
        let variable = format!("-var={variable}");
        let refused = workspace.run(&[&chdir, "plan", "-json", "-input=false", &variable]);
        refused.fails().error().says(&[says]);
    }
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.method == "GET")
    );
}

/// Starts an apply that a person has to approve.
fn start(workspace: &Workspace, arguments: &[&str]) -> Running {
    let mut command =
        workspace.command(&[&["-chdir=dev", "apply", "-no-color"], arguments].concat());
    command.stdin(Stdio::piped());
    Running::start(command).expect("terraform starts")
}

#[test]
fn of_two_applies_at_a_time_one_is_refused_or_waits() {
    needs!(ProviderFunctions);
    let server = server();
    let database = Database::start();
    let workspace = environments(&server, &database);
    workspace
        .run(&["-chdir=dev", "init", "-input=false", "-no-color"])
        .succeeds();

    // It holds the lock for as long as it waits for the approval.
    let mut first = start(&workspace, &[]);
    first.says("Enter a value:");

    let refused = [
        "-chdir=dev",
        "apply",
        "-json",
        "-input=false",
        "-auto-approve",
    ];
    let refused = workspace.run(&refused).fails().error();
    refused.says(&["Error acquiring the state lock"]);
    assert!(server.policies().is_empty());

    let second = start(&workspace, &["-auto-approve", "-lock-timeout=10m"]);
    second.says("Acquiring state lock.");
    first.answer("yes\n");
    let first = first.outcome().succeeds();
    assert!(first.text().contains("1 added"), "{first:?}");

    // What the first has done is all that the second finds.
    let second = second.outcome().succeeds();
    assert!(second.text().contains("No changes."), "{second:?}");
    assert_eq!(server.policies().len(), 1);
}
