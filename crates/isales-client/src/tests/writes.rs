//! Writes of an object that the API does not have: with and without a body, each tracked as sent
//! and settled by reading.

use http::Method;

use super::{
    server::{Answer, Server},
    wire::assert_signed,
    *,
};
use crate::{
    error::{Operation, ProtocolProblem, Sent},
    http::{ApiRequest, Attempts, Envelope, ReadEffect, WriteState, write_and_settle},
};

const LIST: &Operation = &Operation::read("list", "the things");
const DELETE: &Operation = &Operation::write("delete", "the thing");
const PAUSE: &Operation = &Operation::write("pause", "the thing");

/// Two writes without a body.
fn writes() -> [ApiRequest; 2] {
    [
        ApiRequest::new(DELETE, Method::DELETE, "/things/1".to_owned()),
        ApiRequest::new(PAUSE, Method::PUT, "/things/1/pause".to_owned()),
    ]
}

/// Reads with a GET whose reply says `applied`, `open` or neither. The result of a write is `id`, and
/// that of one whose reply was lost is `applied`.
struct Effect;

impl ReadEffect for Effect {
    type Output = i64;

    fn read_reply(&self, reply: &Envelope) -> Result<i64, ProtocolProblem> {
        integer(reply, "id").ok_or(ProtocolProblem::Member {
            path: "id".to_owned(),
            expected: "an integer",
        })
    }

    async fn read_effect(&self, attempts: &mut Attempts<'_>) -> Result<WriteState<i64>, Error> {
        let request = ApiRequest::get(LIST, "/things".to_owned());
        let members = attempts.make_until_done(&request).await?;
        Ok(if let Some(id) = integer(&members, "applied") {
            WriteState::Applied(id)
        } else if members.contains_key("open") {
            WriteState::Unknown
        } else {
            WriteState::NotApplied
        })
    }
}

fn integer(members: &Envelope, name: &str) -> Option<i64> {
    members.get(name)?.as_i64()
}

async fn write(client: &Client, request: &ApiRequest) -> Result<i64, Error> {
    let cancel = CancellationToken::new();
    write_and_settle(&client.inner, &cancel, request, &Effect).await
}

/// A success with one member.
fn with(member: &str, value: i64) -> Answer {
    Answer::json(
        200,
        &format!(r#"{{"resultCode":"0200000","{member}":{value}}}"#),
    )
}

fn lost() -> Answer {
    Answer::BytesAndClose(String::new())
}

#[tokio::test]
async fn requests_go_out_as_signed_with_any_method_and_body() {
    let [delete, put] = writes();
    let get = ApiRequest::get(LIST, "/things".to_owned()).json(r#"{"limit":5}"#);
    let post = ApiRequest::new(PAUSE, Method::POST, "/things/1/pause".to_owned());
    let requests = [
        (delete, "DELETE", None),
        (put, "PUT", Some("0")),
        (post, "POST", Some("0")),
        (get, "GET", Some("11")),
    ];
    let server = Server::http(requests.iter().map(|_| Answer::json(200, SUCCESS))).await;
    let client = client(config(&server.url()));
    let cancel = CancellationToken::new();
    for (request, ..) in &requests {
        let mut attempts = Attempts::new(&client.inner, &cancel);
        attempts.make_until_done(request).await.unwrap();
    }
    for (sent, (request, method, length)) in server.requests().iter().zip(&requests) {
        assert_eq!(sent.method(), *method);
        assert_eq!(sent.header("content-length"), *length, "{method}");
        assert_eq!(sent.header("transfer-encoding"), None, "{method}");
        let body = request.body.as_deref().unwrap_or_default();
        assert_eq!(sent.body.as_bytes(), body);
        let names = match length {
            Some(_) => "content-length;content-type;host",
            None => "content-type;host",
        };
        assert_signed(sent, &request.path, names);
    }
}

#[tokio::test]
async fn a_lost_write_without_a_body_is_settled_by_reading() {
    for request in writes() {
        let method = request.method.as_str();
        let server = Server::http([lost(), with("applied", 7)]).await;
        let client = client(config(&server.url()));
        assert_eq!(write(&client, &request).await, Ok(7));
        assert_eq!(server.methods(), [method, "GET"]);

        let script = [lost(), with("other", 7), with("id", 8)];
        let server = Server::http(script).await;
        let client = super::client(config(&server.url()));
        assert_eq!(write(&client, &request).await, Ok(8));
        assert_eq!(server.methods(), [method, "GET", method]);

        let server = Server::http([lost(), with("open", 7)]).await;
        let client = super::client(config(&server.url()));
        let error = write(&client, &request).await.unwrap_err();
        assert!(error.may_have_taken_effect(), "{error}");
        assert!(
            error
                .to_string()
                .ends_with("it may have taken effect on the server."),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_reply_without_the_result_leaves_open_whether_the_write_took_effect() {
    for request in writes() {
        let server = Server::http([Answer::json(200, SUCCESS)]).await;
        let client = client(config(&server.url()));
        let error = write(&client, &request).await.unwrap_err();
        assert!(
            error.to_string().contains("its id cannot be read"),
            "{error}"
        );
        assert!(error.may_have_taken_effect(), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_write_without_a_body_counts_as_sent_once_a_connection_has_it() {
    for request in writes() {
        let mut server = Server::http([Answer::Silence]).await;
        let client = client(config(&server.url()));
        let cancel = CancellationToken::new();
        let token = cancel.clone();
        let cancelled = request.cancelled(Sent::Maybe);
        let call = tokio::spawn(async move {
            write_and_settle(&client.inner, &token, &request, &Effect).await
        });
        server.received(1).await;
        cancel.cancel();
        assert_eq!(call.await.unwrap(), Err(cancelled));
    }
}

#[tokio::test]
async fn a_write_without_a_body_does_not_count_as_sent_before() {
    // Nobody listens.
    let port = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().port()
    };
    for request in writes() {
        let client = client(config(&format!("http://127.0.0.1:{port}")));
        let error = write(&client, &request).await.unwrap_err();
        assert!(!error.may_have_taken_effect(), "{error}");
    }

    // A TLS handshake that does not end.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    for request in writes() {
        let client = client(config(&format!("https://127.0.0.1:{port}")));
        let cancel = CancellationToken::new();
        let token = cancel.clone();
        let cancelled = request.cancelled(Sent::No);
        let call = tokio::spawn(async move {
            write_and_settle(&client.inner, &token, &request, &Effect).await
        });
        let (_stream, _) = listener.accept().await.unwrap();
        cancel.cancel();
        assert_eq!(call.await.unwrap(), Err(cancelled));
    }
}

#[tokio::test]
async fn a_lost_read_is_repeated_even_with_a_body() {
    let server = Server::http([lost(), Answer::json(200, SUCCESS)]).await;
    let client = client(config(&server.url()));
    let cancel = CancellationToken::new();
    let request = ApiRequest::get(LIST, "/things".to_owned()).json("{}");
    let mut attempts = Attempts::new(&client.inner, &cancel);
    attempts.make_until_done(&request).await.unwrap();
    assert_eq!(server.methods(), ["GET", "GET"]);
}
