//! The calls for call batches, with a lost reply to each write.

use serde_json::{Value, json};

use super::{
    server::{Answer, Server},
    wire::assert_signed,
    *,
};
use crate::{
    Created,
    call_batch::{
        CallBatch, CallBatchFilter, CallBatchId, CallBatchRef, CallBatchStatus, NewCallBatch,
        WantedStatus,
    },
    switch::{Switch, Switched},
};

/// The ID in the examples of the API reference.
const ID: &str = "174712034211433247704877116507";

const BASE: &str = "/rest/isales/v1/openapi/campaigns/25/callbatch/46";

/// The reply to a create, in the API reference.
const CREATED: &str = r#"{"returnCode":"0200000","returnObject":{"id":"174712034211433247704877116507"},"resultCode":"0200000","resultDesc":"success","returnDesc":"success"}"#;

fn batch() -> CallBatchRef {
    format!("25/46/{ID}").parse().unwrap()
}

fn row(id: &str, name: &str, status: i64) -> Value {
    json!({"id": id, "name": name, "status": status})
}

/// A page of a list with this total.
fn page(total: usize, rows: impl IntoIterator<Item = Value>) -> Answer {
    let rows: Vec<_> = rows.into_iter().collect();
    let reply = json!({"resultCode": "0200000", "totalCount": total, "data": rows});
    Answer::json(200, &reply.to_string())
}

/// A list that fits on one page.
fn listed(rows: impl IntoIterator<Item = Value>) -> Answer {
    let rows: Vec<_> = rows.into_iter().collect();
    page(rows.len(), rows)
}

fn code(code: &str) -> Answer {
    Answer::json(200, &format!(r#"{{"resultCode":"{code}"}}"#))
}

fn success() -> Answer {
    Answer::json(200, SUCCESS)
}

fn lost() -> Answer {
    Answer::BytesAndClose(String::new())
}

async fn create(client: &Client) -> Result<Created<CallBatchId>, Error> {
    let new = NewCallBatch {
        name: "test".to_owned(),
        status: Some(WantedStatus::Started),
    };
    let cancel = CancellationToken::new();
    client.create_call_batch(campaign(), &new, &cancel).await
}

fn created() -> Result<Created<CallBatchId>, Error> {
    Ok(Created::New(ID.parse().unwrap()))
}

#[tokio::test]
async fn the_examples_of_the_reference_are_what_is_sent() {
    let script = [
        listed([]),
        Answer::json(200, CREATED),
        success(),
        success(),
        success(),
    ];
    let server = Server::http(script).await;
    let client = client(config(&server.url()));
    let cancel = CancellationToken::new();
    assert_eq!(create(&client).await, created());
    let batch = batch();
    for switch in [Switch::Pause, Switch::Resume] {
        let switched = client.switch_call_batch(&batch, switch, &cancel).await;
        assert_eq!(switched, Ok(Switched::Confirmed));
    }
    client.delete_call_batch(&batch, &cancel).await.unwrap();

    let by_id = r#"{"id":"174712034211433247704877116507"}"#;
    let sent = [
        ("GET", "list", r#"{"name":"test","offset":0,"limit":100}"#),
        ("POST", "create", r#"{"name":"test","status":1}"#),
        ("POST", "pause", by_id),
        ("POST", "resume", by_id),
        ("POST", "delete", by_id),
    ];
    let requests = server.requests();
    assert_eq!(requests.len(), sent.len());
    for (request, (method, interface, body)) in requests.iter().zip(sent) {
        assert_eq!((request.method(), request.body.as_str()), (method, body));
        let path = format!("{BASE}/{interface}");
        assert_signed(request, &path, "content-length;content-type;host");
    }
}

#[tokio::test]
async fn batches_are_listed_page_by_page_with_the_filters_in_the_body() {
    let rows = |numbers: std::ops::Range<i64>| numbers.map(|n| row(&n.to_string(), "te", 3));
    let server = Server::http([page(150, rows(0..100)), page(150, rows(100..150))]).await;
    let filter = CallBatchFilter {
        name: Some("te".to_owned()),
        status: Some(CallBatchStatus::Started),
    };
    let client = client(config(&server.url()));
    let pages = client.call_batches(campaign(), &filter, CancellationToken::new());
    let found = pages.all().await.unwrap();
    assert_eq!(found.len(), 150);
    let last = CallBatch {
        call_batch_id: "149".parse().unwrap(),
        name: "te".to_owned(),
        status: Some(CallBatchStatus::Other(3)),
    };
    assert_eq!(found.last(), Some(&last));
    let bodies: Vec<_> = server.requests().into_iter().map(|one| one.body).collect();
    assert_eq!(
        bodies,
        [
            r#"{"name":"te","status":1,"offset":0,"limit":100}"#,
            r#"{"name":"te","status":1,"offset":100,"limit":100}"#,
        ]
    );
}

#[tokio::test]
async fn ids_are_read_as_text_or_as_a_number_of_any_length() {
    let number: Value = serde_json::from_str(ID).unwrap();
    let rows = json!([{"id": number, "name": "a", "status": "2"}, {"id": "x", "name": "b", "status": null}]);
    let server = Server::http([listed(rows.as_array().unwrap().clone())]).await;
    let client = client(config(&server.url()));
    let filter = CallBatchFilter::default();
    let pages = client.call_batches(campaign(), &filter, CancellationToken::new());
    let found = pages.all().await.unwrap();
    assert_eq!(found[0].call_batch_id.as_str(), ID);
    assert_eq!(found[0].status, Some(CallBatchStatus::Suspended));
    assert_eq!(found[1].status, None);
}

#[tokio::test]
async fn a_reply_without_entries_and_total_is_not_an_empty_list() {
    for (reply, is_list) in [
        (SUCCESS, false),
        (r#"{"resultCode":"0200000","data":null}"#, true),
        (r#"{"resultCode":"0200000","data":[]}"#, true),
        (r#"{"resultCode":"0200000","totalCount":0}"#, true),
    ] {
        let server = Server::http([Answer::json(200, reply)]).await;
        let client = client(config(&server.url()));
        let filter = CallBatchFilter::default();
        let pages = client.call_batches(campaign(), &filter, CancellationToken::new());
        assert_eq!(pages.all().await.is_ok(), is_list, "{reply}");
    }
}

#[tokio::test]
async fn a_name_that_was_there_before_is_not_taken_over() {
    let rows = [row("1", "test-2", 1), row("2", "test", 1)];
    let server = Server::http([listed(rows)]).await;
    let taken = Ok(Created::NameTaken("2".parse().unwrap()));
    assert_eq!(create(&client(config(&server.url()))).await, taken);
    assert_eq!(server.methods(), ["GET"]);

    // Created by somebody else after the list was read.
    let server = Server::http([listed([]), code("03000001")]).await;
    let error = create(&client(config(&server.url()))).await.unwrap_err();
    assert!(!error.may_have_taken_effect());
    assert_eq!(error.summary(), "Call Batch Name Already Used");
    assert_eq!(server.methods(), ["GET", "POST"]);
}

#[tokio::test]
async fn a_lost_create_is_settled_by_the_name() {
    let ours = || listed([row("1", "test-2", 2), row(ID, "test", 1)]);
    let others = || listed([row("1", "test-2", 2)]);
    for (script, methods) in [
        (vec![lost(), ours()], vec!["GET", "POST", "GET"]),
        (
            vec![lost(), others(), Answer::json(200, CREATED)],
            vec!["GET", "POST", "GET", "POST"],
        ),
        // It took effect after the list was read.
        (
            vec![lost(), others(), code("03000001"), ours()],
            vec!["GET", "POST", "GET", "POST", "GET"],
        ),
        // It was the last one that the campaign may have.
        (
            vec![lost(), others(), code("03000003"), ours()],
            vec!["GET", "POST", "GET", "POST", "GET"],
        ),
        // The reply has no ID.
        (vec![success(), ours()], vec!["GET", "POST", "GET"]),
    ] {
        let script = [vec![others()], script].concat();
        let server = Server::http(script).await;
        assert_eq!(create(&client(config(&server.url()))).await, created());
        assert_eq!(server.methods(), methods);
    }
}

#[tokio::test]
async fn a_create_that_cannot_be_settled_may_have_taken_effect() {
    for script in [
        vec![lost(), code("0200001")],
        vec![success(), listed([]), listed([]), listed([])],
        vec![success(), code("0200006")],
    ] {
        let server = Server::http([vec![listed([])], script].concat()).await;
        let error = create(&client(config(&server.url()))).await.unwrap_err();
        assert!(error.may_have_taken_effect(), "{error}");
    }
}

#[tokio::test]
async fn a_refusal_that_no_batch_explains_settles_a_lost_create() {
    // Somebody else's batch is in the way, or the campaign is full.
    for refusal in ["03000001", "03000003"] {
        let script = [listed([]), lost(), listed([]), code(refusal)];
        let looks = [listed([]), listed([]), listed([])];
        let server = Server::http(script.into_iter().chain(looks)).await;
        let error = create(&client(config(&server.url()))).await.unwrap_err();
        assert!(matches!(error, Error::Api(_)), "{error}");
    }
}

#[tokio::test]
async fn creates_with_the_same_name_take_turns() {
    let mut server = Server::http([
        listed([]),
        Answer::Bytes(String::new()),
        listed([row(ID, "test", 1)]),
    ])
    .await;
    let first = client(config(&server.url()));
    let second = first.clone();
    let first = tokio::spawn(async move { create(&first).await });
    server.received(2).await;
    let second = tokio::spawn(async move { create(&second).await });
    // The reply to the first create is on its way, and the second has not looked for the name yet.
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.methods(), ["GET", "POST"]);
    first.abort();
    let _ = first.await;
    let taken = Ok(Created::NameTaken(ID.parse().unwrap()));
    assert_eq!(second.await.unwrap(), taken);
}

/// Makes a change, with this script of answers. Returns the methods of the requests.
async fn change(
    change: &str,
    script: impl IntoIterator<Item = Answer>,
) -> (Result<(), Error>, Vec<String>) {
    let server = Server::http(script).await;
    let client = client(config(&server.url()));
    let (batch, cancel) = (batch(), CancellationToken::new());
    let result = match change {
        "rename" => client.rename_call_batch(&batch, "new", &cancel).await,
        "pause" | "resume" => {
            let switch = match change {
                "pause" => Switch::Pause,
                _ => Switch::Resume,
            };
            let switched = client.switch_call_batch(&batch, switch, &cancel).await;
            switched.map(|_| ())
        }
        "delete" => client.delete_call_batch(&batch, &cancel).await,
        other => panic!("{other}"),
    };
    (result, server.methods())
}

#[tokio::test]
async fn a_lost_change_is_settled_by_the_list() {
    let done = |change: &str| match change {
        "rename" => listed([row(ID, "new", 2)]),
        "pause" => listed([row(ID, "old", 2)]),
        "resume" => listed([row(ID, "old", 1)]),
        _ => listed([row("1", "old", 2)]),
    };
    let open = |change: &str| match change {
        "rename" | "resume" => listed([row(ID, "old", 2), row("1", "new", 1)]),
        _ => listed([row(ID, "old", 1), row("1", "new", 2)]),
    };
    for one in ["rename", "pause", "resume", "delete"] {
        let (result, methods) = change(one, [lost(), done(one)]).await;
        assert_eq!((result, methods.len()), (Ok(()), 2), "{one}");
        let (result, methods) = change(one, [lost(), open(one), success()]).await;
        assert_eq!((result, methods.len()), (Ok(()), 3), "{one}");
        let (result, methods) = change(one, [lost(), code("0200006")]).await;
        assert!(result.unwrap_err().may_have_taken_effect(), "{one}");
        assert_eq!(methods.len(), 2, "{one}");
    }
}

#[tokio::test]
async fn a_batch_that_has_the_status_already_is_no_error() {
    for (one, conflict, status) in [("pause", "03000006", 2), ("resume", "03000005", 1)] {
        let read = |status| listed([row(ID, "old", status)]);
        let (result, methods) = change(one, [code(conflict), read(status)]).await;
        assert_eq!((result, methods.len()), (Ok(()), 2), "{one}");
        let (result, _) = change(one, [code(conflict), read(3 - status)]).await;
        assert!(matches!(result, Err(Error::Api(_))), "{one}");
        // A repetition meets it: the lost request took effect after the list was read.
        let script = [lost(), read(3 - status), code(conflict), read(status)];
        let (result, methods) = change(one, script).await;
        assert_eq!((result, methods.len()), (Ok(()), 4), "{one}");
    }
}

#[tokio::test]
async fn a_batch_that_is_gone_is_deleted_and_cannot_be_changed() {
    for gone in ["03000004", "0200007"] {
        assert_eq!(change("delete", [code(gone)]).await.0, Ok(()));
        let (result, _) = change("delete", [lost(), code("0200007"), code(gone)]).await;
        assert_eq!(result, Ok(()));
        for one in ["rename", "pause", "resume"] {
            let error = change(one, [code(gone)]).await.0.unwrap_err();
            assert!(!error.may_have_taken_effect(), "{one}: {error}");
        }
    }
}

#[tokio::test]
async fn a_list_that_changed_while_it_was_read_does_not_show_that_a_batch_is_gone() {
    let rows = |numbers: std::ops::Range<i64>| numbers.map(|n| row(&n.to_string(), "old", 2));
    let unsteady = [page(102, rows(0..100)), page(101, rows(100..101))];
    let script = [vec![lost()], unsteady.to_vec(), vec![success()]].concat();
    let (result, methods) = change("delete", script).await;
    assert_eq!(result, Ok(()));
    assert_eq!(methods, ["POST", "GET", "GET", "POST"]);

    let steady = [page(101, rows(0..100)), page(101, rows(100..101))];
    let (result, methods) = change("delete", [vec![lost()], steady.to_vec()].concat()).await;
    assert_eq!(result, Ok(()));
    assert_eq!(methods, ["POST", "GET", "GET"]);
}
