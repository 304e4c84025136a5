//! `examples/with-huaweicloud`, with the example's stand-in for the provider `huaweicloud`.

use std::{fs, os::unix::fs::symlink};

use crate::repository::copy;
use test_support::{
    provider::example,
    server::{ACCESS_KEY, SECRET_KEY, VDN, server},
    terraform::Workspace,
};

#[test]
fn keys_and_address_come_from_the_cloud() {
    let server = server();
    let mut workspace = Workspace::unconfigured();
    fs::remove_file(workspace.path("versions.tf")).unwrap();
    copy("examples/with-huaweicloud", &workspace.path("."));
    let plugins = workspace.path("../plugins");
    let stand_in = example("terraform-provider-huaweicloud");
    symlink(stand_in, plugins.join("terraform-provider-huaweicloud")).unwrap();
    let settings = workspace.path("../both.rc");
    let text = format!(
        "provider_installation {{\n  dev_overrides {{\n    \"isales/isales\" = {plugins:?}\n    \
         \"huaweicloud/huaweicloud\" = {plugins:?}\n  }}\n}}\n"
    );
    fs::write(&settings, text).unwrap();
    workspace.env("TF_CLI_CONFIG_FILE", settings.to_str().unwrap());
    let secret = format!(r#"{{"access_key":"{ACCESS_KEY}","secret_key":"{SECRET_KEY}"}}"#);
    workspace.env("STAND_IN_SECRET_TEXT", &secret);
    let (_, port) = server.endpoint().rsplit_once(':').unwrap();
    let variables = format!(
        "endpoint_service_id = \"service-1\"\nvpc_id = \"vpc-1\"\nnetwork_id = \"network-1\"\n\
         port = {port}\nca_cert_file = {:?}\nvdn_id = {VDN}\ncampaign_id = 46\n",
        server.ca_file()
    );
    workspace.write_file("terraform.tfvars", &variables);

    workspace.validate().succeeds();
    let plan = workspace.plan().finds_changes().without_warnings();
    assert_eq!(plan.planned().len(), 2);
    assert!(server.requests().is_empty());
    workspace.apply().succeeds();
    assert!(server.policy(VDN, 46).is_some());
    workspace.plan().finds_no_changes().without_warnings();
}
