//! Calls about a call batch, and call batches as configuration.

use std::fmt::Display;

use isales_simulator::{KeptCallBatch, Simulator};
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{apply_resource_change, plan_resource_change, read_resource};

use crate::{calls, target::Provider};

pub const TYPE: &str = "isales_call_batch";

/// Where the server has an interface for the call batches of a campaign of VDN 25.
pub fn path(campaign_id: i64, interface: &str) -> String {
    format!("/rest/isales/v1/openapi/campaigns/25/callbatch/{campaign_id}/{interface}")
}

/// A call batch, as a configuration has it. `status` may be null.
pub fn config(campaign_id: i64, name: &str, status: impl Into<Json>) -> Json {
    json!({
        "id": null, "call_batch_id": null, "vdn_id": null, "campaign_id": campaign_id,
        "name": name, "status": status.into(), "timeouts": null,
    })
}

/// The one call batch of a campaign of VDN 25.
pub fn only(simulator: &Simulator, campaign_id: i64) -> KeptCallBatch {
    let mut batches = simulator.call_batches(25, campaign_id);
    assert_eq!(batches.len(), 1, "{batches:?}");
    batches.remove(0)
}

/// [`calls::plan`] of a call batch.
pub async fn plan(
    provider: &mut Provider,
    prior: &Json,
    config: &Json,
) -> plan_resource_change::Response {
    calls::plan(provider, TYPE, prior, config).await
}

/// [`calls::apply`] of a call batch.
pub async fn apply(
    provider: &mut Provider,
    prior: &Json,
    planned: &plan_resource_change::Response,
) -> apply_resource_change::Response {
    calls::apply(provider, TYPE, prior, planned).await
}

/// [`calls::destroy`] of a call batch.
pub async fn destroy(provider: &mut Provider, state: &Json) -> apply_resource_change::Response {
    calls::destroy(provider, TYPE, state, Vec::new()).await
}

/// [`calls::read`] of a call batch.
pub async fn read(provider: &mut Provider, state: &Json) -> read_resource::Response {
    calls::read(provider, TYPE, state, Vec::new()).await
}

/// A resource `isales_call_batch.this` for a campaign, with further arguments.
pub fn resource(campaign_id: impl Display, arguments: &str) -> String {
    named("this", campaign_id, arguments)
}

/// A resource of another name.
pub fn named(name: &str, campaign_id: impl Display, arguments: &str) -> String {
    format!(
        "resource \"isales_call_batch\" \"{name}\" {{\n  campaign_id = {campaign_id}\n  {arguments}\n}}\n"
    )
}
