//! The admin interface: plain HTTP on loopback, for scripts that cannot call the library.

use std::future::IntoFuture as _;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::net::TcpListener;

use crate::campaign::KeptPolicy;
use crate::error::SetError;
use crate::fault::{FaultSequence, Faults};
use crate::policy::Keeps;
use crate::record::{Counters, RecordedRequest};
use crate::script::Script;
use crate::served::{Latency, Served};
use crate::server::Command;
use crate::shape::Shape;

/// What the admin interface serves, for `--help`.
pub const ADMIN_HELP: &str = "  GET, DELETE       /requests                          what was received
  GET, DELETE       /counters                          figures
  GET, PUT, DELETE  /campaigns/VDN/CAMPAIGN/policy     {\"policy_type\":0,\"policy_json\":\"[…]\"}
  PUT, DELETE       /campaigns/VDN/CAMPAIGN
  GET, PUT          /shape                             {\"quotes\":\"double\",…}
  GET, PUT          /keeps                             \"as-sent\", \"clamp-retry-times\", …
  GET, PUT          /latency                           {\"before_ms\":0,\"after_ms\":0}
  GET, PUT          /faults                            {\"seed\":1,\"probabilities\":{\"cut-short\":0.1}}
  POST, DELETE      /scripts                           {\"method\":\"POST\",\"times\":1,\"action\":{\"reply\":{\"status\":500}}}
  PUT               /clock                             {\"offset_seconds\":3600}
  POST              /restart                           {\"pause_ms\":300}
";

type Shared = State<Arc<Served>>;
type Refused = (StatusCode, String);

/// Serves until the runtime ends.
pub(crate) async fn serve(listener: TcpListener, served: Arc<Served>) {
    let router = Router::new()
        .route("/requests", get(requests).delete(clear_requests))
        .route("/counters", get(counters).delete(clear_counters))
        .route(
            "/campaigns/{vdn}/{campaign}",
            put(add_campaign).delete(remove_campaign),
        )
        .route(
            "/campaigns/{vdn}/{campaign}/policy",
            get(policy).put(set_policy).delete(remove_policy),
        )
        .route("/shape", get(shape).put(set_shape))
        .route("/keeps", get(keeps).put(set_keeps))
        .route("/latency", get(latency).put(set_latency))
        .route("/faults", get(faults).put(set_faults))
        .route("/scripts", post(script).delete(clear_scripts))
        .route("/clock", put(set_clock))
        .route("/restart", post(restart))
        .with_state(served);
    // axum retries on its own what can go wrong with a listener.
    let _ = axum::serve(listener, router).into_future().await;
}

async fn requests(State(served): Shared) -> Json<Vec<RecordedRequest>> {
    Json(served.state().requests())
}

async fn clear_requests(State(served): Shared) -> StatusCode {
    served.state().clear_requests();
    StatusCode::NO_CONTENT
}

async fn counters(State(served): Shared) -> Json<Counters> {
    Json(served.state().counters.clone())
}

async fn clear_counters(State(served): Shared) -> StatusCode {
    served.state().counters = Counters::default();
    StatusCode::NO_CONTENT
}

async fn add_campaign(State(served): Shared, Path(ids): Path<(u16, i64)>) -> StatusCode {
    served.state().store.add_campaign(ids.0, ids.1);
    StatusCode::NO_CONTENT
}

async fn remove_campaign(State(served): Shared, Path(ids): Path<(u16, i64)>) -> StatusCode {
    gone_or_not_found(served.state().store.remove_campaign(ids.0, ids.1))
}

async fn policy(
    State(served): Shared,
    Path((vdn_id, campaign_id)): Path<(u16, i64)>,
) -> Result<Json<KeptPolicy>, StatusCode> {
    served
        .state()
        .store
        .policy(vdn_id, campaign_id)
        .map(Json)
        .ok_or(StatusCode::NOT_FOUND)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPolicy {
    policy_type: u8,
    policy_json: String,
}

async fn set_policy(
    State(served): Shared,
    Path((vdn_id, campaign_id)): Path<(u16, i64)>,
    Json(new): Json<NewPolicy>,
) -> Result<StatusCode, Refused> {
    let mut state = served.state();
    match state
        .store
        .set_policy(vdn_id, campaign_id, new.policy_type, &new.policy_json)
    {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(error @ SetError::NoSuchCampaign { .. }) => {
            Err((StatusCode::NOT_FOUND, error.to_string()))
        }
        Err(error @ SetError::Refused(_)) => Err((StatusCode::BAD_REQUEST, error.to_string())),
    }
}

async fn remove_policy(State(served): Shared, Path(ids): Path<(u16, i64)>) -> StatusCode {
    gone_or_not_found(served.state().store.remove_policy(ids.0, ids.1))
}

async fn shape(State(served): Shared) -> Json<Shape> {
    Json(served.state().shape)
}

/// Changes the keys that are named and leaves the others.
async fn set_shape(
    State(served): Shared,
    Json(keys): Json<Map<String, Value>>,
) -> Result<Json<Shape>, Refused> {
    let mut state = served.state();
    let shape = state
        .shape
        .merged(&keys)
        .map_err(|error| (StatusCode::BAD_REQUEST, error.to_string()))?;
    state.shape = shape;
    Ok(Json(shape))
}

async fn keeps(State(served): Shared) -> Json<Keeps> {
    Json(served.state().keeps)
}

async fn set_keeps(State(served): Shared, Json(keeps): Json<Keeps>) -> StatusCode {
    served.state().keeps = keeps;
    StatusCode::NO_CONTENT
}

async fn latency(State(served): Shared) -> Json<Latency> {
    Json(served.state().latency)
}

async fn set_latency(State(served): Shared, Json(latency): Json<Latency>) -> StatusCode {
    served.state().latency = latency;
    StatusCode::NO_CONTENT
}

async fn faults(State(served): Shared) -> Json<Faults> {
    Json(served.state().faults.faults().clone())
}

async fn set_faults(State(served): Shared, Json(faults): Json<Faults>) -> StatusCode {
    served.state().faults = FaultSequence::new(faults);
    StatusCode::NO_CONTENT
}

async fn script(State(served): Shared, Json(script): Json<Script>) -> StatusCode {
    served.state().scripts.push(script);
    StatusCode::NO_CONTENT
}

async fn clear_scripts(State(served): Shared) -> StatusCode {
    served.state().scripts.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockOffset {
    offset_seconds: i64,
}

async fn set_clock(State(served): Shared, Json(clock): Json<ClockOffset>) -> StatusCode {
    served.clock.set_offset(clock.offset_seconds);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Restart {
    pause_ms: u64,
}

async fn restart(State(served): Shared, Json(restart): Json<Restart>) -> StatusCode {
    let pause = Duration::from_millis(restart.pause_ms);
    match served.commands.send(Command::Restart(pause)) {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn gone_or_not_found(was_there: bool) -> StatusCode {
    if was_there {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::NOT_FOUND
    }
}
