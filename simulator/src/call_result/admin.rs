//! Call results in the admin interface.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, put},
};
use serde::Deserialize;

use super::{model::CallResult, stored};
use crate::{admin::no_content_or_not_found, server::Service};

type Shared = State<Arc<Service>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    display_result: String,
    obs_codes: Vec<String>,
}

pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route("/call-results/{vdn}", get(all))
        .route("/call-results/{vdn}/{def}", put(change).delete(remove))
}

async fn all(State(service): Shared, Path(vdn_id): Path<u16>) -> Json<Vec<CallResult>> {
    Json(stored::all(&service.state().store, vdn_id))
}

async fn change(
    State(service): Shared,
    Path((vdn_id, def_id)): Path<(u16, String)>,
    Json(changed): Json<Changed>,
) -> StatusCode {
    let mut state = service.state();
    let exists = stored::change(&mut state.store, vdn_id, &def_id, |result| {
        result.display_result = changed.display_result;
        result.obs_codes = changed.obs_codes;
    });
    no_content_or_not_found(exists.unwrap_or_default())
}

async fn remove(State(service): Shared, Path((vdn_id, def_id)): Path<(u16, String)>) -> StatusCode {
    let existed = stored::remove(&mut service.state().store, vdn_id, &def_id);
    no_content_or_not_found(existed.unwrap_or_default())
}
