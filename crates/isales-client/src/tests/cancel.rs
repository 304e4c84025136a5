//! Calls that are cancelled.

use super::{
    server::{Answer, Server},
    *,
};
use crate::{error::Sent, retry_policy::OPERATIONS};

fn cancelled(sent: Sent) -> Result<(), Error> {
    let [_query, set] = OPERATIONS else {
        panic!("the interfaces are a query and a set");
    };
    Err(Error::Cancelled {
        operation: set,
        sent,
    })
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
    assert_eq!(call.await.unwrap(), cancelled(Sent::Maybe));
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
    assert_eq!(call.await.unwrap(), cancelled(Sent::No));
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
        assert_eq!(call.await.unwrap(), cancelled(sent));
    }
}
