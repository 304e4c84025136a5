//! `terraform query` over the list of policies.

use std::fs;

use test_support::{
    needs,
    policies::common_json,
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

#[test]
fn policies_are_found_and_imported_with_generated_configuration() {
    needs!(Query);
    let server = server();
    for campaign in [46, 48] {
        server
            .set_policy(VDN, campaign, 0, &common_json(2, 3))
            .unwrap();
    }
    let workspace = Workspace::new(&server);
    workspace.write_file(
        "all.tfquery.hcl",
        "list \"isales_retry_policy\" \"all\" {\n  provider         = isales\n  include_resource = true\n}\n",
    );
    let query = ["query", "-no-color", "-generate-config-out=generated.tf"];
    let found = workspace.run(&query).succeeds().text();
    for campaign in ["campaign_id=46", "campaign_id=48"] {
        assert!(found.contains(campaign), "{found}");
    }
    let generated = fs::read_to_string(workspace.path("generated.tf")).unwrap();
    assert_eq!(generated.matches("import {").count(), 2, "{generated}");

    let applied = workspace.apply().succeeds().without_warnings();
    assert!(applied.stdout.contains("2 imported, 0 added, 0 changed"));
    workspace.plan().finds_no_changes().without_warnings();
    assert_eq!(server.posted(), [""; 0]);
}
