//! Policies on the server that no plan would pass with, and how Terraform gets rid of them.

use isales_simulator::Script;
use serde_json::json;

use test_support::{
    policies::{common, common_json, resource},
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

/// A policy that a server may return although the rules of the API forbid it.
const BROKEN: [(u8, &str); 3] = [
    (
        1,
        "[{'dataType':'ST','type':0,'policy':{'retryTimes':1,'retryDay':1},'noRetryPolicy':['002']}]",
    ),
    (0, "[{'type':0,'retryTimes':-1,'retryDay':1}]"),
    (0, "[{'type':1,'policy':[]}]"),
];

/// The reply to a query, as often as it is said.
fn answers((policy_type, policy_json): (u8, &str), times: u32) -> Script {
    let reply = json!({
        "resultCode": "0200000",
        "returnCode": "0200000",
        "resultDesc": "",
        "data": { "retryPolicyId": 7, "policyType": policy_type, "policyJson": policy_json },
    });
    Script::reply(200, reply.to_string())
        .method("GET")
        .times(times)
}

#[test]
fn a_policy_that_breaks_the_rules_is_set_right() {
    for broken in BROKEN {
        let server = server();
        let workspace = Workspace::new(&server);
        workspace.write(&resource(46, &common(2, 1)));
        workspace.apply().succeeds();
        server.clear_requests();
        // The refresh sees it, and so does the look before the update.
        server.script(answers(broken, 2));
        workspace.apply().succeeds();
        assert_eq!(server.posted().len(), 1, "{broken:?}");
        assert_eq!(server.kept(46), Some(common_json(2, 1)));
        workspace.plan().finds_no_changes();
    }
}

#[test]
fn a_policy_that_breaks_the_rules_is_shown_where_it_has_changed() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &common(2, 1)));
    workspace.apply().succeeds();
    server.script(answers(BROKEN[1], 1));
    workspace.plan_with(&["-out=repair.plan"]).finds_changes();
    server.set_policy(VDN, 46, 0, &common_json(7, 1)).unwrap();
    let refused = workspace.apply_with(&["repair.plan"]).fails().error();
    refused.says(&[
        "Retry Policy Changed Since The Plan",
        BROKEN[1].1,
        &common_json(7, 1),
    ]);
    assert_eq!(server.kept(46), Some(common_json(7, 1)));
}
