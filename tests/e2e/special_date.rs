//! The life of special dates.

use std::fs;

use isales_simulator::{Fault, Script, Simulator, SpecialDate};
use serde_json::{Value, json};

use test_support::{
    server::{OTHER_VDN, Observed as _, VDN, server},
    terraform::{Workspace, connection, connection_to},
};

const THIS: &str = "isales_special_date.this";
const URI: &str = "/rest/isales/v1/openapi/campaigns/25/holiday/46";

/// The special dates of the reference's list, and a repeating one.
const WEEKLY: &str = "name = \"Fridays\"\n  type = 1\n  week = [7, 5]\n";
const ONCE: &str = "name = \"Mid-Autumn\"\n  type = 2\n  begin_time = \"2018-09-22\"\n  \
                    end_time = \"2018-09-24\"\n";
const YEARLY: &str = "name = \"New Year\"\n  type = 3\n  begin_time = \"12-30\"\n  \
                      end_time = \"01-02\"\n";

const WEEKLY_BODY: &str =
    r#"{"name":"Fridays","type":1,"week":"5,7","beginTime":null,"endTime":null}"#;
const ONCE_BODY: &str =
    r#"{"name":"Mid-Autumn","type":2,"week":null,"beginTime":"2018-09-22","endTime":"2018-09-24"}"#;
const YEARLY_BODY: &str =
    r#"{"name":"New Year","type":3,"week":null,"beginTime":"12-30","endTime":"01-02"}"#;

fn named(name: &str, campaign_id: i64, arguments: &str) -> String {
    format!(
        "resource \"isales_special_date\" {name:?} {{\n  campaign_id = {campaign_id}\n  {arguments}}}\n"
    )
}

fn resource(arguments: &str) -> String {
    named("this", 46, arguments)
}

/// A special date from the body of a request.
fn date(body: &str) -> SpecialDate {
    serde_json::from_str(body).unwrap()
}

/// The only special date of campaign 46, with its ID.
fn only(server: &Simulator) -> (i64, SpecialDate) {
    let dates = server.special_dates(VDN, 46);
    assert_eq!(dates.len(), 1, "{dates:?}");
    dates.into_iter().next().unwrap()
}

/// A workspace in which one special date is applied.
fn applied(arguments: &str) -> (Simulator, Workspace, i64) {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(arguments));
    workspace.apply().succeeds().without_warnings();
    let (id, _) = only(&server);
    (server, workspace, id)
}

#[test]
fn each_type_is_created_as_the_reference_has_it_and_then_does_not_change() {
    for (arguments, body) in [
        (WEEKLY, WEEKLY_BODY),
        (ONCE, ONCE_BODY),
        (YEARLY, YEARLY_BODY),
    ] {
        let (server, workspace, id) = applied(arguments);
        let [post] = &server.received("POST")[..] else {
            panic!("one POST");
        };
        assert_eq!((post.path.as_str(), post.body.as_str()), (URI, body));
        assert_eq!(post.signature_error, None);

        let sent: Value = serde_json::from_str(body).unwrap();
        let week = match sent["week"].as_str() {
            Some("5,7") => json!([5, 7]),
            _ => Value::Null,
        };
        let expected = json!({
            "id": format!("25/46/{id}"),
            "special_date_id": id,
            "vdn_id": 25,
            "campaign_id": 46,
            "name": sent["name"],
            "type": sent["type"],
            "week": week,
            "begin_time": sent["beginTime"],
            "end_time": sent["endTime"],
            "timeouts": null,
        });
        assert_eq!(workspace.attributes(THIS), expected);
        workspace.plan().finds_no_changes().without_warnings();
    }
}

#[test]
fn every_change_is_an_update_in_place_with_the_id() {
    let (server, workspace, id) = applied(WEEKLY);
    for (arguments, body) in [
        (
            WEEKLY.replace("Fridays", "Weekend"),
            WEEKLY_BODY.replace("Fridays", "Weekend"),
        ),
        (
            WEEKLY.replace("[7, 5]", "[6, 7]"),
            WEEKLY_BODY.replace("5,7", "6,7"),
        ),
        (ONCE.to_owned(), ONCE_BODY.to_owned()),
        (
            ONCE.replace("2018-09-22", "2018-09-20"),
            ONCE_BODY.replace("2018-09-22", "2018-09-20"),
        ),
        (
            ONCE.replace("2018-09-24", "2018-09-25"),
            ONCE_BODY.replace("2018-09-24", "2018-09-25"),
        ),
        (YEARLY.to_owned(), YEARLY_BODY.to_owned()),
    ] {
        workspace.write(&resource(&arguments));
        server.clear_requests();
        let planned = workspace.plan().finds_changes().planned();
        assert_eq!(planned, [(THIS.to_owned(), "update".to_owned())]);
        workspace.apply().succeeds().without_warnings();
        let [put] = &server.received("PUT")[..] else {
            panic!("one PUT");
        };
        let with_id = body.replacen('{', &format!("{{\"id\":{id},"), 1);
        assert_eq!((put.path.as_str(), &put.body), (URI, &with_id));
        assert_eq!(only(&server), (id, date(&body)));
        workspace.plan().finds_no_changes().without_warnings();
    }
}

#[test]
fn a_timeout_changes_without_a_request_to_change_the_date() {
    let (server, workspace, id) = applied(WEEKLY);
    let timeouts = format!("{WEEKLY}  timeouts = {{ update = \"5m\" }}\n");
    workspace.write(&resource(&timeouts));
    workspace.apply().succeeds().without_warnings();
    assert!(server.received("PUT").is_empty());
    assert_eq!(only(&server).0, id);
}

#[test]
fn a_change_elsewhere_of_any_attribute_is_found_and_undone() {
    let (server, workspace, id) = applied(ONCE);
    let ours = date(ONCE_BODY);
    for drifted in [
        ONCE_BODY.replace("Mid-Autumn", "Other"),
        ONCE_BODY.replace("2018-09-22", "2018-09-21"),
        ONCE_BODY.replace("2018-09-24", "2018-09-25"),
        WEEKLY_BODY.to_owned(),
        YEARLY_BODY.to_owned(),
        // Values that no configuration may have.
        r#"{"name":"Odd","type":9,"week":"8","beginTime":"soon"}"#.to_owned(),
    ] {
        assert!(server.set_special_date(VDN, 46, id, date(&drifted)));
        let plan = workspace.plan().finds_changes();
        assert_eq!(plan.planned(), [(THIS.to_owned(), "update".to_owned())]);
        workspace.apply().succeeds();
        assert_eq!(only(&server), (id, ours.clone()), "{drifted}");
        workspace.plan().finds_no_changes();
    }
    // Null and empty mean the same.
    let empty = ONCE_BODY.replace("null", "\"\"");
    server.set_special_date(VDN, 46, id, date(&empty));
    workspace.plan().finds_no_changes();
}

#[test]
fn another_campaign_or_vdn_is_another_date() {
    let (server, workspace, _) = applied(WEEKLY);
    workspace.write(&named("this", 47, WEEKLY));
    let planned = workspace.plan().finds_changes().planned();
    assert_eq!(planned, [(THIS.to_owned(), "replace".to_owned())]);
    workspace.apply().succeeds().without_warnings();
    assert!(server.special_dates(VDN, 46).is_empty());
    assert_eq!(server.special_dates(VDN, 47).len(), 1);
    workspace.plan().finds_no_changes();

    workspace.configure(&connection_to(&server, OTHER_VDN));
    let planned = workspace.plan().finds_changes().planned();
    assert_eq!(planned, [(THIS.to_owned(), "replace".to_owned())]);
    workspace.apply().succeeds().without_warnings();
    assert!(server.special_dates(VDN, 47).is_empty());
    assert_eq!(server.special_dates(OTHER_VDN, 47).len(), 1);
    workspace.plan().finds_no_changes();

    workspace.destroy().succeeds().without_warnings();
    assert!(server.special_dates(OTHER_VDN, 47).is_empty());
}

#[test]
fn a_date_or_a_campaign_that_is_gone_is_planned_anew() {
    let (server, workspace, id) = applied(WEEKLY);
    assert!(server.remove_special_date(VDN, 46, id));
    let planned = workspace.plan().finds_changes().planned();
    assert_eq!(planned, [(THIS.to_owned(), "create".to_owned())]);
    workspace.apply().succeeds();
    assert_ne!(only(&server).0, id);

    assert!(server.remove_campaign(VDN, 46));
    let planned = workspace.plan().finds_changes().planned();
    assert_eq!(planned, [(THIS.to_owned(), "create".to_owned())]);
    workspace
        .apply()
        .fails()
        .error()
        .says(&["0200007", "campaign_id"]);
    // A date that is gone is destroyed.
    workspace.destroy().succeeds().without_warnings();
    assert!(workspace.resources().is_empty());
}

#[test]
fn dates_are_imported_by_id_with_and_without_the_vdn() {
    let server = server();
    let workspace = Workspace::new(&server);
    let mut configuration = String::new();
    for (campaign, (arguments, body)) in (46..).zip([
        (WEEKLY, WEEKLY_BODY),
        (ONCE, ONCE_BODY),
        (YEARLY, YEARLY_BODY),
    ]) {
        server.add_special_date(VDN, campaign, date(body)).unwrap();
        configuration.push_str(&named(&format!("of_{campaign}"), campaign, arguments));
    }
    workspace.write(&configuration);
    for (campaign, prefix) in [(46, "25/46"), (47, "47"), (48, "25/48")] {
        let dates = server.special_dates(VDN, campaign);
        let (id, _) = dates.first_key_value().unwrap();
        let address = format!("isales_special_date.of_{campaign}");
        workspace
            .import(&address, &format!("{prefix}/{id}"))
            .succeeds();
    }
    workspace.plan().finds_no_changes().without_warnings();

    for (id, says) in [
        ("25/46/1", &["Nothing To Import", "no special date 1"][..]),
        ("25/4711/1", &["Nothing To Import"]),
        ("46", &["Invalid Import ID"]),
        ("25/46/x", &["Invalid Import ID"]),
        ("25/46/0", &["Invalid Import ID", "positive"]),
        ("25/46/1/1", &["Invalid Import ID"]),
    ] {
        workspace.write(&named("other", 46, WEEKLY));
        let text = workspace
            .import("isales_special_date.other", id)
            .fails()
            .text();
        for words in says {
            assert!(text.contains(words), "{id}: not {words:?} in {text}");
        }
    }
    assert!(server.received("POST").is_empty());
}

#[test]
fn the_configuration_of_an_import_can_be_generated() {
    let server = server();
    let workspace = Workspace::new(&server);
    let mut blocks = String::new();
    for (campaign, body) in [(46, WEEKLY_BODY), (47, ONCE_BODY), (48, YEARLY_BODY)] {
        let id = server.add_special_date(VDN, campaign, date(body)).unwrap();
        blocks.push_str(&format!(
            "import {{\n  to = isales_special_date.of_{campaign}\n  id = \"25/{campaign}/{id}\"\n}}\n"
        ));
    }
    workspace.write(&blocks);
    workspace
        .plan_with(&["-generate-config-out=generated.tf"])
        .finds_changes();
    let generated = fs::read_to_string(workspace.path("generated.tf")).unwrap();
    assert!(generated.contains("\"12-30\""), "{generated}");
    let applied = workspace.apply().succeeds().without_warnings();
    assert!(applied.stdout.contains("3 imported, 0 added, 0 changed"));
    workspace.plan().finds_no_changes().without_warnings();
}

#[test]
fn a_lost_reply_to_an_add_never_makes_a_second_date() {
    for fault in [Fault::ResetAfterStored, Fault::ResetBeforeStored] {
        let server = server();
        let workspace = Workspace::new(&server);
        workspace.write(&resource(WEEKLY));
        server.script(Script::fault(fault).method("POST"));
        workspace.apply().succeeds().without_warnings();
        let (id, kept) = only(&server);
        assert_eq!(kept, date(WEEKLY_BODY));
        assert_eq!(workspace.attributes(THIS)["special_date_id"], id);
        workspace.plan().finds_no_changes();
    }
}

#[test]
fn a_create_whose_outcome_is_open_is_found_by_the_next_plan() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.configure(&format!("{}  max_retries = 0\n", connection(&server)));
    workspace.write(&resource(WEEKLY));
    // Neither the add is answered, nor the list afterwards.
    server.script(Script::fault(Fault::ResetAfterStored).method("POST"));
    let list = Script::fault(Fault::InternalServerError).method("GET");
    server.script(list.after("POST").times(2));
    let error = workspace.apply().fails().error();
    error.says(&["may have taken effect", "by its name and values"]);
    let (id, _) = only(&server);
    assert_eq!(workspace.attributes(THIS)["special_date_id"], Value::Null);

    workspace.run(&["untaint", THIS]).succeeds();
    workspace.plan_with(&["-refresh-only"]).finds_changes();
    workspace.apply().succeeds();
    assert_eq!(only(&server).0, id);
    assert_eq!(workspace.attributes(THIS)["id"], format!("25/46/{id}"));
    workspace.plan().finds_no_changes();
}

#[test]
fn a_name_that_is_taken_is_refused_with_the_way_to_import() {
    let server = server();
    let id = server.add_special_date(VDN, 46, date(WEEKLY_BODY)).unwrap();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(WEEKLY));
    let error = workspace.apply().fails().error();
    let import = format!("25/46/{id}");
    error.says(&["already has a special date with this name", &import]);
    assert!(server.received("POST").is_empty());
    assert!(workspace.resources().is_empty());
    workspace.import(THIS, &import).succeeds();
    workspace.plan().finds_no_changes();

    // Two resources of one name in one apply make one date.
    let twins = format!("{}{}", named("a", 47, WEEKLY), named("b", 47, WEEKLY));
    workspace.write(&format!("{}{twins}", resource(WEEKLY)));
    workspace.apply().fails().error().says(&["already has"]);
    assert_eq!(server.special_dates(VDN, 47).len(), 1);
}

#[test]
fn the_limit_of_a_campaign_is_explained() {
    let server = server();
    for number in 1..=20 {
        let named = WEEKLY_BODY.replace("Fridays", &number.to_string());
        server.add_special_date(VDN, 46, date(&named)).unwrap();
    }
    let workspace = Workspace::new(&server);
    workspace.write(&resource(WEEKLY));
    let error = workspace.apply().fails().error();
    error.says(&["0200015", "20", "Delete special dates"]);
    assert!(workspace.resources().is_empty());
}

#[test]
fn a_refresh_takes_one_list_of_each_campaign() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(
        r#"
resource "isales_special_date" "all" {
  for_each    = { for pair in setproduct(range(1, 6), range(1, 21)) : "${pair[0]}-${pair[1]}" => pair }
  campaign_id = each.value[0]
  name        = "Day ${each.value[1]}"
  type        = 3
  begin_time  = format("12-%02d", each.value[1])
  end_time    = "12-24"
}
"#,
    );
    workspace.apply().succeeds().without_warnings();
    for campaign in 1..=5 {
        assert_eq!(server.special_dates(VDN, campaign).len(), 20);
    }
    server.clear_requests();
    workspace.plan().finds_no_changes();
    assert_eq!(server.requests().len(), 5);
}

#[test]
fn the_data_source_lists_the_dates_of_a_campaign() {
    let (server, workspace, _) = applied(WEEKLY);
    server.add_special_date(VDN, 46, date(YEARLY_BODY)).unwrap();
    workspace.write_file(
        "data.tf",
        r#"
data "isales_special_dates" "these" {
  campaign_id = 46
}

data "isales_special_dates" "none" {
  campaign_id = 47
}

output "names" { value = data.isales_special_dates.these.special_dates[*].name }
output "week" { value = data.isales_special_dates.these.special_dates[0].week }
output "end" { value = data.isales_special_dates.these.special_dates[1].end_time }
output "none" { value = data.isales_special_dates.none.special_dates }
"#,
    );
    workspace.apply().succeeds().without_warnings();
    let outputs = workspace.state()["values"]["outputs"].clone();
    assert_eq!(outputs["names"]["value"], json!(["Fridays", "New Year"]));
    assert_eq!(outputs["week"]["value"], json!([5, 7]));
    assert_eq!(outputs["end"]["value"], "01-02");
    assert_eq!(outputs["none"]["value"], json!([]));

    let other = "data \"isales_special_dates\" \"this\" {\n  campaign_id = 4711\n}\n";
    workspace.write_file("data.tf", other);
    let error = workspace.plan().fails().error();
    error.says(&["25/4711", "0200007"]);
}
