//! Calls about a retry policy, as Terraform makes them.

use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{apply_resource_change, plan_resource_change, read_resource};

use crate::{
    target::Provider,
    values::{null, value},
};

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

/// Plans a change the way Terraform does: the configuration, laid over what was computed before.
pub async fn plan(
    provider: &mut Provider,
    prior: &Json,
    config: &Json,
) -> plan_resource_change::Response {
    let mut proposed = config.clone();
    if let (Json::Object(proposed), Json::Object(prior)) = (&mut proposed, prior) {
        for (name, value) in proposed {
            if value.is_null() {
                value.clone_from(&prior[name]);
            }
        }
    }
    let request = plan_resource_change::Request {
        type_name: TYPE.to_owned(),
        prior_state: Some(value(prior)),
        proposed_new_state: Some(value(&proposed)),
        config: Some(value(config)),
        ..Default::default()
    };
    let response = provider.plan_resource_change(request).await;
    response.unwrap().into_inner()
}

/// Applies what was planned.
pub async fn apply(
    provider: &mut Provider,
    prior: &Json,
    planned: &plan_resource_change::Response,
) -> apply_resource_change::Response {
    let request = apply_resource_change::Request {
        type_name: TYPE.to_owned(),
        prior_state: Some(value(prior)),
        planned_state: planned.planned_state.clone(),
        planned_private: planned.planned_private.clone(),
        ..Default::default()
    };
    let response = provider.apply_resource_change(request).await;
    response.unwrap().into_inner()
}

/// Destroys an object with what is remembered of it.
pub async fn destroy(
    provider: &mut Provider,
    state: &Json,
    private: Vec<u8>,
) -> apply_resource_change::Response {
    let request = apply_resource_change::Request {
        type_name: TYPE.to_owned(),
        prior_state: Some(value(state)),
        planned_state: Some(null()),
        planned_private: private,
        ..Default::default()
    };
    let response = provider.apply_resource_change(request).await;
    response.unwrap().into_inner()
}

/// Reads as a refresh does.
pub async fn read(
    provider: &mut Provider,
    state: &Json,
    private: Vec<u8>,
) -> read_resource::Response {
    let request = read_resource::Request {
        type_name: TYPE.to_owned(),
        current_state: Some(value(state)),
        private,
        ..Default::default()
    };
    provider.read_resource(request).await.unwrap().into_inner()
}
