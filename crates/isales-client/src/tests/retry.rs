//! Which requests are repeated, and how.

use super::{
    server::{Answer, Server},
    *,
};
use crate::retry_policy::{Parameter, examples::corrected_bodies};

fn stored(body: &str) -> Answer {
    Answer::json(200, &format!(r#"{{"resultCode":"0200000","data":{body}}}"#))
}

fn busy(status: u16) -> Answer {
    Answer::with_headers(status, "Retry-After: 0\r\n", "")
}

fn cut_short() -> Answer {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n";
    Answer::BytesAndClose(format!("{head}{{\"resultCode\""))
}

fn reset() -> Answer {
    Answer::BytesAndClose(String::new())
}

#[tokio::test]
async fn a_busy_server_is_asked_again_with_a_new_signature() {
    let server = Server::http([busy(503), busy(429), Answer::json(200, SUCCESS)]).await;
    set(&client(config(&server.url()))).await.unwrap();
    assert_eq!(server.methods(), ["POST", "POST", "POST"]);
    let requests = server.requests();
    let signatures: std::collections::BTreeSet<_> = requests
        .iter()
        .map(|request| request.header("authorization").unwrap())
        .collect();
    assert_eq!(signatures.len(), 3);
}

#[tokio::test]
async fn a_query_is_repeated_after_any_passing_failure() {
    let script = [
        reset(),
        cut_short(),
        busy(500),
        busy(502),
        Answer::json(200, SUCCESS),
    ];
    let server = Server::http(script).await;
    assert_eq!(
        query(&client(config(&server.url()))).await,
        Ok(PolicyLookup::NotSet)
    );
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_write_that_may_have_taken_effect_is_read_before_it_is_sent_again() {
    let [same, other, ..] = corrected_bodies();
    for failure in [reset(), cut_short(), busy(500), busy(502), busy(504)] {
        // The campaign has the policy: nothing is sent again.
        let server = Server::http([failure.clone(), stored(&same)]).await;
        set(&client(config(&server.url()))).await.unwrap();
        assert_eq!(server.methods(), ["POST", "GET"], "{failure:?}");

        // The campaign has another policy, or none.
        for found in [stored(&other), Answer::json(200, SUCCESS)] {
            let script = [failure.clone(), found, Answer::json(200, SUCCESS)];
            let server = Server::http(script).await;
            set(&client(config(&server.url()))).await.unwrap();
            assert_eq!(server.methods(), ["POST", "GET", "POST"], "{failure:?}");
        }

        // The server cannot say.
        let server = Server::http([failure.clone(), busy(404)]).await;
        let error = set(&client(config(&server.url()))).await.unwrap_err();
        assert!(error.may_have_taken_effect(), "{failure:?}: {error}");
        assert_eq!(server.methods(), ["POST", "GET"]);
    }
}

#[tokio::test]
async fn retries_end_with_their_number_and_can_be_switched_off() {
    for max_retries in [0, 2] {
        let server = Server::http((0..9).map(|_| busy(503))).await;
        let mut config = config(&server.url());
        config.max_retries = max_retries;
        let error = set(&client(config)).await.unwrap_err();
        assert!(!error.may_have_taken_effect());
        assert_eq!(server.requests().len(), 1 + max_retries as usize);
    }
    // Without retries there is no query either, and the failure leaves it open.
    let server = Server::http([reset()]).await;
    let mut config = config(&server.url());
    config.max_retries = 0;
    let error = set(&client(config)).await.unwrap_err();
    assert!(
        matches!(transport_kind(&error), TransportKind::Reset(_)),
        "{error}"
    );
    assert!(error.may_have_taken_effect());
}

#[tokio::test]
async fn calls_share_a_budget_of_retries() {
    let server = Server::http((0..200).map(|_| busy(503))).await;
    let mut config = config(&server.url());
    config.max_retries = 98;
    let first = client(config);
    set(&first).await.unwrap_err();
    assert_eq!(server.requests().len(), 1 + 98);
    // The budget has two retries left, though this call may make 98.
    let second = first.clone();
    let error = set(&second).await.unwrap_err();
    assert!(!error.may_have_taken_effect(), "{error}");
    assert_eq!(server.requests().len(), 99 + 3);
    let error = set(&first).await.unwrap_err().to_string();
    assert_eq!(server.requests().len(), 102 + 1);
    for part in ["tried once", "retry budget", "HTTP status is 503"] {
        assert!(error.contains(part), "not {part:?} in {error}");
    }
}

#[tokio::test]
async fn an_answer_of_the_api_is_not_asked_for_again() {
    let script = [Answer::json(
        200,
        r#"{"resultCode":"0200001","resultDesc":"retryDay"}"#,
    )];
    let server = Server::http(script).await;
    let error = set(&client(config(&server.url()))).await.unwrap_err();
    assert_eq!(error.parameter(), Some(Parameter::RetryDay.name()));
    assert!(!error.may_have_taken_effect());
}

#[tokio::test]
async fn nothing_was_sent_where_nobody_listens() {
    let port = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().port()
    };
    let client = client(config(&format!("http://127.0.0.1:{port}")));
    let error = set(&client).await.unwrap_err();
    assert!(
        matches!(transport_kind(&error), TransportKind::Connect(_)),
        "{error}"
    );
    assert!(!error.may_have_taken_effect());
}

#[tokio::test]
async fn a_reply_that_does_not_come_in_time_leaves_it_open() {
    let server = Server::http([Answer::Silence]).await;
    let mut config = config(&server.url());
    config.request_timeout = Duration::from_millis(50);
    config.max_retries = 0;
    let error = set(&client(config)).await.unwrap_err();
    assert_eq!(transport_kind(&error), &TransportKind::Timeout);
    assert!(error.may_have_taken_effect());
}

fn refused_at(date: &str) -> Answer {
    Answer::with_headers(401, &format!("Date: {date}\r\n"), "")
}

/// The minute of each signature.
fn minutes(server: &Server) -> Vec<String> {
    let requests = server.requests();
    requests
        .iter()
        .map(|request| request.header("authorization").unwrap()[18..34].to_owned())
        .collect()
}

const FIVE: &str = "Thu, 02 Jan 2025 05:00:00 GMT";

#[tokio::test]
async fn a_clock_that_differs_is_corrected_once() {
    let script = [
        refused_at(FIVE),
        Answer::json(200, SUCCESS),
        Answer::json(200, SUCCESS),
        refused_at(FIVE),
        // The clocks agree again.
        refused_at("Thu, 02 Jan 2025 03:04:00 GMT"),
        Answer::json(200, SUCCESS),
    ];
    let server = Server::http(script).await;
    let client = client(config(&server.url()));
    set(&client).await.unwrap();
    set(&client).await.unwrap();
    let error = set(&client).await.unwrap_err().to_string();
    assert!(
        error.contains("was that of the server") && !error.contains("the clock of this machine, "),
        "{error}"
    );
    set(&client).await.unwrap();
    let (own, corrected) = ("2025-01-02T03:04", "2025-01-02T05:00");
    assert_eq!(
        minutes(&server),
        [own, corrected, corrected, corrected, corrected, own]
    );
}

#[tokio::test]
async fn a_corrected_clock_that_does_not_help_is_set_back() {
    let script = [
        refused_at(FIVE),
        refused_at(FIVE),
        Answer::json(200, SUCCESS),
    ];
    let server = Server::http(script).await;
    let client = client(config(&server.url()));
    let error = set(&client).await.unwrap_err().to_string();
    assert!(error.contains("was that of the server"), "{error}");
    set(&client).await.unwrap();
    let (own, corrected) = ("2025-01-02T03:04", "2025-01-02T05:00");
    assert_eq!(minutes(&server), [own, corrected, own]);
}

#[tokio::test]
async fn a_clock_that_is_days_off_is_reported_and_not_used() {
    for date in [
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Fri, 03 Jan 2025 03:05:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
    ] {
        let server = Server::http([refused_at(date), Answer::json(200, SUCCESS)]).await;
        let client = client(config(&server.url()));
        let error = set(&client).await.unwrap_err().to_string();
        assert!(error.contains("more than a day"), "{error}");
        set(&client).await.unwrap();
        assert_eq!(minutes(&server), ["2025-01-02T03:04"; 2]);
    }
}

#[tokio::test]
async fn a_clock_is_not_corrected_without_retries() {
    let server = Server::http([refused_at(FIVE)]).await;
    let mut config = config(&server.url());
    config.max_retries = 0;
    let error = set(&client(config)).await.unwrap_err().to_string();
    assert!(error.contains("seconds ahead of the time in it"), "{error}");
}

#[tokio::test]
async fn a_lost_write_stays_open_until_the_api_settles_it() {
    let none = || Answer::json(200, SUCCESS);
    // The campaign does not have the policy, and then nothing gets through any more.
    let server = Server::http([reset(), none(), busy(503), busy(503)]).await;
    let mut config = config(&server.url());
    config.max_retries = 2;
    let error = set(&client(config.clone())).await.unwrap_err();
    assert!(error.may_have_taken_effect(), "{error}");
    assert_eq!(server.methods(), ["POST", "GET", "POST", "POST"]);

    // The same request is refused, so the lost one was refused too.
    let refused = Answer::json(200, r#"{"resultCode":"0200001"}"#);
    let server = Server::http([reset(), none(), refused.clone()]).await;
    config.endpoint = server.url().parse().unwrap();
    let error = set(&client(config.clone())).await.unwrap_err();
    assert!(!error.may_have_taken_effect(), "{error}");

    // The signature is refused, or a code does not reject the policy: the lost request is a
    // different one, and may still arrive.
    for last in [
        busy(401),
        Answer::json(200, r#"{"resultCode":"0200006"}"#),
        Answer::json(200, r#"{"resultCode":"9999"}"#),
    ] {
        let server = Server::http([reset(), none(), last.clone()]).await;
        config.endpoint = server.url().parse().unwrap();
        let error = set(&client(config.clone())).await.unwrap_err();
        assert!(error.may_have_taken_effect(), "{last:?}: {error}");
        assert_eq!(server.methods(), ["POST", "GET", "POST"]);
    }

    // A refused query settles nothing.
    let server = Server::http([reset(), refused]).await;
    config.endpoint = server.url().parse().unwrap();
    let error = set(&client(config)).await.unwrap_err();
    assert!(error.may_have_taken_effect(), "{error}");
}

#[tokio::test]
async fn an_unreadable_reply_is_followed_by_a_query() {
    let [same, ..] = corrected_bodies();
    let portal = || Answer::with_headers(200, "Content-Type: text/html\r\n", "<html>");
    let none = || Answer::json(200, SUCCESS);
    let server = Server::http([portal(), stored(&same)]).await;
    set(&client(config(&server.url()))).await.unwrap();

    let server = Server::http([portal(), none(), none()]).await;
    set(&client(config(&server.url()))).await.unwrap();
    assert_eq!(server.methods(), ["POST", "GET", "POST"]);

    // An unreadable reply to the query is retried, once a policy was sent.
    let server = Server::http([portal(), portal(), stored(&same)]).await;
    set(&client(config(&server.url()))).await.unwrap();
    assert_eq!(server.methods(), ["POST", "GET", "GET"]);

    // It is not CC-iSales at all.
    let server = Server::http([portal()]).await;
    assert!(query(&client(config(&server.url()))).await.is_err());
}

#[tokio::test]
async fn the_last_failure_is_followed_by_a_last_query() {
    let [same, ..] = corrected_bodies();
    let script = [reset(), Answer::json(200, SUCCESS), reset(), stored(&same)];
    let server = Server::http(script).await;
    let mut config = config(&server.url());
    config.max_retries = 1;
    set(&client(config)).await.unwrap();
    assert_eq!(server.methods(), ["POST", "GET", "POST", "GET"]);
}
