//! Terraform's state, compared with the server entry by entry.

use std::{fs, ops::Range};

use isales_simulator::Simulator;
use serde_json::Value as Json;

use crate::{policies::common_json, server::Observed as _, terraform::Workspace};

/// Where state and server differ, campaign by campaign. The policies are common ones of one
/// element.
pub fn disagreements(
    workspace: &Workspace,
    server: &Simulator,
    campaigns: Range<i64>,
) -> Vec<String> {
    let text = fs::read_to_string(workspace.path("terraform.tfstate")).unwrap_or_default();
    let state: Json = serde_json::from_str(&text).unwrap_or_default();
    let resources = state["resources"].as_array().cloned().unwrap_or_default();
    let instances: Vec<&Json> = resources
        .iter()
        .filter_map(|resource| resource["instances"].as_array())
        .flatten()
        .map(|instance| &instance["attributes"])
        .collect();
    let known = |campaign_id: i64| {
        let attributes = instances
            .iter()
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
