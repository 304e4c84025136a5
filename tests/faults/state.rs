//! Terraform's state, compared with the server entry by entry.

use std::{fs, ops::Range};

use isales_simulator::Simulator;
use serde_json::Value as Json;

use test_support::{policies::common_json, server::Observed as _, terraform::Workspace};

/// The resources in the state.
pub fn instances(workspace: &Workspace) -> Vec<Json> {
    let text = fs::read_to_string(workspace.path("terraform.tfstate")).unwrap_or_default();
    let state: Json = serde_json::from_str(&text).unwrap_or_default();
    let resources = state["resources"].as_array().into_iter().flatten();
    let instances = resources.filter_map(|resource| resource["instances"].as_array());
    instances.flatten().cloned().collect()
}

/// Where state and server differ, campaign by campaign. The policies are common ones of one
/// element.
pub fn disagreements(
    workspace: &Workspace,
    server: &Simulator,
    campaigns: Range<i64>,
) -> Vec<String> {
    let instances = instances(workspace);
    let known = |campaign_id: i64| {
        let attributes = instances
            .iter()
            .map(|instance| &instance["attributes"])
            .find(|attributes| attributes["campaign_id"] == campaign_id)?;
        let element = &attributes["policy_json"][0];
        let number = |name: &str| u32::try_from(element[name].as_u64()?).ok();
        Some(common_json(number("retry_times")?, number("retry_day")?))
    };
    campaigns
        .filter_map(|campaign_id| {
            let (state, server) = (known(campaign_id), server.kept(campaign_id));
            (state != server).then(|| format!("{campaign_id}: state {state:?}, server {server:?}"))
        })
        .collect()
}
