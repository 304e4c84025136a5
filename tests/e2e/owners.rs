//! One campaign, one owner: nothing is undone in silence where one run has two objects of it.

use isales_simulator::Simulator;
use test_support::{
    needs,
    policies::{common, common_json, named},
    server::{Observed as _, VDN, server},
    terraform::{Workspace, connection},
};

const TWICE: &str = "Campaign Managed Twice";

/// Campaigns in a provider block of their own, which waits between requests so that its objects go
/// after those of the other block have come.
fn in_block(server: &Simulator, name: &str, block: &str) -> String {
    let arguments = "  deletion_policy = \"restore\"\n";
    let settings = connection(server);
    let blocks = format!(
        "provider \"isales\" {{\n  alias = \"slow\"\n  requests_per_second = 2\n{settings}}}\n\n\
         provider \"isales\" {{\n  alias = \"quick\"\n{settings}}}\n\n"
    );
    let resources = [71, 72].map(|campaign| {
        let body = format!("  provider = isales.{block}\n{}{arguments}", common(2, 3));
        named(&format!("{name}_{campaign}"), campaign, &body)
    });
    format!("{blocks}{}", resources.concat())
}

#[test]
fn a_campaign_that_moves_to_another_provider_block_keeps_its_policy() {
    needs!(ConcurrentProviders);
    let server = server();
    for campaign in [71, 72] {
        server
            .set_policy(VDN, campaign, 0, &common_json(9, 1))
            .unwrap();
    }
    let workspace = Workspace::new(&server);
    workspace.write(&in_block(&server, "old", "slow"));
    workspace.apply().succeeds();
    workspace.write(&in_block(&server, "new", "quick"));
    workspace.apply().succeeds();
    for campaign in [71, 72] {
        assert_eq!(server.kept(campaign), Some(common_json(2, 3)), "{campaign}");
    }
    workspace.plan().finds_no_changes();
}

#[test]
fn two_resources_for_one_campaign_are_found_at_plan() {
    let server = server();
    let workspace = Workspace::new(&server);
    let two = format!(
        "{}{}",
        named("a", 46, &common(1, 1)),
        named("b", 46, &common(2, 2))
    );
    workspace.write(&two);
    let error = workspace.plan().fails().error();
    error.says(&[TWICE, "25/46"]).points_at("campaign_id");
    // Only the plan of the one that came first asks.
    assert_eq!(server.received("GET").len(), 1);
    assert_eq!(server.posted(), [""; 0]);

    // One of them exists already.
    workspace.write(&named("a", 46, &common(1, 1)));
    workspace.apply().succeeds();
    workspace.write(&two);
    workspace.plan().fails().error().says(&[TWICE]);
}

#[test]
fn of_two_resources_that_are_alike_one_is_created() {
    let server = server();
    let workspace = Workspace::new(&server);
    let two = ["a", "b"].map(|name| named(name, 46, &common(1, 1)));
    workspace.write(&two.concat());
    let error = workspace.apply().fails().error();
    error.says(&[TWICE, "25/46"]).points_at("campaign_id");
    assert_eq!(server.posted().len(), 1);
}

#[test]
fn a_resource_under_another_name_is_no_second_one() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&named("old", 46, &common(1, 1)));
    workspace.apply().succeeds();
    workspace.write(&named("new", 46, &common(2, 2)));
    workspace.plan().finds_changes();
    workspace.apply().succeeds();
    assert_eq!(server.kept(46), Some(common_json(2, 2)));
    workspace.plan().finds_no_changes();
}

#[test]
fn a_replacement_is_no_second_one() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&named("this", 46, &common(1, 1)));
    workspace.apply().succeeds();
    let replace = ["-replace=isales_retry_policy.this"];
    workspace.plan_with(&replace).finds_changes();
    workspace.apply_with(&replace).succeeds();
    workspace
        .import("isales_retry_policy.this", "25/46")
        .fails();
    workspace.plan().finds_no_changes();
}

#[test]
fn a_campaign_in_two_provider_blocks_is_created_once_in_a_run() {
    needs!(ConcurrentProviders);
    let server = server();
    let workspace = Workspace::new(&server);
    let settings = connection(&server);
    let blocks = format!("provider \"isales\" {{\n  alias = \"other\"\n{settings}}}\n\n");
    let other = format!("  provider = isales.other\n{}", common(2, 2));
    let two = [named("a", 46, &common(1, 1)), named("b", 46, &other)];
    workspace.write(&format!("{blocks}{}", two.concat()));
    let errors = workspace.apply().fails().errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors[0].says(&[TWICE, "25/46"]).points_at("campaign_id");
}
