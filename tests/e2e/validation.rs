//! Invalid policies are rejected before a request is sent: one case for each way in which
//! Terraform shows a message. The client's unit tests cover each rule, the protocol's each path.

use test_support::{
    policies::resource,
    server::{Observed as _, server},
    terraform::{Diagnostic, Workspace},
};

/// A configuration and the message about it.
struct Case {
    arguments: &'static str,
    /// Parts of the summary and the detail. The path of a nested argument is one of them.
    says: &'static [&'static str],
    /// The line of the configuration that the message points at. `None` inside a list of objects,
    /// where Terraform shows the resource only: the protocol tests check the whole path.
    points_at: Option<&'static str>,
}

impl Case {
    #[track_caller]
    fn is_met_by(&self, message: &Diagnostic) {
        message.says(self.says);
        if let Some(code) = self.points_at {
            message.points_at(code);
        }
    }
}

const TOP_LEVEL: Case = Case {
    arguments: "policy_type = 2\n policy_json = [{ type = 0, retry_times = 1, retry_day = 1 }]",
    says: &["policy_type is 2", "0 for a global policy or 1"],
    points_at: Some("policy_type = 2"),
};

const IN_A_LIST: Case = Case {
    arguments: "policy_type = 0\n policy_json = [{ type = 1, policy = [
            { result = 4, retry_number = 3, call_interval = 60 },
            { result = 4, retry_number = 1, call_interval = 60 }] }]",
    says: &[
        "policy_json[0].policy[1].result: ",
        "4 here and in policy[0]",
        "Table 5",
    ],
    points_at: None,
};

const IN_A_SET: Case = Case {
    arguments: "policy_type = 0\n policy_json = [{ type = 0, retry_times = 1, retry_day = 1,
            no_retry_policy = [\"0\\\"2\"] }]",
    says: &["policy_json[0].no_retry_policy: ", "would break the string"],
    points_at: None,
};

const WARNING: Case = Case {
    arguments: "policy_type = 0\n policy_json = [
            { type = 0, retry_times = 1, retry_day = 1 },
            { type = 0, retry_times = 2, retry_day = 2 }]",
    says: &["More Than One Element In A Global Policy", "has 2 elements"],
    points_at: Some("policy_json"),
};

#[test]
fn a_rule_is_an_error_on_its_path_before_anything_is_sent() {
    let server = server();
    let workspace = Workspace::new(&server);
    for case in [TOP_LEVEL, IN_A_LIST, IN_A_SET] {
        workspace.write(&resource(46, case.arguments));
        let error = workspace.validate().fails().error();
        case.is_met_by(&error);
    }
    // What validation refuses, plan and apply refuse.
    workspace.write(&resource(46, TOP_LEVEL.arguments));
    workspace.plan().fails().error().says(TOP_LEVEL.says);
    workspace.apply().fails();
    assert_eq!(server.requests(), []);
}

#[test]
fn what_is_only_likely_a_mistake_is_a_warning() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, WARNING.arguments));
    let warning = workspace.validate().succeeds().warning();
    WARNING.is_met_by(&warning);
    workspace.apply().succeeds();
    workspace.plan().finds_no_changes();
}

#[test]
fn unknown_values_are_validated_at_apply() {
    let server = server();
    let workspace = Workspace::new(&server);
    let unknown = |number: i64, code: &str| {
        let later = "terraform_data.later.output";
        let policy = format!(
            "policy_type = 0\n policy_json = [{{ type = {later}.type, retry_times = {later}.times, \
             retry_day = 1, no_retry_policy = [{later}.code] }}]"
        );
        let data = format!(
            "resource \"terraform_data\" \"later\" {{\n  input = {{ type = 0, times = {number}, code = \"{code}\" }}\n}}\n"
        );
        data + &resource(46, &policy)
    };
    workspace.write(&unknown(-1, "00'2"));
    workspace.plan().finds_changes().without_warnings();
    let errors = workspace.apply().fails().errors();
    assert_eq!(errors.len(), 2, "{errors:#?}");
    errors[0].says(&["policy_json[0].retry_times: ", "retry_times is -1"]);
    errors[1].says(&["policy_json[0].no_retry_policy: ", "would break the string"]);
    assert_eq!(server.posted(), [""; 0]);
    assert_eq!(workspace.resources().len(), 1);

    workspace.write(&unknown(2, "002"));
    workspace.apply().succeeds().without_warnings();
    let kept = "[{'type':0,'retryTimes':2,'retryDay':1,'noRetryPolicy':['002']}]";
    assert_eq!(server.kept(46).as_deref(), Some(kept));
    workspace.plan().finds_no_changes();
}

#[test]
fn a_whole_policy_and_a_campaign_may_be_unknown() {
    let server = server();
    let workspace = Workspace::new(&server);
    let data = "resource \"terraform_data\" \"later\" {
      input = {
        campaign = 46
        policy   = [{ data_type = null, type = 0, retry_times = 1, retry_day = 1, policy = null, no_retry_policy = null }]
      }
    }\n";
    let policy = "policy_type = 0\n policy_json = terraform_data.later.output.policy";
    workspace.write(&(data.to_owned() + &resource("terraform_data.later.output.campaign", policy)));
    workspace.plan().finds_changes().without_warnings();
    workspace.apply().succeeds().without_warnings();
    assert_eq!(
        server.kept(46).as_deref(),
        Some("[{'type':0,'retryTimes':1,'retryDay':1}]")
    );
    workspace.plan().finds_no_changes();
}
