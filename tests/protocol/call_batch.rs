//! The life of a call batch, call by call.

use isales_simulator::{
    CallBatchChange, CallBatchLimit, CampaignStatus, Fault, Latency, ResultCode, Script, Simulator,
};
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{ResourceIdentityData, list_resource, validate_resource_config};
use tokio::task::JoinSet;

use test_support::{
    call_batch::{TYPE, apply, config, destroy, only, path, plan, read},
    calls::{import_by_id, import_by_identity, list},
    target::Target,
    values::{UNKNOWN, assert_no_diagnostics, errors, json, value, warnings},
};

fn identity_of(data: Option<&ResourceIdentityData>) -> Json {
    json(data.expect("an identity").identity_data.as_ref())
}

/// Creates a batch and returns its state.
async fn create(target: &mut Target, config: &Json) -> Json {
    let planned = plan(&mut target.provider, &Json::Null, config).await;
    assert_no_diagnostics(&planned.diagnostics);
    let made = apply(&mut target.provider, &Json::Null, &planned).await;
    assert_no_diagnostics(&made.diagnostics);
    json(made.new_state.as_ref())
}

/// The number of requests for lists of call batches.
fn lists(simulator: &Simulator) -> usize {
    let requests = simulator.requests();
    let lists = requests.iter().filter(|one| one.path.ends_with("/list"));
    lists.count()
}

#[tokio::test]
async fn a_batch_is_planned_created_read_changed_and_deleted() {
    let mut target = Target::start().await;
    let planned = plan(&mut target.provider, &Json::Null, &config(46, "a", 1)).await;
    assert_no_diagnostics(&planned.diagnostics);
    let promise = json(planned.planned_state.as_ref());
    assert_eq!(promise["vdn_id"], 25);
    assert_eq!(
        (&promise["id"], &promise["call_batch_id"]),
        (&json!(UNKNOWN), &json!(UNKNOWN))
    );
    assert_eq!(planned.planned_identity, None);

    let made = apply(&mut target.provider, &Json::Null, &planned).await;
    assert_no_diagnostics(&made.diagnostics);
    let state = json(made.new_state.as_ref());
    let id = only(&target.simulator, 46).id;
    assert_eq!(state["call_batch_id"], id);
    assert_eq!(state["id"], format!("25/46/{id}"));
    let identity = json!({"vdn_id": 25, "campaign_id": 46, "call_batch_id": id});
    assert_eq!(identity_of(made.new_identity.as_ref()), identity);

    let seen = read(&mut target.provider, &state).await;
    assert_no_diagnostics(&seen.diagnostics);
    assert_eq!(json(seen.new_state.as_ref()), state);
    let unchanged = plan(&mut target.provider, &state, &config(46, "a", 1)).await;
    assert_eq!(json(unchanged.planned_state.as_ref()), state);
    let replacement = plan(&mut target.provider, &state, &config(47, "a", 1)).await;
    assert_eq!(replacement.requires_replace.len(), 1);

    let change = plan(&mut target.provider, &state, &config(46, "b", 2)).await;
    assert!(change.requires_replace.is_empty());
    assert_eq!(json(change.planned_state.as_ref())["call_batch_id"], id);
    let changed = apply(&mut target.provider, &state, &change).await;
    assert_no_diagnostics(&changed.diagnostics);
    let state = json(changed.new_state.as_ref());
    let kept = only(&target.simulator, 46);
    assert_eq!((kept.name.as_str(), kept.status, &kept.id), ("b", 2, &id));
    assert_eq!((&state["name"], &state["status"]), (&json!("b"), &json!(2)));

    let gone = destroy(&mut target.provider, &state).await;
    assert_no_diagnostics(&gone.diagnostics);
    assert_eq!(json(gone.new_state.as_ref()), Json::Null);
    assert_eq!(target.simulator.call_batches(25, 46), []);
    let again = destroy(&mut target.provider, &state).await;
    assert_no_diagnostics(&again.diagnostics);
    target.begin_run().await;
    let seen = read(&mut target.provider, &state).await;
    assert_eq!(json(seen.new_state.as_ref()), Json::Null);
}

#[tokio::test]
async fn a_status_that_is_left_out_is_not_managed() {
    let mut target = Target::start().await;
    let wanted = config(46, "a", Json::Null);
    let state = create(&mut target, &wanted).await;
    assert_eq!(
        (&state["status"], only(&target.simulator, 46).status),
        (&json!(2), 2)
    );
    let requests = target.simulator.requests();
    let post = requests.iter().find(|one| one.method == "POST");
    assert_eq!(post.unwrap().body, r#"{"name":"a"}"#);

    let id = only(&target.simulator, 46).id;
    target
        .simulator
        .change_call_batch(25, 46, &id, CallBatchChange::Status(1));
    let seen = read(&mut target.provider, &state).await;
    let state = json(seen.new_state.as_ref());
    assert_eq!(state["status"], 1);
    let unchanged = plan(&mut target.provider, &state, &wanted).await;
    assert_eq!(json(unchanged.planned_state.as_ref()), state);
    // A rename leaves it alone, too.
    let change = plan(&mut target.provider, &state, &config(46, "b", Json::Null)).await;
    let changed = apply(&mut target.provider, &state, &change).await;
    assert_no_diagnostics(&changed.diagnostics);
    assert_eq!(only(&target.simulator, 46).status, 1);
}

#[tokio::test]
async fn a_status_that_the_reference_does_not_list_is_no_drift() {
    let mut target = Target::start().await;
    let state = create(&mut target, &config(46, "a", 1)).await;
    let id = only(&target.simulator, 46).id;
    target
        .simulator
        .change_call_batch(25, 46, &id, CallBatchChange::Status(7));
    target.begin_run().await;
    let seen = read(&mut target.provider, &state).await;
    assert_no_diagnostics(&seen.diagnostics);
    assert_eq!(json(seen.new_state.as_ref()), state);
    // A change of the configuration is carried out nevertheless.
    let change = plan(&mut target.provider, &state, &config(46, "a", 2)).await;
    let changed = apply(&mut target.provider, &state, &change).await;
    assert_no_diagnostics(&changed.diagnostics);
    assert_eq!(only(&target.simulator, 46).status, 2);

    // An import shows no status, so its generated configuration does not manage it.
    target
        .simulator
        .change_call_batch(25, 46, &id, CallBatchChange::Status(7));
    target.begin_run().await;
    let imported = import_by_id(&mut target.provider, TYPE, &format!("25/46/{id}")).await;
    let state = json(imported.imported_resources[0].state.as_ref());
    assert_eq!(state["status"], Json::Null);
    let unchanged = plan(&mut target.provider, &state, &config(46, "a", Json::Null)).await;
    assert_eq!(json(unchanged.planned_state.as_ref()), state);
    let change = plan(&mut target.provider, &state, &config(46, "b", Json::Null)).await;
    let changed = apply(&mut target.provider, &state, &change).await;
    assert_no_diagnostics(&changed.diagnostics);
    assert_eq!(json(changed.new_state.as_ref())["status"], Json::Null);
}

#[tokio::test]
async fn a_batch_that_has_the_status_already_is_done() {
    let mut target = Target::start().await;
    let state = create(&mut target, &config(46, "a", 1)).await;
    let id = only(&target.simulator, 46).id;
    let change = plan(&mut target.provider, &state, &config(46, "a", 2)).await;
    // Somebody else pauses it between plan and apply.
    target
        .simulator
        .change_call_batch(25, 46, &id, CallBatchChange::Status(2));
    let changed = apply(&mut target.provider, &state, &change).await;
    assert_no_diagnostics(&changed.diagnostics);
    assert_eq!(json(changed.new_state.as_ref())["status"], 2);
}

#[tokio::test]
async fn a_rename_is_kept_if_the_pause_after_it_fails() {
    let mut target = Target::start().await;
    let state = create(&mut target, &config(46, "a", 1)).await;
    let change = plan(&mut target.provider, &state, &config(46, "b", 2)).await;
    target
        .simulator
        .set_campaign_status(25, 46, CampaignStatus::Suspended);
    let changed = apply(&mut target.provider, &state, &change).await;
    let messages = errors(&changed.diagnostics);
    assert!(messages[0].contains("could not be paused"), "{messages:?}");
    assert!(messages[0].contains("03000002"), "{messages:?}");
    let state = json(changed.new_state.as_ref());
    assert_eq!((&state["name"], &state["status"]), (&json!("b"), &json!(1)));
    assert_eq!(only(&target.simulator, 46).name, "b");
}

#[tokio::test]
async fn a_name_that_is_used_is_refused_and_shown() {
    let mut target = Target::start().await;
    let id = target.simulator.add_call_batch(25, 46, "a", 1).unwrap();
    let planned = plan(&mut target.provider, &Json::Null, &config(46, "a", 1)).await;
    let made = apply(&mut target.provider, &Json::Null, &planned).await;
    let messages = errors(&made.diagnostics);
    assert_eq!(messages.len(), 1);
    assert!(messages[0].starts_with("name: "), "{messages:?}");
    assert!(
        messages[0].contains(&format!("importing 25/46/{id}")),
        "{messages:?}"
    );
    assert_eq!(json(made.new_state.as_ref()), Json::Null);
    assert_eq!(target.simulator.counters().call_batches_created, 0);
}

#[tokio::test]
async fn a_create_without_an_answer_is_found_by_its_name() {
    let mut target = Target::start().await;
    let planned = plan(&mut target.provider, &Json::Null, &config(46, "a", 1)).await;
    let lost = Script::fault(Fault::ResetAfterStored).path(&path(46, "create"));
    target.simulator.script(lost);
    // Nor does the list say what became of it.
    let list = path(46, "list");
    target.simulator.script(Script::pass().path(&list));
    target
        .simulator
        .script(Script::code(ResultCode::ParameterError).path(&list));
    let made = apply(&mut target.provider, &Json::Null, &planned).await;
    let messages = errors(&made.diagnostics);
    assert!(
        messages[0].contains("may have taken effect"),
        "{messages:?}"
    );
    assert!(messages[0].contains("terraform untaint"), "{messages:?}");
    let state = json(made.new_state.as_ref());
    assert_eq!(
        (&state["name"], &state["call_batch_id"]),
        (&json!("a"), &Json::Null)
    );

    target.begin_run().await;
    let seen = read(&mut target.provider, &state).await;
    let found = json(seen.new_state.as_ref());
    assert_eq!(found["call_batch_id"], only(&target.simulator, 46).id);
    let unchanged = plan(&mut target.provider, &found, &config(46, "a", 1)).await;
    assert_eq!(json(unchanged.planned_state.as_ref()), found);
    // Without a refresh in between, the name is enough for a destroy.
    let gone = destroy(&mut target.provider, &state).await;
    assert_no_diagnostics(&gone.diagnostics);
    assert_eq!(target.simulator.call_batches(25, 46), []);
    let seen = read(&mut target.provider, &state).await;
    assert_eq!(json(seen.new_state.as_ref()), Json::Null);
    assert_eq!(target.simulator.counters().call_batches_created, 1);
}

#[tokio::test]
async fn a_batch_is_imported_by_id_and_by_identity() {
    let mut target = Target::start().await;
    let id = target.simulator.add_call_batch(25, 46, "a", 1).unwrap();
    let identity = json!({"vdn_id": 25, "campaign_id": 46, "call_batch_id": id});
    let short = json!({"vdn_id": null, "campaign_id": 46, "call_batch_id": id});
    let provider = &mut target.provider;
    for imported in [
        import_by_id(provider, TYPE, &format!("25/46/{id}")).await,
        import_by_id(provider, TYPE, &format!("46/{id}")).await,
        import_by_identity(provider, TYPE, &identity).await,
        import_by_identity(provider, TYPE, &short).await,
    ] {
        assert_no_diagnostics(&imported.diagnostics);
        let [found] = &imported.imported_resources[..] else {
            panic!("{imported:?}");
        };
        assert_eq!(identity_of(found.identity.as_ref()), identity);
        let state = json(found.state.as_ref());
        let seen = read(provider, &state).await;
        assert_eq!(json(seen.new_state.as_ref()), state);
        assert_eq!(identity_of(seen.new_identity.as_ref()), identity);
        let plan = plan(provider, &state, &config(46, "a", 1)).await;
        assert_eq!(json(plan.planned_state.as_ref()), state);
    }
    for wrong in ["25/46/1", "25/48/1", "25/46/", "46", "x/1", "25/46/1/2", ""] {
        let refused = import_by_id(provider, TYPE, wrong).await;
        assert!(refused.imported_resources.is_empty());
        assert_eq!(errors(&refused.diagnostics).len(), 1, "{wrong}");
    }
}

#[tokio::test]
async fn names_and_statuses_are_judged_at_plan() {
    let mut target = Target::start().await;
    for (name, status, parts) in [
        ("", json!(1), vec!["name: ", "must not be empty"]),
        ("a/b", json!(1), vec!["name: ", "must not contain /"]),
        ("a~", json!(1), vec!["name: ", "must not contain ~"]),
        ("a\\", json!(1), vec!["name: ", "must not contain \\"]),
        (&"é".repeat(256), json!(1), vec!["name: ", "255 characters"]),
        ("a", json!(0), vec!["status: ", "from 1 to 2"]),
        ("a", json!(3), vec!["status: ", "from 1 to 2"]),
    ] {
        let request = validate_resource_config::Request {
            type_name: TYPE.to_owned(),
            config: Some(value(&config(46, name, status))),
            client_capabilities: None,
        };
        let validated = target.provider.validate_resource_config(request).await;
        let messages = errors(&validated.unwrap().into_inner().diagnostics);
        assert_eq!(messages.len(), 1, "{messages:?}");
        for part in parts {
            assert!(messages[0].contains(part), "{messages:?}");
        }
    }
}

fn query(config: Json) -> list_resource::Request {
    list_resource::Request {
        type_name: TYPE.to_owned(),
        config: Some(value(&config)),
        include_resource_object: true,
        limit: 0,
    }
}

#[tokio::test]
async fn batches_are_found_in_one_campaign_and_in_all() {
    let mut target = Target::with(Simulator::builder().campaigns(25, 1..=5)).await;
    for (campaign, name, status) in [(2, "te-1", 1), (2, "te-2", 2), (4, "other", 1)] {
        target.simulator.add_call_batch(25, campaign, name, status);
    }
    let everything = json!({
        "vdn_id": null, "campaign_id": null, "name": null, "status": null, "timeouts": null,
    });
    let with = |name: &str, argument: Json| {
        let mut config = everything.clone();
        config[name] = argument;
        config
    };
    for (config, names) in [
        (everything.clone(), vec!["te-1", "te-2", "other"]),
        (with("campaign_id", json!(2)), vec!["te-1", "te-2"]),
        (with("campaign_id", json!(3)), vec![]),
        (with("name", json!("te")), vec!["te-1", "te-2"]),
        (with("status", json!(1)), vec!["te-1", "other"]),
    ] {
        let found = list(&mut target.provider, query(config)).await;
        for event in &found {
            assert_no_diagnostics(&event.diagnostic);
        }
        let objects: Vec<_> = found
            .iter()
            .map(|event| json(event.resource_object.as_ref()))
            .collect();
        let found_names: Vec<_> = objects
            .iter()
            .map(|one| one["name"].as_str().unwrap())
            .collect();
        assert_eq!(found_names, names);
        for (event, object) in found.iter().zip(&objects) {
            let identity = identity_of(event.identity.as_ref());
            assert_eq!(identity["call_batch_id"], object["call_batch_id"]);
            let id = object["id"].as_str().unwrap();
            assert!(
                event.display_name.ends_with(&format!("({id})")),
                "{}",
                event.display_name
            );
        }
    }

    // A campaign whose list cannot be read is left out with a warning.
    target
        .simulator
        .script(Script::reply(200, "{}").path(&path(2, "list")));
    let found = list(&mut target.provider, query(everything.clone())).await;
    assert_eq!(found.len(), 2);
    assert!(warnings(&found[0].diagnostic)[0].contains("25/2"));
    target
        .simulator
        .script(Script::reply(200, "{}").path(&path(2, "list")));
    let found = list(&mut target.provider, query(with("campaign_id", json!(2)))).await;
    assert_eq!(errors(&found[0].diagnostic).len(), 1);
}

/// A thousand batches in ten campaigns, and their states.
async fn thousand() -> (Target, Vec<Json>) {
    let target = Target::with(Simulator::builder().campaigns(25, 1..=10)).await;
    let mut states = Vec::new();
    for campaign in 1..=10 {
        for number in 0..100 {
            let name = format!("batch-{number}");
            let id = target
                .simulator
                .add_call_batch(25, campaign, &name, 1)
                .unwrap();
            let mut state = config(campaign, &name, 1);
            state["vdn_id"] = json!(25);
            state["call_batch_id"] = json!(id);
            state["id"] = json!(format!("25/{campaign}/{id}"));
            states.push(state);
        }
    }
    // Terraform reads in no particular order.
    mix(&mut states);
    (target, states)
}

/// Mixes the campaigns: every tenth state, from each start.
fn mix(states: &mut Vec<Json>) {
    let mixed = (0..100).flat_map(|start| states.iter().skip(start).step_by(100));
    *states = mixed.cloned().collect();
}

#[tokio::test]
async fn a_refresh_of_a_thousand_batches_requests_each_list_once() {
    let (target, states) = thousand().await;
    let mut reads = JoinSet::new();
    let places = std::sync::Arc::new(tokio::sync::Semaphore::new(10));
    for state in states {
        let (mut provider, places) = (target.provider.clone(), places.clone());
        reads.spawn(async move {
            let _place = places.acquire().await.unwrap();
            let seen = read(&mut provider, &state).await;
            assert_no_diagnostics(&seen.diagnostics);
            assert_eq!(json(seen.new_state.as_ref()), state);
        });
    }
    assert_eq!(reads.join_all().await.len(), 1000);
    assert_eq!(target.simulator.requests().len(), 10);
}

#[tokio::test]
async fn what_is_read_after_a_write_is_as_new_as_the_write() {
    let mut target = Target::start().await;
    let first = create(&mut target, &config(46, "a", 1)).await;
    read(&mut target.provider, &first).await;
    let before = lists(&target.simulator);
    read(&mut target.provider, &first).await;
    assert_eq!(lists(&target.simulator), before);
    let second = create(&mut target, &config(46, "b", 1)).await;
    let seen = read(&mut target.provider, &second).await;
    assert_eq!(json(seen.new_state.as_ref()), second);
    let change = plan(&mut target.provider, &first, &config(46, "c", 2)).await;
    let changed = apply(&mut target.provider, &first, &change).await;
    let changed = json(changed.new_state.as_ref());
    let seen = read(&mut target.provider, &changed).await;
    assert_eq!(json(seen.new_state.as_ref()), changed);
    destroy(&mut target.provider, &second).await;
    let seen = read(&mut target.provider, &second).await;
    assert_eq!(json(seen.new_state.as_ref()), Json::Null);
    // Another run reads again.
    let before = lists(&target.simulator);
    target.begin_run().await;
    read(&mut target.provider, &changed).await;
    assert_eq!(lists(&target.simulator), before + 1);
}

#[tokio::test]
async fn a_thousand_batches_of_one_campaign_are_not_created_one_by_one() {
    const AT_A_TIME: usize = 10;
    let limit = CallBatchLimit::new(1000).unwrap();
    let builder = Simulator::builder()
        .campaign(25, 46)
        .call_batch_limit(limit);
    let target = Target::with(builder).await;
    target
        .simulator
        .set_latency(Latency::before(std::time::Duration::from_millis(5)));
    let places = std::sync::Arc::new(tokio::sync::Semaphore::new(AT_A_TIME));
    let mut creates = JoinSet::new();
    for number in 0..1000 {
        let (mut provider, places) = (target.provider.clone(), places.clone());
        creates.spawn(async move {
            let _place = places.acquire().await.unwrap();
            let config = config(46, &format!("batch {number:03}"), 1);
            let planned = plan(&mut provider, &Json::Null, &config).await;
            let made = apply(&mut provider, &Json::Null, &planned).await;
            assert_no_diagnostics(&made.diagnostics);
        });
    }
    assert_eq!(creates.join_all().await.len(), 1000);
    assert_eq!(target.simulator.call_batches(25, 46).len(), 1000);
    let counters = target.simulator.counters();
    assert_eq!(counters.max_concurrent, AT_A_TIME);
    // The list of the name before each create, the create, and the list that shows it.
    assert_eq!(counters.requests, 3000);
}
