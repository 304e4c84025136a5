//! The actions that pause and resume a call batch. `actions.rs` has the tests that any action could
//! take, with those of campaigns.

use isales_simulator::{CampaignStatus, Script, Simulator};

use test_support::{
    actions::{PAUSE_BATCH, RESUME_BATCH, call_batch, invoke, plan, validate},
    call_batch::{config, only, path, read},
    target::Target,
    values::{UNKNOWN, assert_no_diagnostics, errors, json, warnings},
};

/// The requests so far, each as method and path.
fn requests(simulator: &Simulator) -> Vec<(String, String)> {
    let requests = simulator.requests().into_iter();
    requests
        .map(|request| (request.method, request.path))
        .collect()
}

#[tokio::test]
async fn a_call_batch_is_paused_and_resumed() {
    let mut target = Target::start().await;
    let id = target.simulator.add_call_batch(25, 46, "a", 1).unwrap();
    let block = call_batch(46, &id);
    for (action, verb, doing, done, after) in [
        (PAUSE_BATCH, "pause", "Pausing", "Paused", 2),
        (RESUME_BATCH, "resume", "Resuming", "Resumed", 1),
    ] {
        target.simulator.clear_requests();
        let provider = &mut target.provider;
        assert_no_diagnostics(&validate(provider, action, &block).await);
        let planned = plan(provider, action, &block, false).await;
        assert_no_diagnostics(&planned.diagnostics);
        let invoked = invoke(provider, action, &block).await;
        assert_no_diagnostics(&invoked.diagnostics);
        let progress = [
            format!("{doing} call batch 25/46/{id}"),
            format!("{done} call batch 25/46/{id}"),
        ];
        assert_eq!(invoked.progress, progress);
        let sent = [("POST", path(46, verb)), ("GET", path(46, "list"))];
        let sent = sent.map(|(method, path)| (method.to_owned(), path));
        assert_eq!(requests(&target.simulator), sent);
        assert_eq!(only(&target.simulator, 46).status, after);
        // Once more: it is refused, and there is nothing left to do.
        let invoked = invoke(&mut target.provider, action, &block).await;
        assert_no_diagnostics(&invoked.diagnostics);
        assert_eq!(only(&target.simulator, 46).status, after);
    }
}

#[tokio::test]
async fn a_call_batch_that_is_gone_or_of_a_suspended_campaign_is_not_paused() {
    let mut target = Target::start().await;
    let id = target.simulator.add_call_batch(25, 46, "a", 1).unwrap();
    for (block, campaign, part) in [
        (call_batch(46, "1"), CampaignStatus::Running, "03000004"),
        (call_batch(48, &id), CampaignStatus::Running, "0200007"),
        (call_batch(46, &id), CampaignStatus::Suspended, "03000002"),
    ] {
        target.simulator.set_campaign_status(25, 46, campaign);
        let invoked = invoke(&mut target.provider, PAUSE_BATCH, &block).await;
        let messages = errors(&invoked.diagnostics);
        assert!(messages[0].contains(part), "{messages:?}");
    }
}

#[tokio::test]
async fn the_id_of_a_call_batch_is_checked_at_plan_once_it_is_known() {
    let mut target = Target::start().await;
    let provider = &mut target.provider;
    let planned = plan(provider, PAUSE_BATCH, &call_batch(46, "a/b"), false).await;
    let found = errors(&planned.diagnostics);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("call_batch_id: "), "{found:?}");
    let open = plan(provider, PAUSE_BATCH, &call_batch(46, UNKNOWN), false).await;
    assert_no_diagnostics(&open.diagnostics);
    assert_eq!(target.simulator.requests(), []);
}

#[tokio::test]
async fn a_status_of_a_call_batch_that_the_reference_does_not_list_is_a_warning() {
    let mut target = Target::start().await;
    let id = target.simulator.add_call_batch(25, 46, "a", 1).unwrap();
    let body = serde_json::json!({
        "resultCode": "0200000", "totalCount": 1,
        "data": [{"id": id, "name": "a", "status": 3}],
    });
    let list = Script::reply(200, body.to_string()).method("GET");
    target.simulator.script(list.path(&path(46, "list")));
    let invoked = invoke(&mut target.provider, PAUSE_BATCH, &call_batch(46, &id)).await;
    assert_eq!(errors(&invoked.diagnostics), [""; 0]);
    let found = warnings(&invoked.diagnostics);
    assert!(found[0].contains("has confirmed"), "{found:?}");
    assert_eq!(only(&target.simulator, 46).status, 2);
}

#[tokio::test]
async fn a_list_that_resources_share_is_read_again_after_an_action() {
    let mut target = Target::start().await;
    let id = target.simulator.add_call_batch(25, 46, "a", 1).unwrap();
    let mut prior = config(46, "a", 1);
    prior["vdn_id"] = 25.into();
    prior["id"] = format!("25/46/{id}").into();
    prior["call_batch_id"] = id.clone().into();
    let provider = &mut target.provider;
    let seen = read(provider, &prior).await;
    assert_eq!(json(seen.new_state.as_ref())["status"], 1);
    let invoked = invoke(provider, PAUSE_BATCH, &call_batch(46, &id)).await;
    assert_no_diagnostics(&invoked.diagnostics);
    let seen = read(provider, &prior).await;
    assert_eq!(json(seen.new_state.as_ref())["status"], 2);
}
