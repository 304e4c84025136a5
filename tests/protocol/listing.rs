//! List resources, which Terraform asks for from 1.14 on.

use std::{fs, time::Duration};

use isales_simulator::{CallBatchChange, Latency, Script, Simulator};
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{
    get_provider_schema, list_resource, stop_provider, validate_list_resource_config,
};
use tonic::Streaming;

use test_support::{
    call_batch, call_result,
    host::{Launch, patiently, until},
    retry_policy::{TYPE, apply, config, path, plan, read},
    special_date,
    target::{Provider, Target},
    values::{assert_no_diagnostics, errors, json, null, value, warnings},
};

/// Longer than the test waits for anything.
const FOREVER: Duration = Duration::from_secs(600);

type Events = Streaming<list_resource::Event>;

fn everything() -> Json {
    json!({
        "vdn_id": null, "name": null, "status": null, "device_type": null, "begin_time": null,
        "end_time": null, "timeouts": null,
    })
}

async fn list(provider: &mut Provider, request: list_resource::Request) -> Events {
    provider.list_resource(request).await.unwrap().into_inner()
}

fn request(config: &Json) -> list_resource::Request {
    list_resource::Request {
        type_name: TYPE.to_owned(),
        config: Some(value(config)),
        include_resource_object: false,
        limit: 0,
    }
}

async fn collect(mut events: Events) -> Vec<list_resource::Event> {
    let mut all = Vec::new();
    while let Some(event) = patiently("an event", events.message()).await.unwrap() {
        all.push(event);
    }
    all
}

fn campaign_of(event: &list_resource::Event) -> i64 {
    let identity = event.identity.as_ref().expect("an identity");
    json(identity.identity_data.as_ref())["campaign_id"]
        .as_i64()
        .unwrap()
}

/// Campaigns 1 to 5, of which 2 and 4 have a policy.
async fn two_of_five() -> Target {
    let target = Target::with(Simulator::builder().campaigns(25, 1..=5)).await;
    for campaign in [2, 4] {
        let policy = "[{'type':0,'retryTimes':3,'retryDay':2}]";
        target
            .simulator
            .set_policy(25, campaign, 0, policy)
            .unwrap();
    }
    target
}

#[tokio::test]
async fn policies_are_found_with_and_without_their_objects() {
    let mut target = two_of_five().await;
    let bare = collect(list(&mut target.provider, request(&everything())).await).await;
    assert_eq!(bare.iter().map(campaign_of).collect::<Vec<_>>(), [2, 4]);
    for event in &bare {
        assert_no_diagnostics(&event.diagnostic);
        assert_eq!(event.resource_object, None);
        let name = format!("(25/{})", campaign_of(event));
        assert!(
            event.display_name.ends_with(&name),
            "{}",
            event.display_name
        );
    }

    // A `config` block that is left out is null.
    let whole = list_resource::Request {
        config: Some(null()),
        include_resource_object: true,
        ..request(&everything())
    };
    let whole = collect(list(&mut target.provider, whole).await).await;
    assert_eq!(whole.len(), 2);
    let object = json(whole[0].resource_object.as_ref());
    assert_eq!(object["id"], "25/2");
    assert_eq!(object["policy_json"][0]["retry_times"], 3);
    // The object is of the managed resource's type, attribute by attribute.
    let schema = target
        .provider
        .get_provider_schema(get_provider_schema::Request::default());
    let schema = schema.await.unwrap().into_inner().resource_schemas[TYPE].clone();
    let attributes = schema.block.unwrap().attributes;
    let object = object.as_object().unwrap();
    assert_eq!(object.len(), attributes.len());
    assert!(
        attributes
            .iter()
            .all(|attribute| object.contains_key(&attribute.name))
    );
}

#[tokio::test]
async fn the_name_of_a_campaign_does_not_control_the_terminal() {
    let mut target = two_of_five().await;
    let hostile = "a\u{1b}[2J\nb\u{9b}31m\u{202e}c";
    target.simulator.name_campaign(25, 2, hostile);
    target
        .simulator
        .name_campaign(25, 4, &"x\u{1b}".repeat(100_000));
    let found = collect(list(&mut target.provider, request(&everything())).await).await;
    let names: Vec<_> = found.iter().map(|event| &*event.display_name).collect();
    assert_eq!(names[0], "a\\u{1b}[2J\\nb\\u{9b}31m\\u{202e}c (25/2)");
    assert!(names[1].chars().count() < 150, "{}", names[1].len());
    assert!(names[1].starts_with("x\\u{1b}x") && names[1].ends_with("… (25/4)"));
}

#[tokio::test]
async fn the_names_of_other_objects_do_not_control_it_either() {
    let mut target = two_of_five().await;
    let (hostile, shown) = ("a\u{1b}[2J\nb", "a\\u{1b}[2J\\nb");
    let simulator = &target.simulator;
    let id = simulator.add_call_batch(25, 2, "x", 1).unwrap();
    let renamed = CallBatchChange::Name(hostile.to_owned());
    assert!(simulator.change_call_batch(25, 2, &id, renamed));
    let date = json!({"name": hostile, "type": 1, "week": "6,7"});
    let date = serde_json::from_value(date).unwrap();
    simulator.add_special_date(25, 2, date).unwrap();
    simulator.add_call_result(25, hostile, hostile, &["00602"]);
    for (type_name, config) in [
        (
            call_batch::TYPE,
            json!({
                "vdn_id": null, "campaign_id": null, "name": null, "status": null, "timeouts": null,
            }),
        ),
        (
            special_date::TYPE,
            json!({"vdn_id": null, "campaign_id": null, "timeouts": null}),
        ),
        (call_result::TYPE, json!({"vdn_id": null, "timeouts": null})),
    ] {
        let request = list_resource::Request {
            type_name: type_name.to_owned(),
            ..request(&config)
        };
        let found = collect(list(&mut target.provider, request).await).await;
        let names = found.iter().map(|event| &*event.display_name);
        let names: Vec<_> = names.filter(|name| name.starts_with(shown)).collect();
        assert_eq!(names.len(), 1, "{found:?}");
        assert!(!names[0].contains(char::is_control), "{names:?}");
    }
}

#[tokio::test]
async fn a_list_that_nobody_reads_holds_up_nobody() {
    let simulator = Simulator::builder().campaigns(25, 1..=100);
    let one = json!({"max_concurrent_requests": 1});
    let mut target = Target::configured(simulator, one).await;
    // All of them are more than fits on the way to a reader.
    let long = "x".repeat(200_000);
    let policy = format!("[{{'type':0,'retryTimes':1,'retryDay':1,'noRetryPolicy':['{long}']}}]");
    for campaign in 1..=100 {
        target
            .simulator
            .set_policy(25, campaign, 0, &policy)
            .unwrap();
    }
    let planned = plan(&mut target.provider, &Json::Null, &config(46, 1)).await;
    let made = apply(&mut target.provider, &Json::Null, &planned).await;
    let state = json(made.new_state.as_ref());

    let whole = list_resource::Request {
        include_resource_object: true,
        ..request(&everything())
    };
    target.simulator.clear_requests();
    let events = list(&mut target.provider, whole).await;
    // The list stands still as soon as nothing fits on the way to its reader.
    let mut before = 0;
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let now = target.simulator.requests().len();
        if now == before && now >= 10 {
            break;
        }
        before = now;
    }
    assert!(before < 100, "{before} requests");
    let read = read(&mut target.provider, &state, made.private);
    let seen = patiently("a read while the list stands still", read).await;
    assert_no_diagnostics(&seen.diagnostics);
    assert_eq!(json(seen.new_state.as_ref()), state);
    drop(events);
}

#[tokio::test]
async fn a_limit_ends_the_list() {
    let mut target = two_of_five().await;
    let limited = list_resource::Request {
        limit: 1,
        ..request(&everything())
    };
    let found = collect(list(&mut target.provider, limited).await).await;
    assert_eq!(found.iter().map(campaign_of).collect::<Vec<_>>(), [2]);
}

#[tokio::test]
async fn one_unreadable_policy_is_left_out_with_a_warning() {
    let mut target = two_of_five().await;
    let unreadable = Script::reply(200, "{}").path(&path(2));
    target.simulator.script(unreadable);
    let found = collect(list(&mut target.provider, request(&everything())).await).await;
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].identity, None);
    let messages = warnings(&found[0].diagnostic);
    assert!(messages[0].contains("25/2"), "{messages:?}");
    assert_eq!(campaign_of(&found[1]), 4);
}

#[tokio::test]
async fn a_list_that_cannot_go_on_ends_with_an_error() {
    let mut target = two_of_five().await;
    target
        .simulator
        .script(Script::reply(401, "{}").times(u32::MAX));
    let found = collect(list(&mut target.provider, request(&everything())).await).await;
    assert_eq!(found.len(), 1);
    assert_eq!(errors(&found[0].diagnostic).len(), 1);

    let unknown = list_resource::Request {
        type_name: "isales_nothing".to_owned(),
        ..request(&everything())
    };
    let found = collect(list(&mut target.provider, unknown).await).await;
    assert_eq!(errors(&found[0].diagnostic).len(), 1);
}

#[tokio::test]
async fn a_query_is_validated() {
    let mut target = two_of_five().await;
    let mut config = everything();
    config["vdn_id"] = json!(10_000);
    let validation = |config: Json| validate_list_resource_config::Request {
        type_name: TYPE.to_owned(),
        config: Some(value(&config)),
        include_resource_object: Some(value(&json!(true))),
        limit: Some(value(&json!(100))),
    };
    let validated = target
        .provider
        .validate_list_resource_config(validation(config))
        .await;
    assert_eq!(
        errors(&validated.unwrap().into_inner().diagnostics).len(),
        1
    );
    let validated = target
        .provider
        .validate_list_resource_config(validation(everything()))
        .await;
    assert_no_diagnostics(&validated.unwrap().into_inner().diagnostics);
}

fn resident_kib(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn thousands_of_campaigns_are_walked_page_by_page() {
    let mut target = Target::with(Simulator::builder().campaign(25, 1).data_set(7, 5_000)).await;
    let mut events = list(
        &mut target.provider,
        list_resource::Request {
            include_resource_object: true,
            ..request(&everything())
        },
    )
    .await;
    let mut found = 0;
    let mut early = 0;
    while let Some(event) = patiently("an event", events.message()).await.unwrap() {
        assert_no_diagnostics(&event.diagnostic);
        found += 1;
        if found == 200 {
            early = resident_kib(target.plugin.pid());
        }
    }
    let late = resident_kib(target.plugin.pid());
    eprintln!("{found} policies; {early} KiB resident after 200, {late} KiB at the end");
    assert!(late < early + 4096, "{early} KiB, then {late} KiB");

    let policies = target.simulator.policies();
    let expected = policies.keys().filter(|(vdn_id, _)| *vdn_id == 25).count();
    assert_eq!(found, expected);
    let pages = target.simulator.requests();
    let pages: Vec<_> = pages
        .iter()
        .filter(|request| request.path.ends_with("/25"))
        .collect();
    assert!(pages.len() >= 50, "{} pages", pages.len());
    assert!(pages.iter().all(|page| {
        page.query
            .as_deref()
            .is_some_and(|query| query.contains("rowsPerPage=100"))
    }));
}

/// A walk over thousands of campaigns, of which this many results were taken.
async fn begun(results: usize) -> (Target, Events) {
    let launch = Launch::hosted().env("TF_LOG", "DEBUG");
    let simulator = Simulator::builder().campaign(25, 1).data_set(7, 2_000);
    let mut target = Target::launched(launch, simulator, json!({})).await;
    let mut events = list(&mut target.provider, request(&everything())).await;
    for _ in 0..results {
        let event = patiently("an event", events.message()).await.unwrap();
        assert_no_diagnostics(&event.expect("more results").diagnostic);
    }
    (target, events)
}

#[tokio::test]
async fn a_host_that_hangs_up_ends_the_walk() {
    let (mut target, events) = begun(3).await;
    drop(events);
    target
        .plugin
        .stderr_line("the host has hung up; the list ends")
        .await;
    let asked = target.simulator.requests().len();
    assert!(asked < 1_000, "{asked} requests");
}

#[tokio::test]
async fn a_stop_ends_the_walk_with_an_error() {
    let (mut target, events) = begun(3).await;
    target.simulator.set_latency(Latency::before(FOREVER));
    let reader = tokio::spawn(collect(events));
    // What was answered before is still on its way, until the next request is one that hangs.
    until("a request without a reply", || {
        target.simulator.requests().last().unwrap().status.is_none()
    })
    .await;
    let stop = stop_provider::Request::default();
    target.provider.stop_provider(stop).await.unwrap();
    let rest = patiently("the end of the list", reader).await.unwrap();
    let (last, found) = rest.split_last().expect("a last word");
    let messages = errors(&last.diagnostic);
    assert!(messages[0].contains("cancelled"), "{messages:?}");
    assert!(found.len() < 500, "{} results", found.len());
    for event in found {
        assert_no_diagnostics(&event.diagnostic);
    }

    target.simulator.set_latency(Latency::default());
    let limited = list_resource::Request {
        limit: 1,
        ..request(&everything())
    };
    let again = collect(list(&mut target.provider, limited).await).await;
    assert_no_diagnostics(&again[0].diagnostic);
}
