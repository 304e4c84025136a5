//! Values at the edges of their types, from the configuration to the server and back.

use test_support::{
    policies::{GLOBAL_COMMON, common, common_json, resource},
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

const THIS: &str = "isales_retry_policy.this";

#[test]
fn a_campaign_id_of_64_bits_stays_exact() {
    // Neither of them is a double.
    for campaign_id in [9_007_199_254_740_993, i64::MAX] {
        let server = server();
        server.add_campaign(VDN, campaign_id);
        let workspace = Workspace::new(&server);
        workspace.write(&resource(campaign_id, GLOBAL_COMMON));
        workspace.apply().succeeds().without_warnings();
        assert_eq!(server.kept(campaign_id), Some(common_json(1, 1)));
        assert_eq!(
            workspace.attributes(THIS)["id"],
            format!("{VDN}/{campaign_id}")
        );
        workspace.plan().finds_no_changes();
        workspace.run(&["state", "rm", THIS]).succeeds();
        workspace
            .import(THIS, &format!("{VDN}/{campaign_id}"))
            .succeeds();
        workspace.plan().finds_no_changes();
    }
}

#[test]
fn integers_of_32_bits_are_taken_whole() {
    let server = server();
    let workspace = Workspace::new(&server);
    let largest = u32::try_from(i32::MAX).unwrap();
    workspace.write(&resource(46, &common(largest, 0)));
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(largest, 0)));
    workspace.plan().finds_no_changes();
}

#[test]
fn a_result_is_any_integer_of_32_bits() {
    let server = server();
    let workspace = Workspace::new(&server);
    let policy = "policy_type = 0\n  policy_json = [{ type = 1, policy = [
      { result = -2147483648, retry_number = 0, call_interval = 1 },
      { result = 2147483647, retry_number = 1, call_interval = 0 },
    ] }]";
    workspace.write(&resource(46, policy));
    workspace.apply().succeeds().without_warnings();
    let kept = server.kept(46).unwrap();
    assert!(kept.contains("'result':-2147483648"), "{kept}");
    assert!(kept.contains("'result':2147483647"), "{kept}");
    workspace.plan().finds_no_changes();
}

#[test]
fn an_empty_set_is_none() {
    let server = server();
    let workspace = Workspace::new(&server);
    let with_codes = |codes: &str| {
        GLOBAL_COMMON.replace(
            "retry_day = 1",
            &format!("retry_day = 1, no_retry_policy = {codes}"),
        )
    };
    workspace.write(&resource(46, &with_codes("[]")));
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(1, 1)));
    workspace.plan().finds_no_changes();
    workspace.write(&resource(46, &with_codes("null")));
    workspace.plan().finds_no_changes();

    workspace.write(&resource(46, &with_codes("[\"002\"]")));
    workspace.apply().succeeds();
    workspace.write(&resource(46, &with_codes("[]")));
    workspace.plan().finds_changes();
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(1, 1)));
    workspace.plan().finds_no_changes();
}

#[test]
fn an_unknown_value_that_turns_out_the_same_posts_nothing() {
    let server = server();
    let workspace = Workspace::new(&server);
    let with_trigger = |trigger: u32, times: u32| {
        let data = format!(
            "resource \"terraform_data\" \"times\" {{\n  input = {times}\n  triggers_replace = {trigger}\n}}\n"
        );
        let policy = "policy_type = 0\n  policy_json = [{ type = 0, retry_times = \
                      terraform_data.times.output, retry_day = 1 }]";
        data + &resource(46, policy)
    };
    workspace.write(&with_trigger(1, 3));
    workspace.apply().succeeds();
    server.clear_requests();
    workspace.write(&with_trigger(2, 3));
    workspace.plan().finds_changes();
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.posted(), [""; 0]);
    workspace.plan().finds_no_changes();

    workspace.write(&with_trigger(3, 4));
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(4, 1)));
    workspace.plan().finds_no_changes();
}

#[test]
fn names_beyond_ascii_are_signed_and_sent_as_they_are() {
    let server = server();
    let workspace = Workspace::new(&server);
    let codes = "policy_type = 0\n  policy_json = [{ type = 0, retry_times = 1, retry_day = 1, \
                 no_retry_policy = [\"空号\", \"a b\", \"100%\"] }]";
    workspace.write(&resource(46, codes));
    workspace.apply().succeeds();
    let body = &server.posted()[0];
    assert!(body.contains("['100%','a b','空号']"), "{body}");
    workspace.plan().finds_no_changes();
}
