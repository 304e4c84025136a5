//! The root modules of an example, one for each environment.

use isales_simulator::{Simulator, SimulatorBuilder};
use serde_json::Value;
use test_support::{
    server::{ACCESS_KEY, SECRET_KEY},
    terraform::{Outcome, Workspace},
};

/// Campaigns in the VDNs of production, development and staging.
pub fn server() -> SimulatorBuilder {
    let vdns = [(25, 1..=50), (26, 1..=5), (27, 1..=5)];
    let builder = Simulator::builder().credentials(ACCESS_KEY, SECRET_KEY);
    vdns.into_iter().fold(builder, |builder, (vdn, campaigns)| {
        builder.campaigns(vdn, campaigns)
    })
}

/// A workspace whose provider is configured by the environment.
pub fn workspace(server: &Simulator) -> Workspace {
    let mut workspace = Workspace::unconfigured();
    workspace.env("ISALES_ENDPOINT", server.endpoint());
    workspace.env("ISALES_CA_CERT_FILE", server.ca_file().to_str().unwrap());
    workspace.env("ISALES_ACCESS_KEY", ACCESS_KEY);
    workspace.env("ISALES_SECRET_KEY", SECRET_KEY);
    workspace
}

/// Runs Terraform in the root module of an environment.
pub fn run(workspace: &Workspace, environment: &str, arguments: &[&str]) -> Outcome {
    let chdir = format!("-chdir={environment}");
    workspace.run(&[&[chdir.as_str()], arguments].concat())
}

/// The outputs of an environment.
pub fn outputs(workspace: &Workspace, environment: &str) -> Value {
    let answer = run(workspace, environment, &["output", "-json"]).succeeds();
    serde_json::from_str(&answer.stdout).unwrap()
}
