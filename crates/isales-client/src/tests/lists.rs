//! The calls for objects other than the retry policy.

use serde_json::json;

use super::{
    server::{Answer, Server},
    *,
};
use crate::{
    VdnId,
    business_result::ChildResult,
    campaign::{Campaign, CampaignFilter, CampaignStatus, DeviceType},
    error::ProtocolProblem,
};

fn page(
    total: Option<usize>,
    name: &str,
    rows: impl IntoIterator<Item = serde_json::Value>,
) -> Answer {
    let mut reply = json!({"resultCode": "0200000", "data": rows.into_iter().collect::<Vec<_>>()});
    if let Some(total) = total {
        reply[name] = json!(total);
    }
    Answer::json(200, &reply.to_string())
}

fn campaigns(ids: std::ops::RangeInclusive<i64>) -> impl Iterator<Item = serde_json::Value> {
    ids.map(|id| json!({"id": id, "name": format!("c{id}"), "status": "2", "deviceType": 3}))
}

fn vdn() -> VdnId {
    VdnId::try_from(25).unwrap()
}

#[tokio::test]
async fn campaigns_are_listed_page_by_page_with_the_filters() {
    let server = Server::http([
        page(Some(150), "totalSize", campaigns(1..=100)),
        page(Some(150), "totalSize", campaigns(101..=150)),
    ])
    .await;
    let filter = CampaignFilter {
        name: Some("a b/é".to_owned()),
        status: Some(CampaignStatus::Active),
        ..CampaignFilter::default()
    };
    let client = client(config(&server.url()));
    let mut pages = client.campaigns(vdn(), &filter, CancellationToken::new());
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 1);
    assert_eq!(
        first[0],
        Campaign {
            campaign_id: 1.try_into().unwrap(),
            name: "c1".to_owned(),
            status: Some(CampaignStatus::Active),
            device_type: Some(DeviceType::AutomaticIvr),
            begin_time: None,
            end_time: None,
        }
    );
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 50);
    assert_eq!(pages.next().await, Ok(None));
    for (request, page) in server.requests().iter().zip(1..) {
        let target = request.head.split(' ').nth(1).unwrap();
        assert_eq!(
            target,
            format!(
                "/rest/isales/v1/openapi/campaigns/25?curPage={page}&deviceType=0&name=a%20b%2F%C3%A9&rowsPerPage=100&status=2"
            )
        );
    }
}

#[tokio::test]
async fn a_list_without_a_total_ends_with_a_short_or_repeated_page() {
    let full = || page(None, "", campaigns(1..=100));
    for (script, count) in [
        (vec![full(), page(None, "", campaigns(101..=101))], 101),
        (vec![full(), page(None, "", [])], 100),
        (vec![full(), full()], 100),
    ] {
        let server = Server::http(script).await;
        let pages = client(config(&server.url())).campaigns(
            vdn(),
            &CampaignFilter::default(),
            CancellationToken::new(),
        );
        assert_eq!(pages.all().await.unwrap().len(), count);
        assert_eq!(server.requests().len(), 2);
    }
}

/// Reads a list to its end. Returns its problem and the number of requests.
async fn problem_of(script: Vec<Answer>) -> (ProtocolProblem, usize) {
    let server = Server::http(script).await;
    let pages = client(config(&server.url())).campaigns(
        vdn(),
        &CampaignFilter::default(),
        CancellationToken::new(),
    );
    match pages.all().await {
        Err(Error::Protocol(error)) => (error.problem, server.requests().len()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn integers_may_have_a_point() {
    let row = |id: f64| json!({"id": id, "name": "c", "status": 2.0, "deviceType": "3.0"});
    let page = |rows: serde_json::Value| {
        let reply = json!({"resultCode": "0200000", "totalSize": 101.0, "data": rows});
        Answer::json(200, &reply.to_string())
    };
    let rows: Vec<_> = (1..=100).map(|id| row(f64::from(id))).collect();
    let server = Server::http([page(json!(rows)), page(json!([row(101.0)]))]).await;
    let pages = client(config(&server.url())).campaigns(
        vdn(),
        &CampaignFilter::default(),
        CancellationToken::new(),
    );
    let campaigns = pages.all().await.unwrap();
    assert_eq!(campaigns.len(), 101);
    assert_eq!(campaigns[100].campaign_id, 101.try_into().unwrap());
    assert_eq!(campaigns[100].status, Some(CampaignStatus::Active));
    assert_eq!(campaigns[100].device_type, Some(DeviceType::AutomaticIvr));
}

#[tokio::test]
async fn a_part_of_a_list_is_never_taken_for_the_whole() {
    let first = || page(Some(5000), "totalSize", campaigns(1..=100));
    let second = || page(Some(5000), "totalSize", campaigns(101..=200));
    let none = || page(Some(5000), "totalSize", []);
    for (script, seen) in [
        // The server does not count pages, or runs out of them.
        (vec![first(), first()], 100),
        (vec![first(), none()], 100),
        (vec![none()], 0),
        // It goes back and forth.
        (vec![first(), second(), first()], 200),
    ] {
        let requests = script.len();
        let incomplete = ProtocolProblem::ListIncomplete { seen, total: 5000 };
        assert_eq!(problem_of(script).await, (incomplete, requests));
    }
}

#[tokio::test]
async fn a_total_that_is_too_small_does_not_end_a_list() {
    let server = Server::http([
        page(Some(0), "totalSize", campaigns(1..=100)),
        page(Some(0), "totalSize", campaigns(101..=101)),
    ])
    .await;
    let pages = client(config(&server.url())).campaigns(
        vdn(),
        &CampaignFilter::default(),
        CancellationToken::new(),
    );
    assert_eq!(pages.all().await.unwrap().len(), 101);
}

#[tokio::test]
async fn a_reply_that_has_lost_its_data_is_no_empty_list() {
    let path = "data".to_owned();
    let expected = "a list";
    let lost = ProtocolProblem::Member { path, expected };
    assert_eq!(
        problem_of(vec![Answer::json(200, SUCCESS)]).await,
        (lost, 1)
    );
}

/// A walk that has to show everything.
async fn snapshot(script: Vec<Answer>) -> (Result<usize, ProtocolProblem>, usize) {
    let server = Server::http(script).await;
    let client = client(config(&server.url()));
    let filter = CampaignFilter::default();
    let pages = client.campaigns(vdn(), &filter, CancellationToken::new());
    let seen = match pages.snapshot().await {
        Ok(all) => Ok(all.len()),
        Err(Error::Protocol(error)) => Err(error.problem),
        Err(other) => panic!("{other:?}"),
    };
    (seen, server.requests().len())
}

#[tokio::test]
async fn a_list_that_changes_is_walked_through_again() {
    let first = |total| page(Some(total), "totalSize", campaigns(1..=100));
    let rest = |total, ids| page(Some(total), "totalSize", campaigns(ids));
    // Campaign 1 is deleted meanwhile, so 101 moves to the first page, which was read already.
    let script = vec![
        first(150),
        rest(149, 102..=150),
        first(149),
        rest(149, 102..=150),
    ];
    assert_eq!(snapshot(script).await, (Ok(149), 4));
    assert_eq!(snapshot(vec![rest(3, 1..=3)]).await, (Ok(3), 1));
    assert_eq!(
        snapshot(vec![page(Some(0), "totalSize", [])]).await,
        (Ok(0), 1)
    );
    // It goes on changing.
    let script = (0..3).flat_map(|_| [first(150), rest(149, 102..=150)]);
    let (seen, requests) = snapshot(script.collect()).await;
    assert_eq!(requests, 6);
    assert!(
        matches!(seen, Err(ProtocolProblem::ListIncomplete { .. })),
        "{seen:?}"
    );
}

#[tokio::test]
async fn a_list_without_a_total_shows_the_absence_of_nothing() {
    for rows in [campaigns(1..=3).collect(), Vec::new()] {
        let (seen, _) = snapshot(vec![page(None, "", rows)]).await;
        let expected = "the number of all entries";
        let path = "totalSize".to_owned();
        assert_eq!(seen, Err(ProtocolProblem::Member { path, expected }));
    }
}

#[tokio::test]
async fn an_endless_list_is_abandoned() {
    // The total grows with the list: a little over twice the first total is the limit.
    let script = (0_i64..99).map(|number| {
        let ids = number * 100 + 1..=number * 100 + 100;
        let total = usize::try_from(number * 100 + 200).unwrap();
        page(Some(total), "totalSize", campaigns(ids))
    });
    let endless = |pages, seen| (ProtocolProblem::ListEndless { pages, seen }, pages);
    assert_eq!(problem_of(script.collect()).await, endless(12, 1200));

    // No total, or one that cannot be reached.
    for total in [None, Some(usize::MAX)] {
        let rows = |id: i64| vec![json!({"id": id, "name": "c"}); 100];
        let script = (1..1100).map(|id| page(total, "totalSize", rows(id)));
        assert_eq!(problem_of(script.collect()).await, endless(1000, 100_000));
    }
}

#[tokio::test]
async fn one_campaign_is_found_or_not() {
    let server = Server::http([
        Answer::json(
            200,
            r#"{"resultCode":"0200000","returnObject":{"name":"x","status":4}}"#,
        ),
        Answer::json(200, r#"{"resultCode":"0200007"}"#),
        Answer::json(200, r#"{"resultCode":"0200-01"}"#),
        Answer::json(
            200,
            r#"{"resultCode":"0200000","returnObject":{"name":["x"]}}"#,
        ),
    ])
    .await;
    let client = client(config(&server.url()));
    let cancel = CancellationToken::new();
    let found = client.campaign(campaign(), &cancel).await.unwrap().unwrap();
    assert_eq!(found.campaign_id, campaign().campaign_id);
    assert_eq!(found.status, Some(CampaignStatus::Ended));
    assert_eq!(client.campaign(campaign(), &cancel).await, Ok(None));
    assert_eq!(client.campaign(campaign(), &cancel).await, Ok(None));
    let Err(Error::Protocol(error)) = client.campaign(campaign(), &cancel).await else {
        panic!("a name is text");
    };
    assert_eq!(
        error.problem,
        ProtocolProblem::Member {
            path: "returnObject.name".to_owned(),
            expected: "a string"
        }
    );
}

#[tokio::test]
async fn codes_and_number_types_are_listed() {
    let rows = (0..60).map(
        |code| json!({"resultCode": format!("{code:03}"), "displayResult": "busy", "defId": code}),
    );
    let rows: Vec<_> = rows.collect();
    let server = Server::http([
        page(Some(60), "totalCount", rows[..50].to_vec()),
        page(Some(60), "totalCount", rows[50..].to_vec()),
        page(None, "", [json!("ST"), json!({"callNoType": "SI"})]),
        Answer::json(
            200,
            r#"{"resultCode":"0200000","totalCount":1,"obsCodes":[{"obsCode":"00602","obsCodeDesc":null}]}"#,
        ),
    ])
    .await;
    let client = client(config(&server.url()));
    let cancel = CancellationToken::new();
    let results = client.call_results(vdn(), &cancel).all().await.unwrap();
    assert_eq!(results.len(), 60);
    assert_eq!(results[59].result_code.as_str(), "059");
    assert_eq!(results[59].def_id.as_deref(), Some("59"));
    let types = client.number_types(vdn(), &cancel).await.unwrap();
    let names: Vec<_> = types
        .iter()
        .map(crate::retry_policy::DataType::as_str)
        .collect();
    assert_eq!(names, ["ST", "SI"]);
    let codes = client.obs_result_codes(vdn(), &cancel).all().await.unwrap();
    assert_eq!(codes.len(), 1);
    assert_eq!(codes[0].obs_code, "00602");
    assert_eq!(codes[0].obs_code_desc, None);
}

#[tokio::test]
async fn business_results_come_with_their_children() {
    let row = |name: &str| json!({"name": name, "code": "1", "defLevel": "1", "children": null});
    let parent = json!({
        "name": "Interested", "code": "123456", "defLevel": 1,
        "children": [{"name": "Ordered", "code": "", "defLevel": "2"}],
    });
    let first: Vec<_> = std::iter::once(parent)
        .chain((1..50).map(|number| row(&number.to_string())))
        .collect();
    let server = Server::http([
        page(Some(51), "totalCount", first),
        page(Some(51), "totalCount", [row("last")]),
    ])
    .await;
    let client = client(config(&server.url()));
    let pages = client.business_results(vdn(), CancellationToken::new());
    let found = pages.all().await.unwrap();
    assert_eq!(found.len(), 51);
    let ordered = ChildResult {
        name: "Ordered".to_owned(),
        code: None,
        def_level: Some("2".to_owned()),
    };
    assert_eq!(found[0].def_level.as_deref(), Some("1"));
    assert_eq!(found[0].children, [ordered]);
    assert!(found[50].children.is_empty());
    let request = &server.requests()[1];
    let target = request.head.split(' ').nth(1).unwrap();
    let uri = "/rest/isales/v1/openapi/campaigns/25/queryBusinessResults";
    assert_eq!(target, format!("{uri}?pageNum=2&pageSize=50"));

    let odd = json!({"name": "x", "children": [{"code": "1"}]});
    let server = Server::http([page(Some(1), "totalCount", [odd])]).await;
    let client = super::client(config(&server.url()));
    let pages = client.business_results(vdn(), CancellationToken::new());
    let error = pages.all().await.unwrap_err();
    assert!(
        error.to_string().contains("data[0].children[0].name"),
        "{error}"
    );
}
