//! Every form in which a generation of the API may answer a query.

use isales_simulator::{Query, Shape};

use test_support::{
    policies::{EXAMPLES, GLOBAL_COMMON, common, common_json, named, resource},
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

/// The ways to say that there is no policy.
const UNSET: usize = 5;

/// A policy with several of everything.
const RICH: [&str; 3] = [
    "policy_type = 1
     policy_json = [
       { data_type = \"ST\", type = 0, retry_times = 1, retry_day = 2 },
       { data_type = \"SI\", type = 1, policy = [
         { result = 4, retry_number = 3, call_interval = 60 },
         { result = 5, retry_number = 0, call_interval = 600 },
       ] },
     ]",
    "policy_type = 0
     policy_json = [{ type = 0, retry_times = 1, retry_day = 1, no_retry_policy = [\"007\", \"OB99999\"] }]",
    "policy_type = 0
     policy_json = [{ type = 1, no_retry_policy = [\"002\"], policy = [
       { result = 0, retry_number = 2147483647, call_interval = 1 }] }]",
];

#[test]
fn no_form_of_a_reply_makes_a_difference() {
    let server = server();
    let workspace = Workspace::new(&server);
    let policies = EXAMPLES.iter().chain(&RICH).enumerate();
    let hcl: String = policies
        .map(|(index, policy)| named(&format!("p{index}"), index + 1, policy))
        .collect();
    workspace.write(&hcl);
    workspace.apply().succeeds().without_warnings();

    let mut variants = Shape::variants();
    variants.retain(|(_, shape)| shape.query == Query::Served && *shape != Shape::default());
    assert!(variants.len() > 10, "{variants:?}");
    for (name, shape) in variants {
        server.set_shape(shape);
        server.clear_requests();
        let plan = workspace.plan();
        assert_eq!(plan.code, Some(0), "{name}: {}", plan.stdout);
        assert_eq!(plan.drift(), [], "{name}");
        assert_eq!(server.received("GET").len(), 7, "{name}");
    }
}

#[test]
fn a_shape_that_differs_in_everything_serves_create_and_update() {
    // The walks of tests/faults take every shape through them, without Terraform.
    let server = server();
    server.set_shape("preset=adverse".parse().unwrap());
    let workspace = Workspace::new(&server);
    for policy in RICH {
        workspace.write(&resource(46, policy));
        workspace.apply().succeeds().without_warnings();
        workspace.plan().finds_no_changes();
    }
}

#[test]
fn no_policy_is_understood_in_every_form() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds();
    assert!(server.remove_policy(VDN, 46));
    let mut variants = Shape::variants();
    variants.retain(|(name, _)| name.starts_with("unset="));
    assert_eq!(variants.len(), UNSET, "{variants:?}");
    for (name, shape) in variants {
        server.set_shape(shape);
        let plan = workspace.plan().finds_changes();
        let action = ("isales_retry_policy.this".to_owned(), "create".to_owned());
        assert_eq!(plan.planned(), [action], "{name}");
    }
}

#[test]
fn a_server_without_the_query_is_gone_by_the_state() {
    for query in ["query=404", "query=405"] {
        let server = server();
        server.set_shape(query.parse().unwrap());
        let workspace = Workspace::new(&server);
        let three = |times: u32| -> String {
            let names = ["a", "b", "c"].into_iter().enumerate();
            names
                .map(|(index, name)| named(name, index + 1, &common(times, 1)))
                .collect()
        };
        let cannot = &[
            "Retry Policies Cannot Be Read",
            "Terraform relies on its state",
        ];
        workspace.write(&three(1));
        workspace.apply().succeeds().warning().says(cannot);
        workspace.plan().finds_no_changes().warning().says(cannot);

        // Nobody finds this drift; but what is set in the configuration is posted.
        server.set_policy(VDN, 1, 0, &common_json(9, 9)).unwrap();
        workspace.plan().finds_no_changes();
        workspace.write(&three(2));
        // Terraform runs the provider twice here, once to plan and once to apply.
        let warnings = workspace.apply().succeeds().warnings();
        assert_eq!(warnings.len(), 2, "{warnings:#?}");
        for campaign in [1, 2, 3] {
            assert_eq!(server.kept(campaign), Some(common_json(2, 1)));
        }
        workspace.plan().finds_no_changes();
    }
}
