//! Tunnels through a proxy: CONNECT.

use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use http::{Method, Request, header};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::Connection;
use crate::config::{Endpoint, Proxy};

/// The reason why a proxy opened no tunnel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TunnelFailure {
    /// It requires a login, or refused the one that its URL contains.
    Login {
        /// Whether the URL contains one.
        has_login: bool,
    },
    /// It answered with another status than success.
    Status(u16),
    /// It closed the connection, or answered something that is not HTTP. Contains the reason.
    Broken(String),
    /// It did not answer within the limit.
    TimedOut,
}

/// Asks a proxy for a tunnel to a server.
///
/// # Errors
///
/// [`TunnelFailure`].
pub async fn tunnel<S: Connection + 'static>(
    stream: S,
    proxy: &Proxy,
    endpoint: &Endpoint,
    limit: Duration,
) -> Result<impl Connection + 'static, TunnelFailure> {
    let opened = timeout(limit, open(Box::new(stream), proxy, endpoint)).await;
    opened.unwrap_or(Err(TunnelFailure::TimedOut))
}

async fn open(
    stream: Box<dyn Connection>,
    proxy: &Proxy,
    endpoint: &Endpoint,
) -> Result<TokioIo<hyper::upgrade::Upgraded>, TunnelFailure> {
    let broken = |error: hyper::Error| TunnelFailure::Broken(error.to_string());
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(broken)?;
    tokio::spawn(async move {
        // Whoever waits for the reply or uses the tunnel learns of its end.
        let _ended = connection.with_upgrades().await;
    });
    let authority = endpoint.authority();
    let login = login(proxy);
    let mut request = Request::builder()
        .method(Method::CONNECT)
        .uri(&authority)
        .header(header::HOST, &authority);
    if let Some(login) = &login {
        request = request.header(header::PROXY_AUTHORIZATION, login.as_str());
    }
    let request = request
        .body(String::new())
        .map_err(|error| TunnelFailure::Broken(error.to_string()))?;
    let response = sender.send_request(request).await.map_err(broken)?;
    match response.status().as_u16() {
        200..=299 => hyper::upgrade::on(response)
            .await
            .map(TokioIo::new)
            .map_err(broken),
        407 => Err(TunnelFailure::Login {
            has_login: login.is_some(),
        }),
        status => Err(TunnelFailure::Status(status)),
    }
}

/// Returns the header value for the login in the URL of the proxy.
fn login(proxy: &Proxy) -> Option<Zeroizing<String>> {
    let url = proxy.url();
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let mut login: Zeroizing<Vec<u8>> = Zeroizing::default();
    login.extend(percent_decode_str(url.username()));
    login.push(b':');
    login.extend(percent_decode_str(url.password().unwrap_or_default()));
    let encoded = Zeroizing::new(BASE64_STANDARD.encode(&*login));
    Some(Zeroizing::new(format!("Basic {}", *encoded)))
}
