//! The admin interface: plain HTTP on loopback, for scripts that cannot use the library.

mod help;

use std::{future::IntoFuture as _, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post, put},
};
use serde::Deserialize;
use tokio::net::TcpListener;

pub use self::help::ADMIN_HELP;
use crate::{
    clock::ClockOffset,
    faults::{FaultSequence, Faults, Script},
    object::Object,
    records::{Counters, RecordedRequest},
    server::{Command, Latency, Service},
};

type Shared = State<Arc<Service>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockChange {
    offset_seconds: ClockOffset,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Restart {
    pause_ms: u64,
}

/// Serves the general routes and those of `objects` until the runtime ends.
pub(crate) async fn serve(listener: TcpListener, service: Arc<Service>, objects: &[Object]) {
    let general = Router::new()
        .route("/requests", get(requests).delete(clear_requests))
        .route("/counters", get(counters).delete(clear_counters))
        .route("/latency", get(latency).put(set_latency))
        .route("/faults", get(faults).put(set_faults))
        .route("/scripts", post(script).delete(clear_scripts))
        .route("/clock", put(set_clock))
        .route("/restart", post(restart));
    let router = objects
        .iter()
        .fold(general, |router, object| router.merge((object.admin)()))
        .with_state(service);
    // axum itself retries when accepting a connection fails.
    let _ = axum::serve(listener, router).into_future().await;
}

async fn requests(State(service): Shared) -> Json<Vec<RecordedRequest>> {
    Json(service.state().requests())
}

async fn clear_requests(State(service): Shared) -> StatusCode {
    service.state().clear_requests();
    StatusCode::NO_CONTENT
}

async fn counters(State(service): Shared) -> Json<Counters> {
    Json(service.state().counters.clone())
}

async fn clear_counters(State(service): Shared) -> StatusCode {
    service.state().counters = Counters::default();
    StatusCode::NO_CONTENT
}

async fn latency(State(service): Shared) -> Json<Latency> {
    Json(service.state().latency)
}

async fn set_latency(State(service): Shared, Json(latency): Json<Latency>) -> StatusCode {
    service.state().latency = latency;
    StatusCode::NO_CONTENT
}

async fn faults(State(service): Shared) -> Json<Faults> {
    Json(service.state().faults.faults().clone())
}

async fn set_faults(State(service): Shared, Json(faults): Json<Faults>) -> StatusCode {
    service.state().faults = FaultSequence::new(faults);
    StatusCode::NO_CONTENT
}

async fn script(State(service): Shared, Json(script): Json<Script>) -> StatusCode {
    service.state().scripts.push(script);
    StatusCode::NO_CONTENT
}

async fn clear_scripts(State(service): Shared) -> StatusCode {
    service.state().scripts.clear();
    StatusCode::NO_CONTENT
}

async fn set_clock(State(service): Shared, Json(change): Json<ClockChange>) -> StatusCode {
    service.clock.set_offset(change.offset_seconds.seconds());
    StatusCode::NO_CONTENT
}

async fn restart(State(service): Shared, Json(restart): Json<Restart>) -> StatusCode {
    let pause = Duration::from_millis(restart.pause_ms);
    match service.commands.send(Command::Restart(pause)) {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// The reply to a change: 204, or 404 if the target of the change does not exist.
pub(crate) fn no_content_or_not_found(exists: bool) -> StatusCode {
    if exists {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::NOT_FOUND
    }
}
