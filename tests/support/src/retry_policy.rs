//! Calls about a retry policy.

use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{apply_resource_change, plan_resource_change, read_resource};

use crate::{calls, target::Provider};

pub const TYPE: &str = "isales_retry_policy";

/// Where the server has the retry policy of a campaign of VDN 25.
pub fn path(campaign_id: i64) -> String {
    format!("/rest/isales/v1/openapi/campaigns/25/retryPolicy/{campaign_id}")
}

/// A common policy, as a configuration has it.
pub fn config(campaign_id: i64, retry_times: i64) -> Json {
    json!({
        "id": null, "retry_policy_id": null, "vdn_id": null, "campaign_id": campaign_id,
        "policy_type": 0, "on_conflict": null, "deletion_policy": null,
        "timeouts": null,
        "policy_json": [{
            "data_type": null, "type": 0, "retry_times": retry_times, "retry_day": 1,
            "policy": null, "no_retry_policy": null,
        }],
    })
}

/// [`calls::plan`] of a retry policy.
pub async fn plan(
    provider: &mut Provider,
    prior: &Json,
    config: &Json,
) -> plan_resource_change::Response {
    calls::plan(provider, TYPE, prior, config).await
}

/// [`calls::apply`] of a retry policy.
pub async fn apply(
    provider: &mut Provider,
    prior: &Json,
    planned: &plan_resource_change::Response,
) -> apply_resource_change::Response {
    calls::apply(provider, TYPE, prior, planned).await
}

/// [`calls::destroy`] of a retry policy.
pub async fn destroy(
    provider: &mut Provider,
    state: &Json,
    private: Vec<u8>,
) -> apply_resource_change::Response {
    calls::destroy(provider, TYPE, state, private).await
}

/// [`calls::read`] of a retry policy.
pub async fn read(
    provider: &mut Provider,
    state: &Json,
    private: Vec<u8>,
) -> read_resource::Response {
    calls::read(provider, TYPE, state, private).await
}
