//! States that an earlier build of 0.1.0 wrote, private state included: `data/written-by-0.1.0`.
//!
//! Terraform 1.11.4 wrote them, with that build and its simulator; each is next to its
//! configuration. They are kept as they are, so that what users have stored stays readable.

use isales_simulator::Simulator;
use test_support::{
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

/// A state with its configuration, and a campaign's policy before and after that apply or import.
struct Earlier {
    configuration: &'static str,
    state: &'static str,
    campaign_id: i64,
    policy_type: u8,
    before: &'static str,
    since: &'static str,
}

const GLOBAL: Earlier = Earlier {
    configuration: include_str!("data/written-by-0.1.0/global.tf"),
    state: include_str!("data/written-by-0.1.0/global.state.json"),
    campaign_id: 46,
    policy_type: 0,
    before: "[{'type':1,'policy':[{'result':7,'retryNumber':2,'callInterval':90}],'noRetryPolicy':['002']}]",
    since: "[{'type':0,'retryTimes':3,'retryDay':2,'noRetryPolicy':['002','007']}]",
};

const BY_NUMBER_TYPE: Earlier = Earlier {
    configuration: include_str!("data/written-by-0.1.0/by-number-type.tf"),
    state: include_str!("data/written-by-0.1.0/by-number-type.state.json"),
    campaign_id: 47,
    policy_type: 1,
    before: "[{'dataType':'ST','type':0,'policy':{'retryTimes':5,'retryDay':4}}]",
    since: "[{'dataType':'ST','type':1,'policy':[\
            {'result':4,'retryNumber':3,'callInterval':60},\
            {'result':7,'retryNumber':1,'callInterval':120}]},\
            {'dataType':'SI','type':0,'policy':{'retryTimes':2,'retryDay':1}}]",
};

const IMPORTED: Earlier = Earlier {
    configuration: include_str!("data/written-by-0.1.0/imported.tf"),
    state: include_str!("data/written-by-0.1.0/imported.state.json"),
    campaign_id: 48,
    policy_type: 1,
    before: "[{'dataType':'ST','type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]",
    since: "[{'dataType':'ST','type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]",
};

// === impl Earlier ===

impl Earlier {
    /// A server as the earlier build left it, and a workspace with the state that it wrote.
    fn reopen(&self) -> (Simulator, Workspace) {
        let server = server();
        // The IDs of policies count up from 1.
        for earlier in [GLOBAL, BY_NUMBER_TYPE, IMPORTED] {
            let set =
                server.set_policy(VDN, earlier.campaign_id, earlier.policy_type, earlier.since);
            set.expect("a campaign");
        }
        let workspace = Workspace::new(&server);
        workspace.write(self.configuration);
        workspace.write_file("terraform.tfstate", self.state);
        (server, workspace)
    }

    /// Fails unless the new build finds nothing to change, neither here nor on the server.
    fn is_up_to_date(&self, server: &Simulator, workspace: &Workspace) {
        let plan = workspace.plan().finds_no_changes().without_warnings();
        assert_eq!(plan.drift(), []);
        workspace.apply().succeeds().without_warnings();
        assert_eq!(server.posted(), [""; 0]);
        let kept = server.policy(VDN, self.campaign_id).expect("a policy");
        let state = workspace.attributes("isales_retry_policy.this");
        assert_eq!(state["retry_policy_id"], kept.retry_policy_id);
    }

    /// Fails unless a destroy sets the policy from before Terraform again.
    fn is_restored(&self) {
        let (server, workspace) = self.reopen();
        self.is_up_to_date(&server, &workspace);
        workspace.destroy().succeeds().without_warnings();
        let (before, policy_type) = (self.before, self.policy_type);
        let body = format!("{{\"policyJson\":\"{before}\",\"policyType\":{policy_type}}}");
        assert_eq!(server.posted(), [body]);
        assert_eq!(workspace.resources().len(), 0);
    }
}

#[test]
fn a_global_policy_is_planned_and_restored() {
    GLOBAL.is_restored();
}

#[test]
fn a_policy_by_number_type_is_planned_and_restored() {
    BY_NUMBER_TYPE.is_restored();
}

#[test]
fn an_imported_policy_is_planned_and_left() {
    let (server, workspace) = IMPORTED.reopen();
    IMPORTED.is_up_to_date(&server, &workspace);
    let destroyed = workspace.destroy().succeeds();
    assert!(!destroyed.warnings().is_empty());
    assert_eq!(server.posted(), [""; 0]);
    assert_eq!(server.kept(48).as_deref(), Some(IMPORTED.before));
    assert_eq!(workspace.resources().len(), 0);
}

#[test]
fn an_imported_policy_has_nothing_to_restore() {
    let (server, workspace) = IMPORTED.reopen();
    let restore = "policy_type = 1\n  deletion_policy = \"restore\"";
    let configuration = IMPORTED.configuration.replace("policy_type = 1", restore);
    workspace.write(&configuration);
    workspace.apply().succeeds();
    server.clear_requests();
    let plan = workspace.plan_with(&["-destroy"]).finds_changes();
    plan.warning().says(&["was imported"]);
    workspace.destroy().succeeds();
    assert_eq!(server.posted(), [""; 0]);
}

/// Private state that is damaged is reported with its ways out, and does not block a destroy.
#[test]
fn damaged_private_state_is_unreadable_state() {
    let (server, workspace) = GLOBAL.reopen();
    let mut state: serde_json::Value = serde_json::from_str(GLOBAL.state).unwrap();
    // "not json", in base64.
    state["resources"][0]["instances"][0]["private"] = "bm90IGpzb24=".into();
    workspace.write_file("terraform.tfstate", &state.to_string());
    let ways = [
        "Unreadable State",
        "private state",
        "Restore the state from a backup",
    ];
    workspace.plan().fails().error().says(&ways);
    let destroy = [
        "destroy",
        "-json",
        "-input=false",
        "-auto-approve",
        "-refresh=false",
    ];
    let refused = workspace.run(&destroy).fails().error();
    refused.says(&["Earlier Retry Policy Not Known", "terraform state rm"]);

    let abandon = "\"deletion_policy\":\"abandon\"";
    let state = state
        .to_string()
        .replace("\"deletion_policy\":\"restore\"", abandon);
    workspace.write_file("terraform.tfstate", &state);
    workspace.run(&destroy).succeeds();
    assert_eq!(server.posted(), [""; 0]);
    assert_eq!(workspace.resources().len(), 0);
}
