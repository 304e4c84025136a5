//! Campaigns in the admin interface.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, put},
};

use super::{model, status::CampaignStatus};
use crate::{admin::no_content_or_not_found, server::Service};

pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route("/campaigns/{vdn}/{campaign}", put(add).delete(remove))
        .route(
            "/campaigns/{vdn}/{campaign}/status",
            get(status).put(set_status),
        )
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

async fn status(
    State(service): State<Arc<Service>>,
    Path((vdn_id, campaign_id)): Path<(u16, i64)>,
) -> Result<Json<CampaignStatus>, StatusCode> {
    model::find(&service.state().store, vdn_id, campaign_id)
        .map(|campaign| Json(campaign.status))
        .ok_or(StatusCode::NOT_FOUND)
}

async fn set_status(
    State(service): State<Arc<Service>>,
    Path((vdn_id, campaign_id)): Path<(u16, i64)>,
    Json(status): Json<CampaignStatus>,
) -> StatusCode {
    no_content_or_not_found(model::set_status(
        &mut service.state().store,
        vdn_id,
        campaign_id,
        status,
    ))
}
