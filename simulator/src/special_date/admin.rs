//! Special dates in the admin interface.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, put},
};

use super::{SpecialDate, stored};
use crate::{admin::no_content_or_not_found, server::Service};

type Shared = State<Arc<Service>>;

pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route(
            "/campaigns/{vdn}/{campaign}/special-dates",
            get(all).post(add),
        )
        .route(
            "/campaigns/{vdn}/{campaign}/special-dates/{id}",
            put(set).delete(remove),
        )
}

async fn all(
    State(service): Shared,
    Path((vdn_id, campaign_id)): Path<(u16, i64)>,
) -> Json<BTreeMap<i64, SpecialDate>> {
    Json(stored::all(&service.state().store, vdn_id, campaign_id))
}

async fn add(
    State(service): Shared,
    Path((vdn_id, campaign_id)): Path<(u16, i64)>,
    Json(date): Json<SpecialDate>,
) -> Result<Json<i64>, StatusCode> {
    stored::add(&mut service.state().store, vdn_id, campaign_id, date)
        .map(Json)
        .ok_or(StatusCode::NOT_FOUND)
}

async fn set(
    State(service): Shared,
    Path((vdn_id, campaign_id, id)): Path<(u16, i64, i64)>,
    Json(date): Json<SpecialDate>,
) -> StatusCode {
    no_content_or_not_found(stored::set(
        &mut service.state().store,
        vdn_id,
        campaign_id,
        id,
        date,
    ))
}

async fn remove(
    State(service): Shared,
    Path((vdn_id, campaign_id, id)): Path<(u16, i64, i64)>,
) -> StatusCode {
    no_content_or_not_found(stored::remove(
        &mut service.state().store,
        vdn_id,
        campaign_id,
        id,
    ))
}
