//! The server's time.

use std::time::{Duration, SystemTime};

use http::{Method, Request, header};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::time::timeout;

use super::Connection;
use crate::config::Endpoint;

/// Asks a server for its time, with a request that is neither signed nor for the API. `None` if it
/// does not say.
pub async fn server_date<S: Connection + 'static>(
    stream: S,
    endpoint: &Endpoint,
    limit: Duration,
) -> Option<SystemTime> {
    timeout(limit, ask(Box::new(stream), endpoint)).await.ok()?
}

async fn ask(stream: Box<dyn Connection>, endpoint: &Endpoint) -> Option<SystemTime> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.ok()?;
    let task = tokio::spawn(async move {
        // Whoever waits for the reply learns of its end.
        let _ended = connection.await;
    });
    let request = Request::builder()
        .method(Method::HEAD)
        .uri("/")
        .header(header::HOST, endpoint.host_header())
        .body(String::new())
        .ok()?;
    let response = sender.send_request(request).await;
    task.abort();
    let date = response
        .ok()?
        .headers()
        .get(header::DATE)?
        .to_str()
        .ok()?
        .to_owned();
    httpdate::parse_http_date(&date).ok()
}
