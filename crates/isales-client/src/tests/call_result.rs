//! The calls for call results: bodies as in the documented examples, and lost replies.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    server::{Answer, Server},
    *,
};
use crate::{
    CreateError, VdnId,
    call_result::{CallResultDefinition, CallResultLookup, CallResultRef, DefId},
    retry_policy::ResultCode,
};

const VDN: &str = "/rest/isales/v1/openapi/campaigns/40";

fn id(def_id: &str) -> CallResultRef {
    CallResultRef {
        vdn_id: VdnId::try_from(40).unwrap(),
        def_id: def_id.parse().unwrap(),
    }
}

fn definition(code: Option<&str>, text: &str, obs_codes: &[&str]) -> CallResultDefinition {
    CallResultDefinition {
        result_code: code.and_then(ResultCode::new),
        display_result: text.to_owned(),
        obs_codes: obs_codes.iter().map(|code| (*code).to_owned()).collect(),
    }
}

fn reply(mut members: Value) -> Answer {
    members["resultCode"] = json!("0200000");
    members["resultDesc"] = json!("createObResult Success!");
    Answer::json(200, &members.to_string())
}

fn refused() -> Answer {
    Answer::json(
        200,
        r#"{"resultCode":"0200001","resultDesc":"no such result"}"#,
    )
}

fn lost() -> Answer {
    Answer::BytesAndClose(String::new())
}

/// The detail of a definition with the code `007` and two OBS codes, as in the example.
fn detail(def_id: &str, text: &str) -> Answer {
    let entry =
        |code: &str| json!({"mapId": "1", "defId": def_id, "failCode": code, "vdnId": "40"});
    reply(json!({"obResult": {
        "defId": def_id, "displayResult": text, "vdnId": 40, "resultCode": "007",
        "resultMapList": [entry("00606"), entry("00602")],
    }}))
}

/// The list, with a row for each ID and text.
fn list(rows: &[(&str, &str)]) -> Answer {
    let data = rows
        .iter()
        .map(|(def_id, text)| json!({"displayResult": text, "resultCode": "007", "defId": def_id}));
    let data: Vec<_> = data.collect();
    reply(json!({"totalCount": rows.len(), "data": data}))
}

/// The methods and paths of the requests, without what all paths have in common.
fn requested(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let lines = requests.iter().map(|request| {
        let mut words = request.head.split(' ');
        let (method, target) = (words.next().unwrap(), words.next().unwrap());
        let path = target.split('?').next().unwrap();
        format!("{method} {}", path.strip_prefix(VDN).unwrap())
    });
    lines.collect()
}

async fn create(
    server: &Server,
    definition: &CallResultDefinition,
    before: &[&str],
) -> Result<DefId, CreateError<DefId>> {
    let client = client(config(&server.url()));
    let before: BTreeSet<_> = before.iter().map(|id| id.parse().unwrap()).collect();
    let cancel = CancellationToken::new();
    let vdn_id = id("1").vdn_id;
    client
        .create_call_result(vdn_id, definition, &before, &cancel)
        .await
}

#[tokio::test]
async fn bodies_have_the_members_of_the_examples_in_their_order() {
    // A set is sorted.
    let server = Server::http([
        reply(json!({"defId": "1645244637"})),
        reply(json!({"defId": 1_645_244_638})),
        reply(json!({})),
    ])
    .await;
    let new = definition(Some("007"), "Text7", &["00606", "00602"]);
    let created = create(&server, &new, &[]).await.unwrap();
    assert_eq!(created.as_str(), "1645244637");
    let unnamed = definition(None, "Text7", &["00602"]);
    let created = create(&server, &unnamed, &[]).await.unwrap();
    assert_eq!(created.as_str(), "1645244638");
    let client = client(config(&server.url()));
    let changed = definition(Some("007"), "Text8", &["00605", "00604"]);
    let cancel = CancellationToken::new();
    let updated = client
        .update_call_result(&id("1645244637"), &changed, &cancel)
        .await;
    assert_eq!(updated, Ok(()));
    let bodies: Vec<_> = server
        .requests()
        .into_iter()
        .map(|sent| sent.body)
        .collect();
    assert_eq!(
        bodies,
        [
            r#"{"resultCode":"007","displayResult":"Text7","obsCodes":["00602","00606"]}"#,
            r#"{"displayResult":"Text7","obsCodes":["00602"]}"#,
            r#"{"defId":"1645244637","displayResult":"Text8","obsCodes":["00604","00605"]}"#,
        ]
    );
    assert_eq!(
        requested(&server),
        [
            "POST /createObResult",
            "POST /createObResult",
            "POST /updateObResult"
        ]
    );
}

#[tokio::test]
async fn a_detail_is_read_and_its_absence_is_no_failure() {
    let server = Server::http([
        detail("7", "Text"),
        reply(json!({"obResult": null})),
        refused(),
        Answer::json(404, ""),
        reply(json!({"obResult": {"defId": 8}})),
        Answer::json(403, ""),
    ])
    .await;
    let client = client(config(&server.url()));
    let cancel = CancellationToken::new();
    let seven = id("7");
    let query = || client.call_result(&seven, &cancel);
    let stored = definition(Some("007"), "Text", &["00602", "00606"]);
    assert_eq!(query().await, Ok(CallResultLookup::Found(stored)));
    for _ in 0..3 {
        let lookup = query().await.unwrap();
        assert!(
            matches!(lookup, CallResultLookup::NotShown(_)),
            "{lookup:?}"
        );
    }
    // The detail of another definition, and a firewall.
    let error = query().await.unwrap_err().to_string();
    assert!(error.contains("obResult.defId"), "{error}");
    assert!(query().await.is_err());
}

#[tokio::test]
async fn a_lost_create_is_found_by_list_and_detail() {
    let new = definition(Some("007"), "Text", &["00602", "00606"]);
    // 1 is older, 2 has another text and 3 another OBS code; 4 is the one.
    let script = [
        lost(),
        list(&[("1", "Text"), ("2", "Other"), ("3", "Text"), ("4", "Text")]),
        reply(json!({"obResult": {
            "defId": "3", "displayResult": "Text", "resultCode": "007",
            "resultMapList": [{"failCode": "00602"}],
        }})),
        detail("4", "Text"),
    ];
    let server = Server::http(script).await;
    let created = create(&server, &new, &["1"]).await.unwrap();
    assert_eq!(created.as_str(), "4");
    assert_eq!(
        requested(&server),
        [
            "POST /createObResult",
            "GET /queryOBSResults",
            "GET /3/queryObsResultDetail",
            "GET /4/queryObsResultDetail"
        ]
    );
}

#[tokio::test]
async fn equal_new_definitions_are_candidates_and_a_list_without_ids_is_no_evidence() {
    let new = definition(None, "Text", &["00602", "00606"]);
    let script = [
        lost(),
        list(&[("1", "Text"), ("2", "Text"), ("3", "Text")]),
        detail("2", "Text"),
        detail("3", "Text"),
    ];
    let server = Server::http(script).await;
    let failure = create(&server, &new, &["1"]).await.unwrap_err();
    let candidates: Vec<_> = failure.candidates.unwrap();
    let candidates: Vec<_> = candidates.iter().map(DefId::as_str).collect();
    assert_eq!(candidates, ["2", "3"]);

    let rows = json!({"totalCount": 1, "data": [{"displayResult": "Text", "resultCode": "1"}]});
    let server = Server::http([lost(), reply(rows)]).await;
    let failure = create(&server, &new, &[]).await.unwrap_err();
    assert_eq!(failure.candidates, None);
}

#[tokio::test]
async fn a_lost_update_is_repeated_only_if_it_has_not_taken_effect() {
    let changed = definition(Some("007"), "New", &["00602", "00606"]);
    for (script, requests) in [
        (vec![lost(), detail("7", "New")], 2),
        (vec![lost(), detail("7", "Old"), reply(json!({}))], 3),
    ] {
        let server = Server::http(script).await;
        let client = client(config(&server.url()));
        let cancel = CancellationToken::new();
        let updated = client.update_call_result(&id("7"), &changed, &cancel).await;
        assert_eq!(updated, Ok(()));
        assert_eq!(server.requests().len(), requests);
    }
}

#[tokio::test]
async fn a_lost_delete_has_taken_effect_if_the_list_has_nothing_left() {
    for (script, is_done) in [
        (vec![lost(), refused(), list(&[("8", "Text")])], true),
        (vec![lost(), detail("7", "Text"), reply(json!({}))], true),
        // Listed, but without a detail: nobody knows.
        (vec![lost(), refused(), list(&[("7", "Text")])], false),
    ] {
        let server = Server::http(script).await;
        let client = client(config(&server.url()));
        let cancel = CancellationToken::new();
        match client.delete_call_result(&id("7"), &cancel).await {
            Ok(()) => assert!(is_done),
            Err(error) => assert!(!is_done && error.may_have_taken_effect(), "{error}"),
        }
        assert_eq!(requested(&server)[0], "DELETE /7/deleteObsResult");
    }
}
