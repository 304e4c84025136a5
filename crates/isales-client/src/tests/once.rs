//! Queries of a single attempt.

use tokio::time::Instant;

use super::{
    server::{Answer, Server},
    *,
};

/// Longer than a reply on loopback takes.
const LONG: Duration = Duration::from_secs(60);

async fn query_once(client: &Client, limit: Duration) -> Result<PolicyLookup, Error> {
    let cancel = CancellationToken::new();
    client
        .query_retry_policy_once(campaign(), limit, &cancel)
        .await
}

#[tokio::test]
async fn a_failure_is_final() {
    for failure in [
        Answer::with_headers(503, "Retry-After: 0\r\n", ""),
        Answer::with_headers(429, "", ""),
        Answer::BytesAndClose(String::new()),
    ] {
        let server = Server::http([failure.clone(), Answer::json(200, SUCCESS)]).await;
        let client = client(config(&server.url()));
        assert!(query_once(&client, LONG).await.is_err(), "{failure:?}");
        assert_eq!(server.requests().len(), 1);
        // It leaves nothing that stands in the way of the next call.
        assert_eq!(query(&client).await, Ok(PolicyLookup::NotSet));
    }
}

#[tokio::test]
async fn the_shorter_of_both_limits_ends_it() {
    let short = Duration::from_millis(50);
    for (limit, request_timeout) in [(short, LONG), (LONG, short)] {
        let server = Server::http([Answer::Silence]).await;
        let mut config = config(&server.url());
        config.request_timeout = request_timeout;
        let began = Instant::now();
        let error = query_once(&client(config), limit).await.unwrap_err();
        assert_eq!(transport_kind(&error), &TransportKind::Timeout);
        assert!(began.elapsed() < LONG / 2);
    }
}

#[tokio::test]
async fn the_wait_for_a_permit_is_not_counted() {
    let mut server = Server::http([Answer::Silence, Answer::json(200, SUCCESS)]).await;
    let mut config = config(&server.url());
    config.max_concurrent_requests = std::num::NonZeroUsize::MIN;
    config.request_timeout = Duration::from_secs(1);
    config.max_retries = 0;
    let client = client(config);
    let slow = client.clone();
    let first = tokio::spawn(async move { query(&slow).await });
    server.received(1).await;
    // Waits for longer than it may take.
    let limit = Duration::from_millis(500);
    assert_eq!(query_once(&client, limit).await, Ok(PolicyLookup::NotSet));
    assert!(first.await.unwrap().is_err());
}

#[tokio::test]
async fn a_clock_is_corrected_in_the_time_that_is_left() {
    let refused = || Answer::with_headers(401, "Date: Thu, 02 Jan 2025 05:00:00 GMT\r\n", "");
    let server = Server::http([refused(), Answer::json(200, SUCCESS)]).await;
    let first = client(config(&server.url()));
    assert_eq!(query_once(&first, LONG).await, Ok(PolicyLookup::NotSet));
    assert_eq!(server.requests().len(), 2);

    let server = Server::http([refused(), Answer::Silence]).await;
    let second = client(config(&server.url()));
    let error = query_once(&second, Duration::from_millis(200)).await;
    assert_eq!(transport_kind(&error.unwrap_err()), &TransportKind::Timeout);
}

#[tokio::test]
async fn it_can_be_cancelled() {
    let mut server = Server::http([Answer::Silence]).await;
    let client = client(config(&server.url()));
    let cancel = CancellationToken::new();
    let token = cancel.clone();
    let call = tokio::spawn(async move {
        client
            .query_retry_policy_once(campaign(), LONG, &token)
            .await
    });
    server.received(1).await;
    cancel.cancel();
    let error = call.await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Cancelled { .. }), "{error}");
}
