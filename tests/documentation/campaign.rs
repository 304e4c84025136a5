//! `examples/campaign`: one module for a whole campaign, in two environments.

use std::collections::{BTreeMap, BTreeSet};

use isales_simulator::{CallBatchChange, Simulator};
use serde_json::Value;

use crate::{
    markdown::Page,
    mirror,
    repository::{copy, read, root},
    root_modules::{self, outputs, run},
};
use test_support::{needs, terraform::Workspace};

const EXAMPLE: &str = "examples/campaign";
/// The pages that show what depends on what.
const PAGES: [&str; 2] = [
    "examples/campaign/README.md",
    "docs/guides/manage-a-campaign.md",
];

/// A server that does not delete a call result while a policy names it.
fn server() -> Simulator {
    root_modules::server()
        .refuse_used_call_results()
        .start_blocking()
        .expect("the simulator starts")
}

/// The two environments, with their states in files.
fn environments(server: &Simulator) -> Workspace {
    let mut workspace = root_modules::workspace(server);
    mirror::install(&mut workspace);
    copy(EXAMPLE, &workspace.path("."));
    workspace
}

fn init_and_apply(workspace: &Workspace, environment: &str) {
    run(
        workspace,
        environment,
        &["init", "-input=false", "-no-color"],
    )
    .succeeds();
    apply(workspace, environment);
}

fn apply(workspace: &Workspace, environment: &str) {
    let arguments = ["apply", "-json", "-input=false", "-auto-approve"];
    run(workspace, environment, &arguments).succeeds();
}

fn finds_no_changes(workspace: &Workspace, environment: &str) {
    let arguments = ["plan", "-json", "-input=false", "-detailed-exitcode"];
    run(workspace, environment, &arguments)
        .finds_no_changes()
        .without_warnings();
}

/// The names of a campaign's call batches, with their status.
fn call_batches(server: &Simulator, vdn_id: u16, campaign_id: i64) -> BTreeMap<String, i64> {
    server
        .call_batches(vdn_id, campaign_id)
        .into_iter()
        .map(|batch| (batch.name, batch.status))
        .collect()
}

/// The objects whose writes the server received, in the order of the first write of each.
fn written(server: &Simulator) -> Vec<&'static str> {
    const OBJECTS: [(&str, &str); 4] = [
        ("/callbatch/", "call batch"),
        ("/holiday/", "special date"),
        ("/retryPolicy/", "policy"),
        ("ObsResult", "call result"),
    ];
    let mut written = Vec::new();
    for request in server.requests() {
        // The page of the interface that creates call results spells its path differently.
        let path = request.path.replace("createObResult", "createObsResult");
        let object = OBJECTS.iter().find(|(part, _)| path.contains(part));
        let Some((_, object)) = object.filter(|_| request.method != "GET") else {
            continue;
        };
        if !written.contains(object) {
            written.push(*object);
        }
    }
    written
}

#[test]
fn the_modules_pass_their_tests() {
    needs!(TestCommand);
    for (module, passed) in [("call-results", 5), ("campaign", 18)] {
        let server = server();
        let workspace = root_modules::workspace(&server);
        copy(&format!("{EXAMPLE}/modules/{module}"), &workspace.path("."));
        let outcome = workspace.run(&["test", "-no-color"]).succeeds();
        assert!(
            outcome
                .text()
                .contains(&format!("{passed} passed, 0 failed.")),
            "{module}: {}",
            outcome.stdout
        );
    }
}

#[test]
fn production_is_applied_as_it_is_configured() {
    let server = server();
    let workspace = environments(&server);
    let existing = server.call_results(25).len();
    init_and_apply(&workspace, "prod");
    finds_no_changes(&workspace, "prod");

    assert_eq!(server.call_results(25).len(), existing + 2);
    let outputs = outputs(&workspace, "prod");
    let code = |key: &str| outputs["codes"]["value"][key].as_str().unwrap();
    let policy = server.policy(25, 46).expect("a policy").policy_json;
    for key in ["nonexistent", "unreachable"] {
        assert!(policy.contains(&format!("'{}'", code(key))), "{policy}");
    }
    let other = server.policy(25, 47).expect("a policy").policy_json;
    assert!(other.contains(code("unreachable")), "{other}");
    assert!(!other.contains(code("nonexistent")), "{other}");
    assert_eq!(outputs["attempts"]["value"]["campaign-46"], 6);
    assert_eq!(outputs["attempts"]["value"]["campaign-47"], 4);

    assert_eq!(server.special_dates(25, 46).len(), 3);
    let started = [("February".to_owned(), 2), ("January".to_owned(), 1)];
    assert_eq!(call_batches(&server, 25, 46), BTreeMap::from(started));

    // Somebody starts the call batch that Terraform does not start.
    let february = &outputs["call_batch_ids"]["value"]["campaign-46"]["February"];
    let started = CallBatchChange::Status(1);
    assert!(server.change_call_batch(25, 46, february.as_str().unwrap(), started));
    finds_no_changes(&workspace, "prod");

    server.clear_requests();
    let destroy = ["destroy", "-json", "-input=false", "-auto-approve"];
    let refused = run(&workspace, "prod", &destroy).fails().errors();
    refused[0].says(&["Destroy Prevented"]);
    assert!(written(&server).is_empty());
}

#[test]
fn development_is_created_and_destroyed_in_order() {
    let server = server();
    let earlier = "[{'type':0,'retryTimes':1,'retryDay':1}]";
    server.set_policy(26, 1, 0, earlier).expect("it exists");
    let workspace = environments(&server);
    let existing = server.call_results(26).len();
    init_and_apply(&workspace, "dev");
    finds_no_changes(&workspace, "dev");
    let created = written(&server);
    let at = |object| created.iter().position(|written| *written == object);
    assert!(at("call result") < at("policy"), "{created:?}");
    assert_eq!(created.last(), Some(&"call batch"), "{created:?}");
    // Configured as running, which development does not allow.
    let suspended = [("Trial".to_owned(), 2)];
    assert_eq!(call_batches(&server, 26, 1), BTreeMap::from(suspended));

    // The policy is restored before the call result that it names is deleted: the server insists.
    server.clear_requests();
    let destroy = ["destroy", "-json", "-input=false", "-auto-approve"];
    run(&workspace, "dev", &destroy).succeeds();
    let destroyed = written(&server);
    assert_eq!(destroyed.first(), Some(&"call batch"), "{destroyed:?}");
    assert!(destroyed.contains(&"special date"), "{destroyed:?}");
    assert_eq!(server.policy(26, 1).expect("a policy").policy_json, earlier);
    assert_eq!(server.call_results(26).len(), existing);
    assert!(server.special_dates(26, 1).is_empty());
    assert!(server.call_batches(26, 1).is_empty());
}

#[test]
fn each_environment_refuses_what_is_not_for_it() {
    let server = server();
    let workspace = environments(&server);
    let dates: Vec<_> = (1..=21)
        .map(|day| format!("day-{day}={{week=[{}]}}", day % 7 + 1))
        .collect();
    let dates = format!(
        "campaigns={{campaign-1={{attempts={{per_day=1,days=1}},special_dates={{{}}}}}}}",
        dates.join(",")
    );
    for environment in ["dev", "prod"] {
        run(
            &workspace,
            environment,
            &["init", "-input=false", "-no-color"],
        )
        .succeeds();
    }
    for (environment, variable, says) in [
        ("dev", "vdn_id=25", "production"),
        (
            "dev",
            "campaigns={campaign-1={attempts={per_day=4,days=1}}}",
            "max_attempts is 3",
        ),
        (
            "dev",
            "campaigns={campaign-1={attempts={per_day=1,days=1},final_results=[\"typo\"]}}",
            "Invalid index",
        ),
        ("dev", &dates, "at most 20 special dates"),
        ("prod", "vdn_id=26", "VDN 25 and no other"),
        (
            "prod",
            "campaigns={campaign-46={attempts={per_day=1,days=1}}}",
            "final_results",
        ),
    ] {
        let variable = format!("-var={variable}");
        let arguments = ["plan", "-json", "-input=false", &variable];
        let refused = run(&workspace, environment, &arguments).fails();
        refused.error().says(&[says]);
    }
    assert!(written(&server).is_empty());
}

/// The objects that each object of a drawing depends on, directly or not.
fn drawn(page: &str) -> BTreeMap<String, BTreeSet<String>> {
    let page = Page::parse(&read(&root().join(page)));
    let drawing = page
        .blocks
        .iter()
        .find(|block| block.language == "text" && block.text.contains('└'))
        .expect("a drawing");
    let mut drawn: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    // The objects from the one on the left to the last one.
    let mut path: Vec<String> = Vec::new();
    for line in drawing.text.lines() {
        let object = line.trim_start_matches(|sign: char| !sign.is_ascii_alphabetic());
        path.truncate((line.chars().count() - object.chars().count()) / 3);
        for dependent in &path {
            let dependencies = drawn.entry(dependent.clone()).or_default();
            dependencies.insert(object.to_owned());
        }
        drawn.entry(object.to_owned()).or_default();
        path.push(object.to_owned());
    }
    drawn
}

/// The same as a state has it.
fn stored(state: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let mut stored: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for resource in state["resources"].as_array().unwrap() {
        let text = |member: &str| resource[member].as_str().unwrap();
        // Without the keys of modules, which dependencies do not have either.
        let module = text("module").split('[').next().unwrap();
        let data = if text("mode") == "data" { "data." } else { "" };
        let address = format!("{module}.{data}{}.{}", text("type"), text("name"));
        let stored = stored.entry(address).or_default();
        for instance in resource["instances"].as_array().unwrap() {
            let dependencies = instance["dependencies"].as_array();
            stored.extend(
                dependencies
                    .into_iter()
                    .flatten()
                    .map(|one| one.as_str().unwrap().to_owned()),
            );
        }
    }
    stored
}

#[test]
fn the_drawing_shows_the_dependencies_in_the_state() {
    let server = server();
    let workspace = environments(&server);
    init_and_apply(&workspace, "dev");
    let state = read(&workspace.path("dev/terraform.tfstate"));
    let stored = stored(&serde_json::from_str(&state).unwrap());
    assert_eq!(stored.len(), 5, "{stored:?}");
    for page in PAGES {
        assert_eq!(drawn(page), stored, "{page}");
    }
}
