//! Creating, updating, replacing, and finding nothing to change.

use test_support::{
    policies::{GLOBAL_COMMON, GLOBAL_RESULT, TYPED_RESULT, common, common_json, named, resource},
    server::{OTHER_VDN, Observed as _, VDN, server},
    terraform::{Outcome, Workspace, connection_to},
};

const THIS: &str = "isales_retry_policy.this";

/// One resource, planned for one action.
fn assert_planned(outcome: &Outcome, action: &str) {
    assert_eq!(outcome.planned(), [(THIS.to_owned(), action.to_owned())]);
}

#[test]
fn state_holds_what_the_server_has() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_RESULT));
    assert_planned(&workspace.plan().finds_changes(), "create");
    assert_eq!(server.received("POST"), []);

    workspace.apply().succeeds().without_warnings();
    let kept = server.policy(VDN, 46).expect("a policy");
    let state = workspace.attributes(THIS);
    let expected = serde_json::json!({
        "id": "25/46",
        "retry_policy_id": kept.retry_policy_id,
        "vdn_id": 25,
        "campaign_id": 46,
        "policy_type": 0,
        "policy_json": [{
            "data_type": null,
            "type": 1,
            "retry_times": null,
            "retry_day": null,
            "policy": [{"result": 4, "retry_number": 3, "call_interval": 60}],
            "no_retry_policy": null,
        }],
        "on_conflict": "refuse",
        "deletion_policy": "abandon",
        "timeouts": null,
    });
    assert_eq!(state, expected);
    workspace.plan().finds_no_changes().without_warnings();
}

#[test]
fn each_part_of_a_policy_is_updated_in_place() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds();
    let steps = [
        (common(3, 2), common_json(3, 2)),
        (
            "policy_type = 0\n policy_json = [{ type = 0, retry_times = 3, retry_day = 2, \
             no_retry_policy = [\"002\", \"007\"] }]"
                .to_owned(),
            "[{'type':0,'retryTimes':3,'retryDay':2,'noRetryPolicy':['002','007']}]".to_owned(),
        ),
        (
            "policy_type = 0\n policy_json = [{ type = 0, retry_times = 3, retry_day = 2, \
             no_retry_policy = [\"007\"] }]"
                .to_owned(),
            "[{'type':0,'retryTimes':3,'retryDay':2,'noRetryPolicy':['007']}]".to_owned(),
        ),
        (
            TYPED_RESULT.to_owned(),
            "[{'dataType':'ST','type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]"
                .to_owned(),
        ),
        (
            "policy_type = 1\n policy_json = [\n\
             { data_type = \"ST\", type = 0, retry_times = 1, retry_day = 1 },\n\
             { data_type = \"SI\", type = 1, policy = [\n\
             { result = 5, retry_number = 1, call_interval = 600 } ] } ]"
                .to_owned(),
            "[{'dataType':'ST','type':0,'policy':{'retryTimes':1,'retryDay':1}},\
             {'dataType':'SI','type':1,'policy':[{'result':5,'retryNumber':1,'callInterval':600}]}]"
                .to_owned(),
        ),
    ];
    for (arguments, policy_json) in steps {
        workspace.write(&resource(46, &arguments));
        assert_planned(&workspace.plan().finds_changes(), "update");
        workspace.apply().succeeds().without_warnings();
        assert_eq!(server.kept(46), Some(policy_json));
    }
    workspace.plan().finds_no_changes().without_warnings();
}

#[test]
fn arguments_of_terraforms_own_change_without_a_request() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds();
    let of_its_own = "  deletion_policy = \"restore\"\n  on_conflict = \"overwrite\"\n";
    workspace.write(&resource(46, &format!("{GLOBAL_COMMON}{of_its_own}")));
    server.clear_requests();
    assert_planned(&workspace.plan().finds_changes(), "update");
    workspace.apply().succeeds();
    assert_eq!(server.posted(), [""; 0]);
    workspace.plan().finds_no_changes();
}

#[test]
fn another_campaign_or_vdn_is_another_resource() {
    let server = server();
    let mut workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds();

    workspace.write(&resource(47, GLOBAL_COMMON));
    assert_planned(&workspace.plan().finds_changes(), "replace");
    workspace.apply().succeeds();
    assert_eq!(workspace.attributes(THIS)["id"], "25/47");
    assert!(server.policy(VDN, 47).is_some());
    workspace.plan().finds_no_changes();

    workspace.configure(&connection_to(&server, OTHER_VDN));
    assert_planned(&workspace.plan().finds_changes(), "replace");
    workspace.apply().succeeds();
    assert_eq!(workspace.attributes(THIS)["id"], "26/47");
    assert!(server.policy(OTHER_VDN, 47).is_some());
    workspace.plan().finds_no_changes();

    // Without the provider's VDN, what is there stays what it is; something new needs one.
    workspace.env("ISALES_ENDPOINT", server.endpoint());
    workspace.env("ISALES_CA_CERT_FILE", server.ca_file().to_str().unwrap());
    workspace.configure("");
    workspace.plan().finds_no_changes();
    workspace.write_file("more.tf", &named("more", 48, GLOBAL_COMMON));
    let missing = workspace.plan().fails().error();
    missing.says(&["vdn_id", "ISALES_VDN_ID"]);
    let with_vdn = format!("{GLOBAL_COMMON}  vdn_id = 26\n");
    workspace.write_file("more.tf", &named("more", 48, &with_vdn));
    workspace.apply().succeeds();
    assert!(server.policy(OTHER_VDN, 48).is_some());
}

#[test]
fn order_and_repetition_make_no_difference() {
    let server = server();
    let workspace = Workspace::new(&server);
    let ordered = [
        "policy_type = 1
         policy_json = [
           { data_type = \"ST\", type = 0, retry_times = 1, retry_day = 1 },
           { data_type = \"SI\", type = 1, policy = [
             { result = 4, retry_number = 3, call_interval = 60 },
             { result = 5, retry_number = 1, call_interval = 600 },
           ] },
         ]",
        "policy_type = 0
         policy_json = [{ type = 0, retry_times = 1, retry_day = 1, no_retry_policy = [\"002\", \"007\"] }]",
    ];
    let reordered = [
        "policy_json = [
           { type = 1, data_type = \"SI\", policy = [
             { call_interval = 600, retry_number = 1, result = 5 },
             { call_interval = 60, retry_number = 3, result = 4 },
           ] },
           { retry_day = 1, retry_times = 1, data_type = \"ST\", type = 0 },
         ]
         policy_type = 1",
        "policy_type = 0
         policy_json = [{ type = 0, retry_times = 1, retry_day = 1, no_retry_policy = [\"007\", \"002\", \"007\"] }]",
    ];
    let both = |[typed, global]: [&str; 2]| {
        format!("{}{}", named("typed", 1, typed), named("global", 2, global))
    };
    workspace.write(&both(ordered));
    workspace.apply().succeeds();
    workspace.plan().finds_no_changes();
    workspace.write(&both(reordered));
    workspace.plan().finds_no_changes().without_warnings();

    // The order comes to nothing in an update of another part, too.
    let longer = reordered.map(|policy| policy.replace("retry_day = 1", "retry_day = 2"));
    workspace.write(&both([&longer[0], &longer[1]]));
    workspace.apply().succeeds();
    workspace.plan().finds_no_changes();
    let back = ordered.map(|policy| policy.replace("retry_day = 1", "retry_day = 2"));
    workspace.write(&both([&back[0], &back[1]]));
    workspace.plan().finds_no_changes();
}

#[test]
fn the_id_of_a_policy_stays_known_where_nothing_is_posted() {
    let server = server();
    let workspace = Workspace::new(&server);
    let within = |time: &str| format!("{GLOBAL_COMMON}  timeouts = {{ create = \"{time}\" }}\n");
    workspace.write(&resource(46, &within("1m")));
    workspace.apply().succeeds();
    workspace.write(&resource(46, &within("2m")));
    let plan = ["plan", "-no-color", "-input=false"];
    let text = workspace.run(&plan).succeeds().text();
    assert!(text.contains("1m"), "{text}");
    assert!(!text.contains("known after apply"), "{text}");
}
