//! What the API would refuse is refused before it is asked.

use test_support::{
    policies::{GLOBAL_COMMON, resource},
    server::{Observed as _, server},
    terraform::{Diagnostic, Workspace},
};

/// A configuration, and what is said about it.
struct Case {
    arguments: &'static str,
    /// Parts of the summary and the detail. The path of a nested argument is one of them.
    says: &'static [&'static str],
    /// What stands at the place in the configuration that the message points at. None inside a list
    /// of objects, where Terraform shows the resource: the tests of the protocol see the whole path.
    points_at: Option<&'static str>,
}

impl Case {
    #[track_caller]
    fn is_met_by(&self, told: &Diagnostic) {
        told.says(self.says);
        if let Some(code) = self.points_at {
            told.points_at(code);
        }
    }
}

const ERRORS: &[Case] = &[
    Case {
        arguments: "policy_type = 2\n policy_json = [{ type = 0, retry_times = 1, retry_day = 1 }]",
        says: &["policyType is 2", "0 for a global policy or 1"],
        points_at: Some("policy_type = 2"),
    },
    Case {
        arguments: "policy_type = 0\n policy_json = []",
        says: &["policyJson is an empty list", "at least one element"],
        points_at: Some("policy_json = []"),
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [null]",
        says: &["policy_json[0]", "null"],
        points_at: Some("policy_json = [null]"),
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 2 }]",
        says: &[
            "policy_json[0].type: ",
            "type is 2",
            "0 for a common policy or 1",
        ],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 1\n policy_json = [{ type = 0, retry_times = 1, retry_day = 1 }]",
        says: &[
            "policy_json[0].data_type: ",
            "dataType is not set",
            "Tables 3 and 4",
        ],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 1\n policy_json = [
            { data_type = \"ST\", type = 0, retry_times = 1, retry_day = 1 },
            { data_type = \"ST\", type = 0, retry_times = 2, retry_day = 2 }]",
        says: &[
            "policy_json[1].data_type: ",
            "\"ST\" here and in policyJson[0]",
        ],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 1\n policy_json = [
            { data_type = \"\", type = 0, retry_times = 1, retry_day = 1 }]",
        says: &["policy_json[0].data_type: ", "empty string"],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 1\n policy_json = [
            { data_type = \"S'T\", type = 0, retry_times = 1, retry_day = 1 }]",
        says: &["policy_json[0].data_type: ", "would break the string"],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 1\n policy_json = [
            { data_type = \"S\\\\T\", type = 0, retry_times = 1, retry_day = 1 }]",
        says: &["policy_json[0].data_type: ", "would break the string"],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 0, retry_day = 1 }]",
        says: &[
            "policy_json[0].retry_times: ",
            "needs both retryTimes",
            "Table 4",
        ],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 0, retry_times = 1 }]",
        says: &[
            "policy_json[0].retry_day: ",
            "needs both retryTimes",
            "Table 4",
        ],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 0, retry_times = -1, retry_day = 1 }]",
        says: &["policy_json[0].retry_times: ", "from 0 to 2147483647"],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [
            { type = 0, retry_times = 1, retry_day = 2147483648 }]",
        says: &["policy_json[0].retry_day: ", "Integer of 32 bits"],
        points_at: None,
    },
    Case {
        arguments:
            "policy_type = 0\n policy_json = [{ type = 0, retry_times = 1, retry_day = 1, policy = [
            { result = 4, retry_number = 3, call_interval = 60 }] }]",
        says: &["policy_json[0].policy: ", "Remove policy, or set type to 1"],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 1, retry_times = 1, policy = [
            { result = 4, retry_number = 3, call_interval = 60 }] }]",
        says: &[
            "policy_json[0].retry_times: ",
            "Remove retryTimes, or set type to 0",
        ],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 1, retry_day = 1, policy = [
            { result = 4, retry_number = 3, call_interval = 60 }] }]",
        says: &[
            "policy_json[0].retry_day: ",
            "Remove retryDay, or set type to 0",
        ],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 1 }]",
        says: &[
            "policy_json[0].policy: ",
            "at least one entry",
            "Tables 4 and 5",
        ],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 1, policy = [] }]",
        says: &["policy_json[0].policy: ", "empty list"],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 1, policy = [
            { result = 4, retry_number = 3, call_interval = 60 },
            { result = 4, retry_number = 1, call_interval = 60 }] }]",
        says: &[
            "policy_json[0].policy[1].result: ",
            "4 here and in policy[0]",
            "Table 5",
        ],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 1, policy = [
            { result = 4, retry_number = -3, call_interval = 60 }] }]",
        says: &[
            "policy_json[0].policy[0].retry_number: ",
            "from 0 to 2147483647",
        ],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 1, policy = [
            { result = 4, retry_number = 3, call_interval = -60 }] }]",
        says: &[
            "policy_json[0].policy[0].call_interval: ",
            "from 0 to 2147483647",
        ],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 1, policy = [
            { result = 2147483648, retry_number = 3, call_interval = 60 }] }]",
        says: &["policy_json[0].policy[0].result: ", "Integer of 32 bits"],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 1\n policy_json = [{ data_type = \"ST\", type = 0,
            retry_times = 1, retry_day = 1, no_retry_policy = [\"002\"] }]",
        says: &[
            "policy_json[0].no_retry_policy: ",
            "refuses it when policyType is 1",
        ],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 0, retry_times = 1, retry_day = 1,
            no_retry_policy = [\"0\\\"2\"] }]",
        says: &["policy_json[0].no_retry_policy: ", "would break the string"],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 0, retry_times = 1, retry_day = 1,
            no_retry_policy = [\"\"] }]",
        says: &["policy_json[0].no_retry_policy: ", "empty string"],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 0, retry_times = 1, retry_day = 1,
            no_retry_policy = [null] }]",
        says: &["policy_json[0].no_retry_policy: ", "null"],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 1, policy = [null] }]",
        says: &["policy_json[0].policy[0]: ", "null"],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [{ type = 0, retry_times = 1.5, retry_day = 1 }]",
        says: &["policy_json[0].retry_times", "whole number"],
        points_at: None,
    },
    Case {
        arguments: "vdn_id = 10000\n policy_type = 0\n policy_json = [{ type = 0, retry_times = 1, retry_day = 1 }]",
        says: &["from 1 to 9999", "10000"],
        points_at: Some("vdn_id = 10000"),
    },
    Case {
        arguments: "deletion_policy = \"delete\"\n policy_type = 0\n policy_json = [{ type = 0, retry_times = 1, retry_day = 1 }]",
        says: &["abandon", "restore", "prevent"],
        points_at: Some("deletion_policy = \"delete\""),
    },
    Case {
        arguments: "on_conflict = \"merge\"\n policy_type = 0\n policy_json = [{ type = 0, retry_times = 1, retry_day = 1 }]",
        says: &["refuse", "overwrite"],
        points_at: Some("on_conflict = \"merge\""),
    },
];

const WARNINGS: &[Case] = &[
    Case {
        arguments: "policy_type = 0\n policy_json = [
            { type = 0, retry_times = 1, retry_day = 1 },
            { type = 0, retry_times = 2, retry_day = 2 }]",
        says: &["More than one element in a global policy", "has 2 elements"],
        points_at: Some("policy_json"),
    },
    Case {
        arguments: "policy_type = 0\n policy_json = [
            { data_type = \"ST\", type = 0, retry_times = 1, retry_day = 1 }]",
        says: &[
            "policy_json[0].data_type: ",
            "Number type in a global policy",
        ],
        points_at: None,
    },
    Case {
        arguments: "policy_type = 1\n policy_json = [
            { data_type = \"home phone\", type = 0, retry_times = 1, retry_day = 1 }]",
        says: &["policy_json[0].data_type: ", "Unlikely number type"],
        points_at: None,
    },
];

#[test]
fn each_rule_is_an_error_on_its_path_before_anything_is_sent() {
    let server = server();
    let workspace = Workspace::new(&server);
    for case in ERRORS {
        workspace.write(&resource(46, case.arguments));
        let error = workspace.validate().fails().error();
        case.is_met_by(&error);
    }
    for campaign in ["0", "-46", "4.6", "9223372036854775808"] {
        workspace.write(&resource(campaign, GLOBAL_COMMON));
        let error = workspace.validate().fails().error();
        error.points_at("campaign_id = ");
    }
    // What validation refuses, plan and apply refuse.
    workspace.write(&resource(46, ERRORS[0].arguments));
    workspace.plan().fails().error().says(ERRORS[0].says);
    workspace.apply().fails();
    assert_eq!(server.requests(), []);
}

#[test]
fn what_is_only_likely_a_mistake_is_a_warning() {
    let server = server();
    let workspace = Workspace::new(&server);
    for case in WARNINGS {
        workspace.write(&resource(46, case.arguments));
        let warning = workspace.validate().succeeds().warning();
        case.is_met_by(&warning);
    }
    workspace.apply().succeeds();
    workspace.plan().finds_no_changes();
}

#[test]
fn values_that_are_not_known_yet_are_judged_at_apply() {
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
    errors[0].says(&["policy_json[0].retry_times: ", "retryTimes is -1"]);
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
