//! Calls about a managed resource of any type, as Terraform makes them.

use serde_json::Value as Json;
use tfplugin::proto::tfplugin6::{
    ResourceIdentityData, apply_resource_change, import_resource_state, list_resource,
    plan_resource_change, read_resource,
};

use crate::{
    target::Provider,
    values::{null, value},
};

/// Plans a change the way Terraform does: the configuration, laid over what was computed before.
pub async fn plan(
    provider: &mut Provider,
    type_name: &str,
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
        type_name: type_name.to_owned(),
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
    type_name: &str,
    prior: &Json,
    planned: &plan_resource_change::Response,
) -> apply_resource_change::Response {
    let request = apply_resource_change::Request {
        type_name: type_name.to_owned(),
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
    type_name: &str,
    state: &Json,
    private: Vec<u8>,
) -> apply_resource_change::Response {
    let request = apply_resource_change::Request {
        type_name: type_name.to_owned(),
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
    type_name: &str,
    state: &Json,
    private: Vec<u8>,
) -> read_resource::Response {
    let request = read_resource::Request {
        type_name: type_name.to_owned(),
        current_state: Some(value(state)),
        private,
        ..Default::default()
    };
    provider.read_resource(request).await.unwrap().into_inner()
}

/// Imports by an ID.
pub async fn import_by_id(
    provider: &mut Provider,
    type_name: &str,
    id: &str,
) -> import_resource_state::Response {
    let request = import_resource_state::Request {
        type_name: type_name.to_owned(),
        id: id.to_owned(),
        ..Default::default()
    };
    let response = provider.import_resource_state(request).await;
    response.unwrap().into_inner()
}

/// Imports by an identity.
pub async fn import_by_identity(
    provider: &mut Provider,
    type_name: &str,
    identity: &Json,
) -> import_resource_state::Response {
    let request = import_resource_state::Request {
        type_name: type_name.to_owned(),
        identity: Some(ResourceIdentityData {
            identity_data: Some(value(identity)),
        }),
        ..Default::default()
    };
    let response = provider.import_resource_state(request).await;
    response.unwrap().into_inner()
}

/// Lists, as `terraform query` does, and waits for all results.
pub async fn list(
    provider: &mut Provider,
    request: list_resource::Request,
) -> Vec<list_resource::Event> {
    let response = provider.list_resource(request).await;
    let mut events = response.unwrap().into_inner();
    let mut all = Vec::new();
    while let Some(event) = events.message().await.unwrap() {
        all.push(event);
    }
    all
}
