//! Call batches under a real Terraform: their whole life, and what others do to them.

use std::fs;

use isales_simulator::{
    CallBatchChange, CallBatchLimit, CampaignStatus, Fault, ResultCode, Script, Simulator,
};
use serde_json::{Value, json};

use test_support::{
    call_batch::{named, only, path, resource},
    server::{OTHER_VDN, Observed as _, VDN, server},
    terraform::{Workspace, connection, connection_to},
};

const THIS: &str = "isales_call_batch.this";

/// One change, of the one resource.
fn this(action: &str) -> [(String, String); 1] {
    [(THIS.to_owned(), action.to_owned())]
}

/// A server, and a workspace with a batch of campaign 46 in the state.
fn created(arguments: &str) -> (Simulator, Workspace) {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, arguments));
    workspace.apply().succeeds().without_warnings();
    (server, workspace)
}

/// Requests for call batches, each as method, interface and body.
fn sent(server: &Simulator) -> Vec<(String, String, String)> {
    let requests = server.requests().into_iter();
    requests
        .map(|request| {
            assert_eq!(request.signature_error, None);
            let content_type = request.header("content-type");
            assert_eq!(content_type, Some("application/json; charset=UTF-8"));
            let interface = request.path.rsplit('/').next().unwrap().to_owned();
            assert_eq!(request.path, path(46, &interface));
            (request.method, interface, request.body)
        })
        .collect()
}

/// Those of them that are writes.
fn posts(server: &Simulator) -> Vec<(String, String, String)> {
    let mut sent = sent(server);
    sent.retain(|(method, ..)| method == "POST");
    sent
}

#[test]
fn the_examples_of_the_reference_are_sent_to_the_byte() {
    let (server, workspace) = created("name = \"test\"\n  status = 1");
    let id = only(&server, 46).id;
    let list = |body: &str| ("GET".to_owned(), "list".to_owned(), body.to_owned());
    let post = |interface: &str, body: String| ("POST".to_owned(), interface.to_owned(), body);
    assert_eq!(
        sent(&server),
        [
            list(r#"{"name":"test","offset":0,"limit":100}"#),
            post("create", r#"{"name":"test","status":1}"#.to_owned()),
            list(r#"{"name":"test","offset":0,"limit":100}"#),
        ]
    );
    let by_id = format!(r#"{{"id":"{id}"}}"#);
    for (arguments, interface, body) in [
        ("name = \"test\"\n  status = 2", "pause", by_id.clone()),
        ("name = \"test\"\n  status = 1", "resume", by_id.clone()),
        (
            "name = \"new\"\n  status = 1",
            "update",
            format!(r#"{{"id":"{id}","name":"new"}}"#),
        ),
    ] {
        workspace.write(&resource(46, arguments));
        server.clear_requests();
        let plan = workspace.plan().finds_changes();
        assert_eq!(plan.planned(), this("update"));
        assert_eq!(sent(&server), [list(r#"{"offset":0,"limit":100}"#)]);
        server.clear_requests();
        workspace.apply().succeeds().without_warnings();
        assert_eq!(posts(&server), [post(interface, body)]);
        workspace.plan().finds_no_changes().without_warnings();
    }
    server.clear_requests();
    workspace.destroy().succeeds().without_warnings();
    assert_eq!(posts(&server), [post("delete", by_id)]);
    assert_eq!(server.call_batches(VDN, 46), []);

    let data = r#"
data "isales_call_batches" "some" {
  campaign_id = 46
  name        = "te"
  status      = 1
}
"#;
    workspace.write(data);
    server.clear_requests();
    workspace.apply().succeeds();
    let filtered = list(r#"{"name":"te","status":1,"offset":0,"limit":100}"#);
    assert_eq!(sent(&server), [filtered]);
}

#[test]
fn state_holds_what_the_server_has() {
    let (server, workspace) = created("name = \"Spring – batch_1 (é)\"");
    let batch = only(&server, 46);
    assert_eq!(
        workspace.attributes(THIS),
        json!({
            "id": format!("25/46/{}", batch.id), "call_batch_id": batch.id, "vdn_id": 25,
            "campaign_id": 46, "name": "Spring – batch_1 (é)", "status": 2, "timeouts": null,
        })
    );
    workspace.plan().finds_no_changes().without_warnings();
}

#[test]
fn drift_in_each_attribute_is_found_and_undone() {
    let (server, workspace) = created("name = \"a\"\n  status = 1");
    let id = only(&server, 46).id;
    for change in [
        CallBatchChange::Name("b".to_owned()),
        CallBatchChange::Status(2),
    ] {
        assert!(server.change_call_batch(VDN, 46, &id, change));
        let plan = workspace.plan().finds_changes();
        assert_eq!(
            (plan.drift(), plan.planned()),
            (this("update").into(), this("update").into())
        );
        workspace.apply().succeeds().without_warnings();
        let kept = only(&server, 46);
        assert_eq!((kept.name.as_str(), kept.status, &kept.id), ("a", 1, &id));
        workspace.plan().finds_no_changes();
    }
    // A number that the reference does not list is none.
    server.change_call_batch(VDN, 46, &id, CallBatchChange::Status(5));
    workspace.plan().finds_no_changes().without_warnings();

    assert!(server.remove_call_batch(VDN, 46, &id));
    let plan = workspace.plan().finds_changes();
    assert_eq!(
        (plan.drift(), plan.planned()),
        (this("delete").into(), this("create").into())
    );
    workspace.apply().succeeds().without_warnings();
    assert_eq!(only(&server, 46).name, "a");

    assert!(server.remove_campaign(VDN, 46));
    assert_eq!(workspace.plan().finds_changes().planned(), this("create"));
    let refused = workspace.apply().fails().error();
    refused
        .says(&["Campaign Not Found", "25/46", "0200007"])
        .points_at("campaign_id = 46");
}

#[test]
fn a_status_that_is_left_out_may_be_changed_elsewhere() {
    let (server, workspace) = created("name = \"a\"");
    let id = only(&server, 46).id;
    for status in [1, 2] {
        server.change_call_batch(VDN, 46, &id, CallBatchChange::Status(status));
        workspace.plan().finds_no_changes().without_warnings();
        workspace.apply().succeeds();
        assert_eq!(workspace.attributes(THIS)["status"], status);
        assert_eq!(only(&server, 46).status, status);
    }
    // Managed from now on, and not any more.
    workspace.write(&resource(46, "name = \"a\"\n  status = 1"));
    workspace.apply().succeeds();
    assert_eq!(only(&server, 46).status, 1);
    workspace.write(&resource(46, "name = \"a\""));
    workspace.plan().finds_no_changes();
}

#[test]
fn another_campaign_or_vdn_is_another_batch() {
    let (server, workspace) = created("name = \"a\"");
    workspace.write(&resource(47, "name = \"a\""));
    let plan = workspace.plan().finds_changes();
    assert_eq!(plan.planned(), this("replace"));
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.call_batches(VDN, 46), []);
    only(&server, 47);
    workspace.configure(&connection_to(&server, OTHER_VDN));
    let plan = workspace.plan().finds_changes();
    assert_eq!(plan.planned(), this("replace"));
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.call_batches(VDN, 47), []);
    assert_eq!(server.call_batches(OTHER_VDN, 47).len(), 1);
    workspace.plan().finds_no_changes();
}

#[test]
fn arguments_of_terraforms_own_change_without_a_request() {
    let (server, workspace) = created("name = \"a\"");
    workspace.write(&resource(
        46,
        "name = \"a\"\n  timeouts = { delete = \"1m\" }",
    ));
    server.clear_requests();
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.posted(), [""; 0]);
    workspace.plan().finds_no_changes();
}

#[test]
fn wrong_names_and_statuses_are_refused_at_plan() {
    let server = server();
    let workspace = Workspace::new(&server);
    for (arguments, points_at) in [
        ("name = \"\"", "name = \"\""),
        ("name = \"a/b\"", "name = \"a/b\""),
        ("name = \"what?\"", "name = \"what?\""),
        ("name = \"a\"\n  status = 3", "status = 3"),
    ] {
        workspace.write(&resource(46, arguments));
        let error = workspace.plan().fails().error();
        error
            .says(&["Invalid Attribute Value"])
            .points_at(points_at);
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn names_and_limits_are_explained_by_the_server() {
    let server = server();
    let workspace = Workspace::new(&server);
    let other = server.add_call_batch(VDN, 46, "a", 1).unwrap();
    workspace.write(&resource(46, "name = \"a\""));
    let taken = workspace.apply().fails().error();
    let import = format!("25/46/{other}");
    taken
        .says(&["Call Batch Name Already Used", &import])
        .points_at("name = \"a\"");
    assert_eq!(workspace.resources(), [""; 0]);

    server.set_call_batch_limit(CallBatchLimit::new(1).unwrap());
    workspace.write(&resource(46, "name = \"b\""));
    let full = workspace.apply().fails().error();
    full.says(&["Too Many Call Batches", "03000003"]);

    server.set_campaign_status(VDN, 46, CampaignStatus::Expired);
    server.set_call_batch_limit(CallBatchLimit::new(2).unwrap());
    let state = workspace.apply().fails().error();
    state.says(&["Campaign State Does Not Allow It", "03000002"]);
    server.set_campaign_status(VDN, 46, CampaignStatus::Running);
    workspace.apply().succeeds();

    workspace.write(&resource(46, "name = \"a\""));
    let taken = workspace.apply().fails().error();
    taken
        .says(&["Call Batch Name Already Used", "03000001"])
        .points_at("name = \"a\"");
}

#[test]
fn a_lost_answer_never_makes_a_second_batch() {
    let server = server();
    let workspace = Workspace::new(&server);
    let lost = |interface: &str| {
        let script = Script::fault(Fault::ResetAfterStored);
        server.script(script.path(&path(46, interface)));
    };
    workspace.write(&resource(46, "name = \"a\"\n  status = 1"));
    lost("create");
    workspace.apply().succeeds().without_warnings();
    workspace.plan().finds_no_changes();
    let id = only(&server, 46).id;
    assert_eq!(workspace.attributes(THIS)["call_batch_id"], id);

    workspace.write(&resource(46, "name = \"b\"\n  status = 2"));
    lost("update");
    lost("pause");
    workspace.apply().succeeds().without_warnings();
    assert_eq!(only(&server, 46).name, "b");
    lost("delete");
    workspace.destroy().succeeds().without_warnings();
    assert_eq!(server.call_batches(VDN, 46), []);
    assert_eq!(server.counters().call_batches_created, 1);
}

#[test]
fn a_create_whose_outcome_is_open_is_replaced_or_kept() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.configure(&format!("{}  max_retries = 0\n", connection(&server)));
    workspace.write(&resource(46, "name = \"a\""));
    let lose = || {
        let lost = Script::fault(Fault::ResetAfterStored);
        server.script(lost.path(&path(46, "create")));
        // Nor does the list say what became of it.
        let list = path(46, "list");
        server.script(Script::pass().path(&list));
        server.script(Script::code(ResultCode::ParameterError).path(&list));
        let error = workspace.apply().fails().error();
        error.says(&["may have taken effect", "terraform untaint"]);
    };
    lose();
    let first = only(&server, 46).id;
    assert_eq!(workspace.plan().finds_changes().planned(), this("replace"));
    workspace.apply().succeeds().without_warnings();
    let second = only(&server, 46).id;
    assert_ne!(first, second);
    workspace.destroy().succeeds();

    lose();
    let third = only(&server, 46).id;
    workspace.run(&["untaint", THIS]).succeeds();
    workspace.plan().finds_no_changes();
    workspace.apply().succeeds();
    assert_eq!(workspace.attributes(THIS)["call_batch_id"], third);
    assert_eq!(server.counters().call_batches_created, 3);
}

#[test]
fn an_imported_batch_has_no_changes() {
    let server = server();
    let workspace = Workspace::new(&server);
    let add = |name: &str| server.add_call_batch(VDN, 46, name, 1).unwrap();
    let (first, second, third) = (add("a"), add("b"), add("c"));
    workspace.write(&named("first", 46, "name = \"a\"\n  status = 1"));
    let first = format!("25/46/{first}");
    workspace
        .import("isales_call_batch.first", &first)
        .succeeds();
    workspace.plan().finds_no_changes().without_warnings();

    workspace.write_file("second.tf", &named("second", 46, "name = \"b\""));
    let second = format!("46/{second}");
    workspace
        .import("isales_call_batch.second", &second)
        .succeeds();
    workspace.plan().finds_no_changes().without_warnings();

    let block =
        format!("import {{\n  to = isales_call_batch.third\n  id = \"25/46/{third}\"\n}}\n");
    workspace.write_file("third.tf", &block);
    workspace
        .plan_with(&["-generate-config-out=generated.tf"])
        .finds_changes();
    let generated = fs::read_to_string(workspace.path("generated.tf")).unwrap();
    assert!(generated.contains("\"c\""), "{generated}");
    let applied = workspace.apply().succeeds().without_warnings();
    assert!(applied.stdout.contains("1 imported, 0 added, 0 changed"));
    workspace.plan().finds_no_changes().without_warnings();
    assert_eq!(server.posted(), [""; 0]);
}

#[test]
fn wrong_import_ids_are_explained() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, "name = \"a\""));
    for (id, words) in [
        (
            "46",
            vec!["Invalid Import ID", "vdn_id/campaign_id/call_batch_id"],
        ),
        ("0/46/1", vec!["Invalid Import ID"]),
        ("25/46/", vec!["Invalid Import ID", "call_batch_id"]),
        ("25/46/1", vec!["Nothing To Import", "25/46"]),
        ("25/4711/1", vec!["Nothing To Import", "25/4711"]),
    ] {
        let text = workspace.import(THIS, id).fails().text();
        for word in words {
            assert!(text.contains(word), "{id}: not {word:?} in {text}");
        }
    }
}

#[test]
fn batches_are_looked_up_on_all_pages() {
    let server = server();
    server.set_call_batch_limit(CallBatchLimit::new(1000).unwrap());
    for number in 0..250 {
        server.add_call_batch(VDN, 46, &format!("batch {number}"), 1 + number % 2);
    }
    let workspace = Workspace::new(&server);
    workspace.write(
        r#"
data "isales_call_batches" "all" {
  campaign_id = 46
}

data "isales_call_batches" "some" {
  campaign_id = 46
  name        = "batch 1"
  status      = 2
}

output "all" { value = data.isales_call_batches.all.call_batches }
output "some" { value = data.isales_call_batches.some.call_batches[*].name }
output "vdn_id" { value = data.isales_call_batches.some.vdn_id }
"#,
    );
    workspace.apply().succeeds().without_warnings();
    let outputs = workspace.state()["values"]["outputs"].clone();
    let all = outputs["all"]["value"].as_array().unwrap().clone();
    let expected: Vec<_> = server
        .call_batches(VDN, 46)
        .into_iter()
        .map(|one| json!({"call_batch_id": one.id, "name": one.name, "status": one.status}))
        .collect();
    assert_eq!(all, expected);
    let some: Vec<String> = serde_json::from_value(outputs["some"]["value"].clone()).unwrap();
    assert_eq!(some.len(), 56);
    assert!(some.iter().all(|name| name.starts_with("batch 1")));
    assert_eq!(outputs["vdn_id"]["value"], Value::from(25));
    workspace.plan().finds_no_changes();

    workspace.write("data \"isales_call_batches\" \"all\" {\n  campaign_id = 4711\n}\n");
    let error = workspace.plan().fails().error();
    error.says(&["Campaign Not Found", "25/4711"]);
}

#[test]
fn a_plan_of_many_batches_lists_each_campaign_once() {
    let server = server();
    let workspace = Workspace::new(&server);
    let arguments =
        "for_each = toset([for n in range(200) : tostring(n)])\n  name = \"batch ${each.value}\"";
    workspace.write(&resource("1 + each.value % 4", arguments));
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.counters().call_batches_created, 200);
    server.clear_requests();
    workspace.plan().finds_no_changes().without_warnings();
    assert_eq!(server.requests().len(), 4);
}
