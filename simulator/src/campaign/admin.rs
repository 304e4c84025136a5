//! Campaigns in the admin interface.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::put,
};

use super::model;
use crate::{admin::no_content_or_not_found, server::Service};

pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new().route("/campaigns/{vdn}/{campaign}", put(add).delete(remove))
}

async fn add(
    State(service): State<Arc<Service>>,
    Path((vdn_id, campaign_id)): Path<(u16, i64)>,
) -> StatusCode {
    model::add(&mut service.state().store, vdn_id, campaign_id);
    StatusCode::NO_CONTENT
}

async fn remove(
    State(service): State<Arc<Service>>,
    Path((vdn_id, campaign_id)): Path<(u16, i64)>,
) -> StatusCode {
    no_content_or_not_found(model::remove(
        &mut service.state().store,
        vdn_id,
        campaign_id,
    ))
}
