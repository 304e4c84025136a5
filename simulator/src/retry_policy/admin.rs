//! Retry policies in the admin interface.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    keeps::Keeps,
    stored::{self, Behavior, KeptPolicy, SetError},
    takes::Takes,
};
use crate::{admin::no_content_or_not_found, server::Service, shape::Shape};

type Shared = State<Arc<Service>>;
type Rejection = (StatusCode, String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPolicy {
    policy_type: u8,
    policy_json: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Lag {
    lag_ms: u64,
}

pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route(
            "/campaigns/{vdn}/{campaign}/policy",
            get(find).put(set).delete(remove),
        )
        .route("/shape", get(shape).put(set_shape))
        .route("/takes", get(takes).put(set_takes))
        .route("/keeps", get(keeps).put(set_keeps))
        .route("/lag", get(lag).put(set_lag))
}

async fn find(
    State(service): Shared,
    Path((vdn_id, campaign_id)): Path<(u16, i64)>,
) -> Result<Json<KeptPolicy>, StatusCode> {
    stored::find(&service.state().store, vdn_id, campaign_id)
        .map(Json)
        .ok_or(StatusCode::NOT_FOUND)
}

async fn set(
    State(service): Shared,
    Path((vdn_id, campaign_id)): Path<(u16, i64)>,
    Json(new): Json<NewPolicy>,
) -> Result<StatusCode, Rejection> {
    let mut state = service.state();
    match stored::set(
        &mut state.store,
        vdn_id,
        campaign_id,
        new.policy_type,
        &new.policy_json,
    ) {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(error @ SetError::NoSuchCampaign { .. }) => {
            Err((StatusCode::NOT_FOUND, error.to_string()))
        }
        Err(error @ SetError::Refused(_)) => Err((StatusCode::BAD_REQUEST, error.to_string())),
    }
}

async fn remove(
    State(service): Shared,
    Path((vdn_id, campaign_id)): Path<(u16, i64)>,
) -> StatusCode {
    no_content_or_not_found(stored::remove(
        &mut service.state().store,
        vdn_id,
        campaign_id,
    ))
}

async fn shape(State(service): Shared) -> Json<Shape> {
    Json(service.state().store.part::<Behavior>().shape)
}

/// Changes the given keys only.
async fn set_shape(
    State(service): Shared,
    Json(keys): Json<Map<String, Value>>,
) -> Result<Json<Shape>, Rejection> {
    let mut state = service.state();
    let behavior = state.store.part_mut::<Behavior>();
    behavior.shape = behavior
        .shape
        .merged(&keys)
        .map_err(|error| (StatusCode::BAD_REQUEST, error.to_string()))?;
    Ok(Json(behavior.shape))
}

async fn takes(State(service): Shared) -> Json<Takes> {
    Json(service.state().store.part::<Behavior>().takes)
}

async fn set_takes(State(service): Shared, Json(takes): Json<Takes>) -> StatusCode {
    service.state().store.part_mut::<Behavior>().takes = takes;
    StatusCode::NO_CONTENT
}

async fn keeps(State(service): Shared) -> Json<Keeps> {
    Json(service.state().store.part::<Behavior>().keeps)
}

async fn set_keeps(State(service): Shared, Json(keeps): Json<Keeps>) -> StatusCode {
    service.state().store.part_mut::<Behavior>().keeps = keeps;
    StatusCode::NO_CONTENT
}

async fn lag(State(service): Shared) -> Json<Lag> {
    let lag = service.state().store.part::<Behavior>().lag;
    let lag_ms = u64::try_from(lag.as_millis()).unwrap_or(u64::MAX);
    Json(Lag { lag_ms })
}

async fn set_lag(State(service): Shared, Json(lag): Json<Lag>) -> StatusCode {
    service.state().store.part_mut::<Behavior>().lag = Duration::from_millis(lag.lag_ms);
    StatusCode::NO_CONTENT
}
