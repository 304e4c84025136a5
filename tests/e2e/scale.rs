//! Many policies in one configuration.

use test_support::{
    policies::{common_json, resource},
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

#[test]
fn two_hundred_policies_land_and_stay() {
    let server = server();
    let workspace = Workspace::new(&server);
    let arguments = "
      for_each    = toset([for n in range(1, 201) : tostring(n)])
      policy_type = 0
      policy_json = [{ type = 0, retry_times = 1 + each.value % 5, retry_day = 2 }]
    ";
    workspace.write(&resource("each.value", arguments));
    workspace.apply().succeeds().without_warnings();
    let policies = server.policies();
    assert_eq!(policies.len(), 200);
    for ((vdn_id, campaign_id), policy) in policies {
        let times = 1 + u32::try_from(campaign_id % 5).unwrap();
        assert_eq!((vdn_id, policy.policy_json), (VDN, common_json(times, 2)));
    }
    assert_eq!(server.posted().len(), 200);
    assert_eq!(workspace.resources().len(), 200);
    // Connections are shared, not made for each policy. How many there are is up to the pool.
    let connections = server.counters().connections;
    assert!(
        connections < 60,
        "{connections} connections for 800 requests"
    );
    workspace.plan().finds_no_changes().without_warnings();
}
