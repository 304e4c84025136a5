//! The calls for special dates.

use serde_json::{Value, json};

use super::{
    server::{Answer, Request, Server},
    *,
};
use crate::{
    Created,
    special_date::{DateType, ListedDate, SpecialDate, SpecialDateRef, Week},
};

const URI: &str = "/rest/isales/v1/openapi/campaigns/25/holiday/46";
/// The reply to a modification and a deletion, as the reference has it.
const DONE: &str = r#"{"resultCode":"0200000","resultDesc":""}"#;

/// The first special date of the reference's list.
fn weekly() -> SpecialDate {
    SpecialDate {
        name: "Fridays".to_owned(),
        date_type: DateType::Week,
        week: Week([7, 5].into()),
        begin_time: None,
        end_time: None,
    }
}

/// The second one, which is also the one that it modifies.
fn once() -> SpecialDate {
    SpecialDate {
        name: "Mid-Autumn".to_owned(),
        date_type: DateType::Date,
        week: Week::default(),
        begin_time: Some("2018-09-22".to_owned()),
        end_time: Some("2018-09-24".to_owned()),
    }
}

fn weekly_row(id: i64) -> Value {
    json!({"id": id, "name": "Fridays", "type": 1, "week": "5,7", "beginTime": null, "endTime": null})
}

fn once_row(id: i64) -> Value {
    json!({
        "id": id, "name": "Mid-Autumn", "type": 2, "week": null,
        "beginTime": "2018-09-22", "endTime": "2018-09-24",
    })
}

/// A list without `returnCode`, as the reference has it.
fn list(rows: impl IntoIterator<Item = Value>) -> Answer {
    let rows: Vec<_> = rows.into_iter().collect();
    let reply = json!({"resultCode": "0200000", "resultDesc": "", "data": rows});
    Answer::json(200, &reply.to_string())
}

fn code(code: &str) -> Answer {
    let reply = json!({"resultCode": code, "resultDesc": "", "returnCode": code});
    Answer::json(200, &reply.to_string())
}

fn done() -> Answer {
    Answer::json(200, DONE)
}

fn lost() -> Answer {
    Answer::BytesAndClose(String::new())
}

fn target(request: &Request) -> String {
    let mut words = request.head.split(' ');
    format!("{} {}", words.next().unwrap(), words.next().unwrap())
}

async fn client_of(script: impl IntoIterator<Item = Answer>) -> (Server, Client) {
    let server = Server::http(script).await;
    let client = client(config(&server.url()));
    (server, client)
}

async fn add(client: &Client, date: &SpecialDate) -> Result<Created<ListedDate>, Error> {
    let cancel = CancellationToken::new();
    client.add_special_date(campaign(), date, &cancel).await
}

async fn modify(client: &Client, date: &SpecialDate) -> Result<(), Error> {
    let cancel = CancellationToken::new();
    client
        .modify_special_date(reference(1_318_795_089), date, &cancel)
        .await
}

async fn delete(client: &Client) -> Result<(), Error> {
    let cancel = CancellationToken::new();
    client.delete_special_date(reference(14), &cancel).await
}

fn reference(id: i64) -> SpecialDateRef {
    format!("25/46/{id}").parse().unwrap()
}

fn new(id: i64, date: SpecialDate) -> Result<Created<ListedDate>, Error> {
    let id = id.try_into().unwrap();
    Ok(Created::New(ListedDate { id, date }))
}

#[tokio::test]
async fn the_example_of_the_list_is_read() {
    let (server, client) = client_of([list([weekly_row(11), once_row(14)])]).await;
    let cancel = CancellationToken::new();
    let listed = client.special_dates(campaign(), &cancel).await;
    let listed = listed.unwrap();
    assert_eq!(listed.unreadable, None);
    let dates: Vec<_> = listed
        .dates
        .iter()
        .map(|one| (one.id.get(), &one.date))
        .collect();
    assert_eq!(dates, [(11, &weekly()), (14, &once())]);
    assert_eq!(target(&server.requests()[0]), format!("GET {URI}"));
}

#[tokio::test]
async fn null_empty_and_absent_are_equal_and_ids_may_be_text() {
    let row = json!({"id": "11", "name": "Fridays", "type": "1", "week": " 7,5", "beginTime": ""});
    let listed = json!({"id": 12, "name": "x", "type": 1.0, "week": [7, "5"]});
    let (_server, client) = client_of([list([row, listed])]).await;
    let cancel = CancellationToken::new();
    let listed = client.special_dates(campaign(), &cancel).await;
    let listed = listed.unwrap();
    assert_eq!(listed.dates[0].date, weekly());
    assert_eq!(listed.dates[1].date.week, weekly().week);
}

#[tokio::test]
async fn one_date_that_cannot_be_read_does_not_hide_the_others() {
    let odd = json!({"id": 12, "name": "x", "type": 1, "week": "every day"});
    let (_server, client) = client_of([list([odd, once_row(14)])]).await;
    let cancel = CancellationToken::new();
    let listed = client.special_dates(campaign(), &cancel).await;
    let listed = listed.unwrap();
    let found = listed.by_id(14.try_into().unwrap()).unwrap();
    assert_eq!(found.map(|found| &found.date), Some(&once()));
    // Whether one is missing is not known.
    let error = listed.by_id(15.try_into().unwrap()).unwrap_err();
    assert!(error.to_string().contains("data[0].week"), "{error}");
    assert!(listed.by_name("y").is_err());
}

#[tokio::test]
async fn null_is_a_list_without_dates_and_no_list_is_an_error() {
    let null = || {
        Answer::json(
            200,
            r#"{"resultCode":"0200000","resultDesc":"","data":null}"#,
        )
    };
    for reply in [null(), list([])] {
        let (_server, client) = client_of([reply]).await;
        let cancel = CancellationToken::new();
        let listed = client.special_dates(campaign(), &cancel).await;
        assert_eq!(listed.unwrap().dates.len(), 0);
    }
    let (_server, client) = client_of([done()]).await;
    let cancel = CancellationToken::new();
    let error = client.special_dates(campaign(), &cancel).await.unwrap_err();
    assert!(
        error.to_string().contains("its data cannot be read"),
        "{error}"
    );

    // A lost change is then in doubt.
    let (server, client) = client_of([lost(), done()]).await;
    let error = modify(&client, &once()).await.unwrap_err();
    assert!(error.may_have_taken_effect(), "{error}");
    assert_eq!(server.methods(), ["PUT", "GET"]);

    let (_server, client) = client_of([code("0200007")]).await;
    let cancel = CancellationToken::new();
    let listed = client.special_dates(campaign(), &cancel).await;
    assert!(matches!(listed, Err(Error::Api(error)) if error.is_not_found()));
}

#[tokio::test]
async fn a_date_is_added_and_found_by_its_name() {
    let (server, client) = client_of([list([]), done(), list([weekly_row(11)])]).await;
    assert_eq!(add(&client, &weekly()).await, new(11, weekly()));
    let requests = server.requests();
    assert_eq!(target(&requests[1]), format!("POST {URI}"));
    assert_eq!(
        requests[1].body,
        r#"{"name":"Fridays","type":1,"week":"5,7","beginTime":null,"endTime":null}"#
    );
}

#[tokio::test]
async fn the_example_of_a_modification_is_sent() {
    let (server, client) = client_of([done()]).await;
    assert_eq!(modify(&client, &once()).await, Ok(()));
    let [request] = &server.requests()[..] else {
        panic!("one request");
    };
    assert_eq!(target(request), format!("PUT {URI}"));
    assert_eq!(
        request.body,
        r#"{"id":1318795089,"name":"Mid-Autumn","type":2,"week":null,"beginTime":"2018-09-22","endTime":"2018-09-24"}"#
    );
}

#[tokio::test]
async fn a_date_is_deleted_by_its_id_and_one_that_is_gone_is_no_error() {
    for reply in [done(), code("0200014"), code("0200007")] {
        let (server, client) = client_of([reply]).await;
        assert_eq!(delete(&client).await, Ok(()));
        let [request] = &server.requests()[..] else {
            panic!("one request");
        };
        assert_eq!(target(request), format!("DELETE {URI}/14"));
        assert_eq!(request.body, "");
    }
    let (_server, client) = client_of([code("0200013")]).await;
    assert!(delete(&client).await.is_err());
}

#[tokio::test]
async fn a_lost_add_is_settled_by_the_name_and_never_repeated_blindly() {
    // It has taken effect.
    let (server, client) = client_of([list([]), lost(), list([weekly_row(11)])]).await;
    assert_eq!(add(&client, &weekly()).await, new(11, weekly()));
    assert_eq!(server.methods(), ["GET", "POST", "GET"]);

    // It has not.
    let script = [
        list([]),
        lost(),
        list([once_row(14)]),
        done(),
        list([weekly_row(15)]),
    ];
    let (server, client) = client_of(script).await;
    assert_eq!(add(&client, &weekly()).await, new(15, weekly()));
    assert_eq!(server.methods(), ["GET", "POST", "GET", "POST", "GET"]);

    // It has, after it was looked for. The campaign may be full because of it.
    for late in ["0200013", "0200015"] {
        let script = [
            list([]),
            lost(),
            list([]),
            code(late),
            list([weekly_row(11)]),
        ];
        let (_server, client) = client_of(script).await;
        assert_eq!(add(&client, &weekly()).await, new(11, weekly()), "{late}");
    }
}

#[tokio::test]
async fn a_name_that_was_there_before_is_not_taken_over() {
    let (server, client) = client_of([list([weekly_row(11)])]).await;
    let id = 11.try_into().unwrap();
    let date = weekly();
    let taken = Created::NameTaken(ListedDate { id, date });
    assert_eq!(add(&client, &weekly()).await, Ok(taken));
    assert_eq!(server.methods(), ["GET"]);
}

#[tokio::test]
async fn a_lost_change_is_settled_by_reading() {
    let (server, client) = client_of([lost(), list([once_row(1_318_795_089)])]).await;
    assert_eq!(modify(&client, &once()).await, Ok(()));
    assert_eq!(server.methods(), ["PUT", "GET"]);

    let (server, client) = client_of([lost(), list([weekly_row(1_318_795_089)]), done()]).await;
    assert_eq!(modify(&client, &once()).await, Ok(()));
    assert_eq!(server.methods(), ["PUT", "GET", "PUT"]);

    let (server, client) = client_of([lost(), list([weekly_row(11)])]).await;
    assert_eq!(delete(&client).await, Ok(()));
    assert_eq!(server.methods(), ["DELETE", "GET"]);

    let script = [lost(), list([once_row(14)]), code("0200014")];
    let (server, client) = client_of(script).await;
    assert_eq!(delete(&client).await, Ok(()));
    assert_eq!(server.methods(), ["DELETE", "GET", "DELETE"]);
}

#[tokio::test]
async fn a_refusal_says_what_to_do() {
    for (refusal, says) in [
        ("0200007", "Check campaign_id"),
        ("0200013", "Choose another name"),
        ("0200015", "which is 20"),
        ("0200030", "yyyy-MM-dd"),
    ] {
        let (_server, client) = client_of([list([]), code(refusal)]).await;
        let error = add(&client, &weekly()).await.unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
        assert!(!error.may_have_taken_effect());
    }
}
