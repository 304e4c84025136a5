//! Values that only apply will tell.

use crate::{
    policies::resource,
    server::{Observed as _, server},
    terraform::Workspace,
};

#[test]
fn several_codes_may_be_unknown() {
    let server = server();
    let workspace = Workspace::new(&server);
    let configuration = |trigger: &str| {
        let codes = format!(
            "resource \"terraform_data\" \"code\" {{\n  for_each = toset([\"002\", \"007\"])\n  \
             triggers_replace = \"{trigger}\"\n  input = each.key\n}}\n"
        );
        let policy = "policy_type = 0\n policy_json = [{ type = 0, retry_times = 1, retry_day = 1, \
                      no_retry_policy = [for code in terraform_data.code : code.output] }]";
        codes + &resource(46, policy)
    };
    let kept = "[{'type':0,'retryTimes':1,'retryDay':1,'noRetryPolicy':['002','007']}]";
    workspace.write(&configuration("one"));
    workspace.plan().finds_changes().without_warnings();
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.kept(46).as_deref(), Some(kept));
    workspace.plan().finds_no_changes();

    // An update that comes to nothing once the codes are known.
    workspace.write(&configuration("two"));
    server.clear_requests();
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.posted(), [""; 0]);
    workspace.plan().finds_no_changes();
}
