//! The order in which a server answers makes no difference, whatever else has changed.

use isales_simulator::Simulator;
use test_support::{
    policies::resource,
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

const THIS: &str = "isales_retry_policy.this";

/// ST comes last in the configuration, and its policies by result are not sorted.
const BY_NUMBER_TYPE: &str = r#"  policy_type = 1
  policy_json = [
    { data_type = "CN", type = 0, retry_times = 4, retry_day = 1 },
    {
      data_type = "SI"
      type      = 1
      policy = [
        { result = 7, retry_number = 3, call_interval = 60 },
        { result = 4, retry_number = 2, call_interval = 60 },
      ]
    },
    { data_type = "ST", type = 0, retry_times = 2, retry_day = 1 },
  ]
"#;

/// The same policy in another order, with room for two numbers.
fn reordered(server: &Simulator, st_retry_times: u32, si_retry_number: u32) {
    let policy = format!(
        "[{{'dataType':'ST','type':0,'retryTimes':{st_retry_times},'retryDay':1}},\
         {{'dataType':'CN','type':0,'retryTimes':4,'retryDay':1}},\
         {{'dataType':'SI','type':1,'policy':[\
         {{'result':4,'retryNumber':2,'callInterval':60}},\
         {{'result':7,'retryNumber':{si_retry_number},'callInterval':60}}]}}]"
    );
    server.set_policy(VDN, 46, 1, &policy).unwrap();
}

/// The differences that a plan shows, such as `retry_times = 5 -> 2`, but for the policy's new ID.
fn differences(workspace: &Workspace) -> Vec<String> {
    let plan = workspace.run(&["plan", "-no-color", "-input=false"]);
    let text = plan.succeeds().text();
    let words: Vec<_> = text.split_whitespace().collect();
    // OpenTofu's legend has an arrow as well.
    let is_change = |words: &&[&str]| words[1] == "=" && words[3] == "->";
    let changes = words.windows(5).filter(is_change);
    changes
        .map(|words| words.join(" "))
        .filter(|change| !change.starts_with("retry_policy_id"))
        .collect()
}

#[test]
fn one_number_that_drifts_is_one_line_of_the_plan() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, BY_NUMBER_TYPE));
    workspace.apply().succeeds();
    workspace.plan().finds_no_changes();

    reordered(&server, 5, 3);
    assert_eq!(differences(&workspace), ["retry_times = 5 -> 2"]);
    reordered(&server, 2, 9);
    assert_eq!(differences(&workspace), ["retry_number = 9 -> 3"]);
    reordered(&server, 2, 3);
    workspace.plan().finds_no_changes();
}

#[test]
fn changes_that_are_ignored_are_those_of_the_same_element() {
    let server = server();
    let workspace = Workspace::new(&server);
    let ignored = "  lifecycle {\n    ignore_changes = [policy_json[2].retry_times]\n  }\n";
    workspace.write(&resource(46, &format!("{BY_NUMBER_TYPE}{ignored}")));
    workspace.apply().succeeds();

    reordered(&server, 9, 3);
    workspace.apply().succeeds();
    let kept = server.kept(46).unwrap();
    let st = "'dataType':'ST','type':0,'retryTimes':9";
    let nested = "'dataType':'ST','type':0,'policy':{'retryTimes':9";
    assert!(kept.contains(st) || kept.contains(nested), "{kept}");
    workspace.plan().finds_no_changes();
}

#[test]
fn an_import_gives_the_same_order_whatever_the_server_answers() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, BY_NUMBER_TYPE));
    reordered(&server, 2, 3);
    workspace.import(THIS, "25/46").succeeds();
    let elements = workspace.attributes(THIS)["policy_json"].clone();
    let types: Vec<_> = (0..3).map(|index| &elements[index]["data_type"]).collect();
    assert_eq!(types, ["CN", "SI", "ST"]);
    assert_eq!(elements[1]["policy"][0]["result"], 4);
    workspace.plan().finds_no_changes();
}
