//! Calls that are cancelled.

use super::{
    server::{Answer, Server},
    *,
};
use crate::{
    error::{Cancelled, Sent, Waiting},
    retry_policy::OPERATIONS,
};

/// Checks the outcome of a cancelled call, and returns how often it was tried before.
fn assert_cancelled(outcome: Result<(), Error>, sent: Sent, waiting: Waiting) -> u32 {
    let [_query, set] = OPERATIONS else {
        panic!("the interfaces are a query and a set");
    };
    match outcome {
        Err(Error::Cancelled(error)) => {
            let Cancelled { tried, .. } = error.clone();
            let expected = Cancelled {
                operation: set,
                sent,
                waiting,
                tried: tried.clone(),
            };
            assert_eq!(error, expected);
            tried.map_or(0, |tried| tried.attempts)
        }
        other => panic!("{other:?}"),
    }
}

/// Sets the policy in a separate task.
fn start(
    client: &Client,
) -> (
    CancellationToken,
    tokio::task::JoinHandle<Result<(), Error>>,
) {
    let cancel = CancellationToken::new();
    let (client, token) = (client.clone(), cancel.clone());
    let call =
        tokio::spawn(async move { client.set_retry_policy(campaign(), &policy(), &token).await });
    (cancel, call)
}

#[tokio::test]
async fn a_write_that_was_sent_and_not_confirmed_is_reported_as_such() {
    let mut server = Server::http([Answer::Silence]).await;
    let (cancel, call) = start(&client(config(&server.url())));
    server.received(1).await;
    cancel.cancel();
    assert_cancelled(call.await.unwrap(), Sent::Maybe, Waiting::Server);
}

#[tokio::test]
async fn waiting_for_a_permit_ends_at_once() {
    let mut server = Server::http([Answer::Silence]).await;
    let mut config = config(&server.url());
    config.max_concurrent_requests = std::num::NonZeroUsize::MIN;
    let client = client(config);
    let _first = start(&client);
    server.received(1).await;
    let (cancel, call) = start(&client);
    tokio::task::yield_now().await;
    cancel.cancel();
    assert_cancelled(call.await.unwrap(), Sent::No, Waiting::Limits);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn waiting_for_the_next_attempt_ends_at_once_and_holds_up_nobody() {
    for (failure, sent) in [
        (
            Answer::with_headers(503, "Retry-After: 60\r\n", ""),
            Sent::No,
        ),
        (
            Answer::with_headers(504, "Retry-After: 60\r\n", ""),
            Sent::Maybe,
        ),
    ] {
        let mut server = Server::http([failure, Answer::json(200, SUCCESS)]).await;
        let mut config = config(&server.url());
        config.max_concurrent_requests = std::num::NonZeroUsize::MIN;
        let client = client(config);
        let (cancel, call) = start(&client);
        server.received(1).await;
        // The only permit is free again while the first call waits.
        set(&client).await.unwrap();
        cancel.cancel();
        assert_eq!(
            assert_cancelled(call.await.unwrap(), sent, Waiting::Server),
            1
        );
    }
}

#[tokio::test]
async fn a_cancelled_request_says_what_the_attempts_before_it_ended_with() {
    let busy = || Answer::with_headers(503, "Retry-After: 0\r\n", "");
    let mut server = Server::http([busy(), busy(), Answer::Silence]).await;
    let (cancel, call) = start(&client(config(&server.url())));
    server.received(3).await;
    cancel.cancel();
    let outcome = call.await.unwrap();
    let text = outcome.clone().unwrap_err().to_string();
    assert_eq!(assert_cancelled(outcome, Sent::Maybe, Waiting::Server), 2);
    for part in ["tried 2 times", "HTTP status is 503"] {
        assert!(text.contains(part), "not {part:?} in {text}");
    }
}

#[tokio::test]
async fn a_wait_that_the_deadline_would_end_is_not_begun() {
    for (headers, max_retries, requests, parts) in [
        (
            "Retry-After: 86400\r\n",
            9,
            1,
            [
                "tried once",
                "asks to wait for 86400s",
                "timeout of the operation ends in 1",
            ],
        ),
        (
            "Retry-After: 0\r\n",
            2,
            3,
            ["tried 3 times", "max_retries", "503"],
        ),
    ] {
        let server = Server::http((0..9).map(|_| Answer::with_headers(503, headers, ""))).await;
        let mut config = config(&server.url());
        config.max_retries = max_retries;
        let cancel = CancellationToken::new();
        let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
        let context = CallContext::new(&cancel, Some(deadline));
        let error = client(config)
            .set_retry_policy(campaign(), &policy(), context)
            .await
            .unwrap_err();
        assert!(tokio::time::Instant::now() + Duration::from_secs(10) < deadline);
        assert_eq!(server.requests().len(), requests);
        let text = error.to_string();
        for part in parts {
            assert!(text.contains(part), "not {part:?} in {text}");
        }
    }
}
