//! Call batches in the admin interface.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, put},
};
use serde::Deserialize;

use super::{
    model::KeptCallBatch,
    stored::{self, CallBatchChange, CallBatchLimit, Limit},
};
use crate::{admin::no_content_or_not_found, server::Service};

type Shared = State<Arc<Service>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewCallBatch {
    name: String,
    status: i64,
}

/// The members to change.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    name: Option<String>,
    status: Option<i64>,
}

pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route(
            "/campaigns/{vdn}/{campaign}/call-batches",
            get(list).post(add),
        )
        .route(
            "/campaigns/{vdn}/{campaign}/call-batches/{id}",
            put(change).delete(remove),
        )
        .route("/call-batch-limit", get(limit).put(set_limit))
}

async fn list(
    State(service): Shared,
    Path((vdn_id, campaign_id)): Path<(u16, i64)>,
) -> Result<Json<Vec<KeptCallBatch>>, StatusCode> {
    match stored::of_campaign(&service.state().store, vdn_id, campaign_id) {
        Ok(batches) => Ok(Json(batches.to_vec())),
        Err(_) => Err(StatusCode::NOT_FOUND),
    }
}

async fn add(
    State(service): Shared,
    Path((vdn_id, campaign_id)): Path<(u16, i64)>,
    Json(new): Json<NewCallBatch>,
) -> Result<Json<String>, StatusCode> {
    let store = &mut service.state().store;
    stored::add(store, vdn_id, campaign_id, &new.name, new.status)
        .map(Json)
        .ok_or(StatusCode::BAD_REQUEST)
}

async fn change(
    State(service): Shared,
    Path((vdn_id, campaign_id, id)): Path<(u16, i64, String)>,
    Json(changes): Json<Changes>,
) -> StatusCode {
    let store = &mut service.state().store;
    let changes = [
        changes.name.map(CallBatchChange::Name),
        changes.status.map(CallBatchChange::Status),
    ];
    let mut changes = changes.into_iter().flatten();
    no_content_or_not_found(
        changes.all(|change| stored::change(store, vdn_id, campaign_id, &id, change)),
    )
}

async fn remove(
    State(service): Shared,
    Path((vdn_id, campaign_id, id)): Path<(u16, i64, String)>,
) -> StatusCode {
    let store = &mut service.state().store;
    no_content_or_not_found(stored::remove(store, vdn_id, campaign_id, &id))
}

async fn limit(State(service): Shared) -> Json<usize> {
    Json(service.state().store.part::<Limit>().0.get())
}

async fn set_limit(State(service): Shared, Json(limit): Json<usize>) -> StatusCode {
    let Some(limit) = CallBatchLimit::new(limit) else {
        return StatusCode::BAD_REQUEST;
    };
    service.state().store.part_mut::<Limit>().0 = limit;
    StatusCode::NO_CONTENT
}
