//! Look-ups, each over several pages.

use isales_simulator::Simulator;
use serde_json::{Value, json};

use test_support::{
    needs,
    policies::common_json,
    server::{ACCESS_KEY, Observed as _, SECRET_KEY, VDN},
    terraform::Workspace,
};

/// A server with hundreds of campaigns and more call results than fit on a page, and a workspace
/// for it.
fn set_up() -> (Simulator, Workspace) {
    let server = Simulator::builder()
        .credentials(ACCESS_KEY, SECRET_KEY)
        .campaigns(VDN, 1..=3)
        .data_set(11, 240)
        .start_blocking()
        .expect("the simulator starts");
    let workspace = Workspace::new(&server);
    (server, workspace)
}

/// The same with a configuration, which is applied without a warning, and its outputs.
fn applied(hcl: &str) -> (Simulator, Workspace, Value) {
    let (server, workspace) = set_up();
    workspace.write(hcl);
    workspace.apply().succeeds().without_warnings();
    let outputs = outputs(&workspace);
    (server, workspace, outputs)
}

fn outputs(workspace: &Workspace) -> Value {
    let outputs = workspace.state()["values"]["outputs"].clone();
    let members = outputs.as_object().expect("outputs").iter();
    members
        .map(|(name, output)| (name.clone(), output["value"].clone()))
        .collect()
}

#[test]
fn campaigns_are_listed_whole_and_by_filter() {
    let (server, workspace, outputs) = applied(
        r#"
data "isales_campaigns" "all" {}

data "isales_campaigns" "some" {
  name   = data.isales_campaigns.all.campaigns[100].name
  status = data.isales_campaigns.all.campaigns[100].status
}

output "ids" { value = data.isales_campaigns.all.campaigns[*].campaign_id }
output "some" { value = data.isales_campaigns.some.campaigns }
output "wanted" { value = data.isales_campaigns.all.campaigns[100] }
"#,
    );
    let ids: Vec<i64> = serde_json::from_value(outputs["ids"].clone()).unwrap();
    let mut distinct = ids.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!((ids.len(), distinct.len()), (243, 243));
    let some = outputs["some"].as_array().unwrap();
    assert!(some.contains(&outputs["wanted"]), "{some:?}");
    assert!(some.len() < 243);
    let lists = server.requests();
    let lists: Vec<_> = lists
        .iter()
        .filter(|one| one.path.ends_with("/25"))
        .collect();
    assert!(lists.len() >= 4, "three pages of one list, and the other");
    workspace.plan().finds_no_changes();
}

#[test]
fn each_filter_reaches_the_server() {
    let (server, _workspace, outputs) = applied(
        r#"
data "isales_campaigns" "all" {}

data "isales_campaigns" "some" {
  name        = "Survey"
  status      = 3
  device_type = 5
  begin_time  = "2024-01-01 00:00:00"
  end_time    = "2026-06-30 23:59:59"
}

output "some" { value = data.isales_campaigns.some.campaigns }
output "expected" {
  value = [
    for campaign in data.isales_campaigns.all.campaigns : campaign
    if strcontains(campaign.name, "Survey") && campaign.status == 3 && campaign.device_type == 5 &&
    timecmp(local.zulu[campaign.begin_time], "2024-01-01T00:00:00Z") >= 0 &&
    timecmp(local.zulu[campaign.end_time], "2026-06-30T23:59:59Z") <= 0
  ]
}

locals {
  times = toset(flatten([for one in data.isales_campaigns.all.campaigns : [one.begin_time, one.end_time]]))
  zulu  = { for time in local.times : time => "${replace(time, " ", "T")}Z" }
}
"#,
    );
    let some = outputs["some"].as_array().unwrap();
    assert!(!some.is_empty());
    assert_eq!(outputs["some"], outputs["expected"]);
    let queries = server.requests().into_iter().filter_map(|one| one.query);
    let filtered = queries.filter(|query| query.contains("name=Survey"));
    let mut count = 0;
    for query in filtered {
        for part in [
            "status=3",
            "deviceType=5",
            "beginTime=2024-01-01%2000%3A00%3A00",
            "endTime=2026-06-30%2023%3A59%3A59",
        ] {
            assert!(query.contains(part), "no {part} in {query}");
        }
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn a_campaign_is_found_by_id_and_by_its_exact_name() {
    let (_server, _workspace, outputs) = applied(
        r#"
data "isales_campaigns" "all" {}

data "isales_campaign" "by_name" {
  name = data.isales_campaigns.all.campaigns[200].name
}

data "isales_campaign" "by_id" {
  campaign_id = data.isales_campaign.by_name.campaign_id
}

output "listed" { value = data.isales_campaigns.all.campaigns[200].campaign_id }
output "by_name" { value = data.isales_campaign.by_name }
output "by_id" { value = data.isales_campaign.by_id }
"#,
    );
    assert_eq!(outputs["by_name"]["campaign_id"], outputs["listed"]);
    assert_eq!(outputs["by_name"]["vdn_id"], VDN);
    assert_eq!(outputs["by_id"], outputs["by_name"]);
}

#[test]
fn a_campaign_that_is_not_named_exactly_is_an_error_that_shows_what_was_found() {
    let (_server, workspace) = set_up();
    for (arguments, says) in [
        (
            "name = \"a\"",
            &["no campaign named exactly \"a\"", "Similar names"][..],
        ),
        (
            "name = \"no such name\"",
            &["no campaign named \"no such name\""],
        ),
        ("campaign_id = 999999", &["has no campaign 999999"]),
        ("", &["Exactly one of campaign_id and name", "neither is"]),
        (
            "campaign_id = 1\n  name = \"x\"",
            &["Exactly one of campaign_id and name", "both are"],
        ),
        ("name = \"\"", &["must not be empty"]),
        (
            "campaign_id = 9223372036854775808",
            &["from 1 to 9223372036854775807"],
        ),
    ] {
        workspace.write(&format!(
            "data \"isales_campaign\" \"this\" {{\n  {arguments}\n}}\n"
        ));
        workspace.plan().fails().error().says(says);
    }
}

#[test]
fn a_campaign_is_found_by_a_name_longer_than_the_filter_takes() {
    let (server, workspace) = set_up();
    let name = format!("Collections {}", "2025-".repeat(10));
    assert!(server.name_campaign(VDN, 2, &name));
    assert!(name.chars().count() > 60);
    workspace.write(&format!(
        "data \"isales_campaign\" \"this\" {{\n  name = {name:?}\n}}\n\
         output \"id\" {{ value = data.isales_campaign.this.campaign_id }}\n"
    ));
    workspace.apply().succeeds().without_warnings();
    assert_eq!(outputs(&workspace)["id"], 2);

    workspace.write(&format!(
        "data \"isales_campaign\" \"this\" {{\n  name = {:?}\n}}\n",
        name.replace("2025", "2026")
    ));
    let error = workspace.plan().fails().error();
    error.says(&["no campaign named \"Collections 2026", "Check the name"]);

    let filter =
        |name: &str| format!("data \"isales_campaigns\" \"this\" {{\n  name = {name:?}\n}}\n");
    workspace.write(&filter(&"x".repeat(31)));
    let error = workspace.validate().fails().error();
    error
        .says(&["at most 30 characters", "31"])
        .points_at("name = ");
    workspace.write(&filter(&"ü".repeat(30)));
    workspace.validate().succeeds();
}

#[test]
fn two_campaigns_of_one_name_are_an_error_that_says_which() {
    let (server, workspace) = set_up();
    assert!(server.name_campaign(VDN, 1, "Collections"));
    assert!(server.name_campaign(VDN, 3, "Collections"));
    workspace.write("data \"isales_campaign\" \"this\" {\n  name = \"Collections\"\n}\n");
    let error = workspace.plan().fails().error();
    error.says(&[
        "Multiple Campaigns Found",
        "more than one campaign named \"Collections\"",
        "1, 3",
        "campaign_id",
    ]);
}

#[test]
fn call_results_are_listed_whole_and_filtered_by_code_and_text() {
    let (_server, workspace, outputs) = applied(
        r#"
data "isales_call_results" "all" {}

locals {
  first = data.isales_call_results.all.call_results[0]
  last  = data.isales_call_results.all.call_results[length(data.isales_call_results.all.call_results) - 1]
}

data "isales_call_results" "two" {
  result_codes    = [local.first.result_code]
  display_results = [local.last.display_result]
}

output "count" { value = length(data.isales_call_results.all.call_results) }
output "two" { value = data.isales_call_results.two.codes }
output "expected" {
  value = toset([
    for result in data.isales_call_results.all.call_results : result.result_code
    if result == local.first || result.display_result == local.last.display_result
  ])
}
"#,
    );
    assert!(outputs["count"].as_i64().unwrap() > 100, "{outputs}");
    assert_eq!(outputs["two"], outputs["expected"]);

    workspace
        .write("data \"isales_call_results\" \"this\" {\n  display_results = [\"Bussy\"]\n}\n");
    let error = workspace.plan().fails().error();
    error.says(&["no definition with \"Bussy\""]);

    for argument in ["result_codes", "display_results"] {
        let with_null = format!("{argument} = [\"x\", null]");
        workspace.write(&format!(
            "data \"isales_call_results\" \"this\" {{\n  {with_null}\n}}\n"
        ));
        let error = workspace.validate().fails().error();
        error.says(&["null"]).points_at(&with_null);
    }
}

#[test]
fn number_types_are_listed() {
    let (_server, _workspace, outputs) = applied(
        "data \"isales_number_types\" \"this\" {}\n\
         output \"names\" { value = data.isales_number_types.this.data_types }\n",
    );
    let names = &outputs["names"];
    assert!(names.as_array().unwrap().contains(&json!("ST")), "{names}");
}

#[test]
fn business_results_are_listed_whole_with_their_children() {
    let (server, _workspace, outputs) = applied(
        r#"
data "isales_business_results" "this" {}

locals { results = data.isales_business_results.this.business_results }

output "codes" { value = distinct(local.results[*].code) }
output "levels" { value = distinct(local.results[*].def_level) }
output "children" { value = local.results[0].children }
output "none" { value = local.results[1].children }
"#,
    );
    assert_eq!(outputs["codes"].as_array().unwrap().len(), 70);
    assert_eq!(outputs["levels"], json!(["1"]));
    assert_eq!(
        outputs["children"][0],
        json!({"name": "Call back", "code": "100001", "def_level": "2"})
    );
    assert_eq!(outputs["none"], json!([]));
    let lists = server.requests().into_iter();
    let pages = lists.filter(|one| one.path.ends_with("/queryBusinessResults"));
    assert!(pages.count() >= 2);
}

#[test]
fn a_policy_is_looked_up_whether_or_not_there_is_one() {
    let (server, workspace) = set_up();
    server.remove_policy(VDN, 2);
    server.set_policy(VDN, 1, 0, &common_json(3, 2)).unwrap();
    workspace.write(
        r#"
data "isales_retry_policy" "set" {
  campaign_id = 1
}

data "isales_retry_policy" "unset" {
  campaign_id = 2
}

resource "isales_retry_policy" "copy" {
  campaign_id = 3
  policy_type = data.isales_retry_policy.set.policy_type
  policy_json = data.isales_retry_policy.set.policy_json
}

output "unset" { value = data.isales_retry_policy.unset.policy_type == null }
"#,
    );
    workspace.apply().succeeds();
    assert_eq!(outputs(&workspace)["unset"], true);
    assert_eq!(server.kept(3), Some(common_json(3, 2)));
    workspace.plan().finds_no_changes();

    workspace.write("data \"isales_retry_policy\" \"this\" {\n  campaign_id = 99\n}\n");
    workspace
        .plan()
        .fails()
        .error()
        .says(&["no campaign 25/99"]);
}

#[test]
fn a_module_finds_its_campaign_and_codes_and_sets_a_policy_in_one_apply() {
    needs!(ProviderFunctions);
    let (server, workspace) = set_up();
    std::fs::create_dir(workspace.path("policy")).unwrap();
    workspace.write_file(
        "policy/main.tf",
        r#"
terraform {
  required_providers {
    isales = { source = "isales/isales" }
  }
}

variable "campaign" { type = string }
variable "never_again" { type = set(string) }

data "isales_campaign" "this" {
  name = var.campaign
}

data "isales_call_results" "never_again" {
  display_results = var.never_again
}

resource "isales_retry_policy" "this" {
  campaign_id = data.isales_campaign.this.campaign_id
  policy_type = 0
  policy_json = [{
    type            = 0
    retry_times     = 2
    retry_day       = 3
    no_retry_policy = data.isales_call_results.never_again.codes
  }]
}

output "id" { value = isales_retry_policy.this.id }
output "text" {
  value = provider::isales::describe_policy(isales_retry_policy.this.policy_type, isales_retry_policy.this.policy_json)
}
"#,
    );
    workspace.write(
        r#"
data "isales_campaigns" "all" {}
data "isales_call_results" "all" {}

module "policy" {
  source      = "./policy"
  campaign    = data.isales_campaigns.all.campaigns[7].name
  never_again = slice(data.isales_call_results.all.call_results[*].display_result, 0, 2)
}

output "id" { value = module.policy.id }
output "text" { value = module.policy.text }
"#,
    );
    workspace.run(&["get", "-no-color"]).succeeds();
    workspace.apply().succeeds();
    let outputs = outputs(&workspace);
    let id = outputs["id"].as_str().unwrap();
    let campaign: i64 = id.strip_prefix("25/").unwrap().parse().unwrap();
    assert!(
        server
            .kept(campaign)
            .unwrap()
            .contains("'noRetryPolicy':['")
    );
    let text = outputs["text"].as_str().unwrap();
    assert!(text.contains("At most 6 call attempts."), "{text}");
    workspace.plan().finds_no_changes();
}
