//! Creates of an object that the API does not have, whose ID the server chooses: a lost reply never
//! makes a second object.

use std::collections::BTreeSet;

use http::Method;

use super::{
    server::{Answer, Server},
    *,
};
use crate::{
    error::{
        Operation, ProtocolProblem,
        code::{self, CodeEntry, CodeKind},
    },
    http::{ApiRequest, Attempts, CreateError, Creation, Envelope, create_and_settle},
};

const CODES: &[CodeEntry] =
    &[
        CodeEntry::new("5", "Name Taken", "the name is taken", "Choose another.")
            .of_kind(CodeKind::Conflict),
    ];
const LIST: &Operation = &Operation::read("list", "the things");
const CREATE: &Operation =
    &Operation::write("create", "the thing").with_codes(&[CODES, code::COMMON]);

/// A create after which a GET returns equal objects as `ids`.
struct NewThing<'a, const IS_UNIQUE: bool>(&'a Client);

impl<const IS_UNIQUE: bool> Creation for NewThing<'_, IS_UNIQUE> {
    type Id = i64;

    const IS_UNIQUE: bool = IS_UNIQUE;

    fn read_reply(&self, reply: &Envelope) -> Result<i64, ProtocolProblem> {
        let id = reply.get("id").and_then(serde_json::Value::as_i64);
        id.ok_or(ProtocolProblem::Member {
            path: "id".to_owned(),
            expected: "an integer",
        })
    }

    async fn find(&self, before: &BTreeSet<i64>) -> Result<Vec<i64>, Error> {
        let request = ApiRequest::get(LIST, "/things".to_owned());
        let cancel = CancellationToken::new();
        let mut attempts = Attempts::new(&self.0.inner, &cancel);
        let members = attempts.make_until_done(&request).await?;
        let ids = members.get("ids").and_then(serde_json::Value::as_array);
        let ids = ids
            .into_iter()
            .flatten()
            .filter_map(serde_json::Value::as_i64);
        Ok(ids.filter(|id| !before.contains(id)).collect())
    }
}

/// Creates a thing, of which number 1 existed before. Returns the outcome, and the methods of the
/// requests.
async fn create<const IS_UNIQUE: bool>(
    script: Vec<Answer>,
    max_retries: u32,
) -> (Result<i64, CreateError<i64>>, Vec<String>) {
    let server = Server::http(script).await;
    let mut config = config(&server.url());
    config.max_retries = max_retries;
    let client = client(config);
    let cancel = CancellationToken::new();
    let request = ApiRequest::new(CREATE, Method::POST, "/things".to_owned()).json("{}");
    let creation = NewThing::<IS_UNIQUE>(&client);
    let before = BTreeSet::from([1]);
    let created =
        create_and_settle(&client.inner, &cancel.into(), &request, &before, &creation).await;
    (created, server.methods())
}

fn lost() -> Answer {
    Answer::BytesAndClose(String::new())
}

fn created(id: i64) -> Answer {
    Answer::json(200, &format!(r#"{{"resultCode":"0200000","id":{id}}}"#))
}

fn refused(code: &str) -> Answer {
    Answer::json(200, &format!(r#"{{"resultCode":"{code}"}}"#))
}

fn listed(ids: &[i64]) -> Answer {
    Answer::json(200, &format!(r#"{{"resultCode":"0200000","ids":{ids:?}}}"#))
}

#[tokio::test]
async fn a_create_whose_reply_arrives_needs_no_list() {
    let (created, methods) = create::<false>(vec![created(7)], 3).await;
    assert_eq!(created, Ok(7));
    assert_eq!(methods, ["POST"]);
}

#[tokio::test]
async fn the_one_new_object_that_is_alike_is_the_one_whose_reply_was_lost() {
    // Without retries, too: looking is not sending again.
    for max_retries in [0, 3] {
        let script = vec![lost(), listed(&[1, 7])];
        let (created, methods) = create::<false>(script, max_retries).await;
        assert_eq!(created, Ok(7));
        assert_eq!(methods, ["POST", "GET"]);
    }
    // A list may lag behind the create.
    let script = vec![lost(), listed(&[1]), listed(&[1, 7])];
    assert_eq!(create::<false>(script, 3).await.0, Ok(7));
    // A success without the ID.
    let script = vec![Answer::json(200, SUCCESS), listed(&[1, 7])];
    assert_eq!(create::<false>(script, 3).await.0, Ok(7));
}

#[tokio::test]
async fn an_object_that_is_not_unique_is_never_sent_twice() {
    let nothing = || listed(&[1]);
    let script = vec![lost(), nothing(), nothing(), nothing()];
    let (created, methods) = create::<false>(script, 3).await;
    let failure = created.unwrap_err();
    assert!(failure.error.may_have_taken_effect(), "{failure}");
    assert_eq!(failure.candidates, Some(Vec::new()));
    assert_eq!(methods, ["POST", "GET", "GET", "GET"]);
}

#[tokio::test]
async fn several_new_objects_that_are_alike_are_all_named() {
    let script = vec![lost(), listed(&[1, 7, 8])];
    let (created, methods) = create::<false>(script, 3).await;
    let failure = created.unwrap_err();
    assert!(failure.error.may_have_taken_effect(), "{failure}");
    assert_eq!(failure.candidates, Some(vec![7, 8]));
    assert_eq!(methods, ["POST", "GET"]);
}

#[tokio::test]
async fn a_list_that_fails_leaves_the_create_open() {
    let script = vec![lost(), refused("0200001")];
    let failure = create::<false>(script, 3).await.0.unwrap_err();
    assert!(failure.error.may_have_taken_effect(), "{failure}");
    assert_eq!(failure.candidates, None);
}

#[tokio::test]
async fn a_refusal_is_no_doubt_and_a_throttle_is_waited_for() {
    let (created, methods) = create::<false>(vec![refused("0200001")], 3).await;
    assert!(!created.unwrap_err().error.may_have_taken_effect());
    assert_eq!(methods, ["POST"]);
    let script = vec![refused("0200022"), self::created(7)];
    let (created, methods) = create::<false>(script, 3).await;
    assert_eq!(created, Ok(7));
    assert_eq!(methods, ["POST", "POST"]);
}

#[tokio::test]
async fn an_object_that_is_unique_is_sent_again_and_found_when_its_name_is_taken() {
    let script = vec![lost(), listed(&[1]), created(7)];
    let (created, methods) = create::<true>(script, 3).await;
    assert_eq!(created, Ok(7));
    assert_eq!(methods, ["POST", "GET", "POST"]);
    // The first request has arrived late.
    let script = vec![lost(), listed(&[1]), refused("5"), listed(&[1, 7])];
    let (created, methods) = create::<true>(script, 3).await;
    assert_eq!(created, Ok(7));
    assert_eq!(methods, ["POST", "GET", "POST", "GET"]);
}

#[tokio::test]
async fn a_name_that_somebody_else_has_is_refused() {
    let (created, methods) = create::<true>(vec![refused("5")], 3).await;
    assert_eq!(created.unwrap_err().error.summary(), "Name Taken");
    assert_eq!(methods, ["POST"]);
    // Number 1 was there before.
    let old = || listed(&[1]);
    let script = vec![lost(), old(), refused("5"), old(), old(), old()];
    let failure = create::<true>(script, 3).await.0.unwrap_err();
    assert_eq!(failure.error.summary(), "Name Taken");
}
