//! Actions, which Terraform invokes from 1.14 on.

use std::time::Duration;

use isales_simulator::{CampaignStatus, Latency, ResultCode, Script, Simulator};
use nix::sys::signal::Signal;
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{
    deferred, get_metadata, get_provider_schema, invoke_action::event::Type, plan_resource_change,
    stop_provider,
};

use test_support::{
    actions::{
        PAUSE, PAUSE_BATCH, RESUME, RESUME_BATCH, around_an_update, begin, campaign, invoke, plan,
        validate,
    },
    host::{Launch, patiently, until},
    retry_policy,
    target::{Target, configure},
    values::{UNKNOWN, assert_no_diagnostics, errors, json as state, warnings},
};

/// Longer than the test waits for anything.
const FOREVER: Duration = Duration::from_secs(600);

const DETAIL: &str = "/rest/isales/v1/openapi/campaigns/25/46";

/// The methods of the requests so far, with the ends of their paths.
fn requests(simulator: &Simulator) -> Vec<String> {
    let requests = simulator.requests().into_iter();
    requests
        .map(|request| {
            let end = request.path.rsplit('/').next().unwrap();
            format!("{} {end}", request.method)
        })
        .collect()
}

/// A reply of the detail with this status, whatever the campaign's is.
fn detail(status: impl ToString) -> Script {
    let status = status.to_string();
    let body = format!(
        r#"{{"resultCode":"0200000","returnObject":{{"name":"Renewal","status":{status}}}}}"#
    );
    Script::reply(200, body).method("GET").path(DETAIL)
}

fn status(target: &Target) -> CampaignStatus {
    target.simulator.campaign_status(25, 46).unwrap()
}

#[tokio::test]
async fn the_actions_are_offered_with_their_schemas() {
    let plugin = Launch::hosted().start().await;
    let mut provider = plugin.provider().await;
    let request = get_provider_schema::Request::default();
    let schemas = provider.get_provider_schema(request).await.unwrap();
    let schemas = schemas.into_inner().action_schemas;
    let mut offered: Vec<_> = schemas.keys().cloned().collect();
    offered.sort();
    assert_eq!(offered, [PAUSE_BATCH, RESUME_BATCH, PAUSE, RESUME]);
    for (name, schema) in &schemas {
        let block = schema.schema.clone().unwrap().block.unwrap();
        assert!(!block.description.is_empty());
        assert!(
            block
                .attributes
                .iter()
                .all(|one| !one.description.is_empty())
        );
        let attributes = block.attributes.iter();
        let attributes: Vec<_> = attributes.map(|one| (&*one.name, one.required)).collect();
        let mut expected = vec![
            ("vdn_id", false),
            ("campaign_id", true),
            ("timeouts", false),
        ];
        if [PAUSE_BATCH, RESUME_BATCH].contains(&name.as_str()) {
            expected.insert(2, ("call_batch_id", true));
        }
        assert_eq!(attributes, expected);
    }
    let request = get_metadata::Request::default();
    let metadata = provider.get_metadata(request).await.unwrap().into_inner();
    let named: Vec<_> = metadata
        .actions
        .into_iter()
        .map(|one| one.type_name)
        .collect();
    assert_eq!(named, offered);
}

#[tokio::test]
async fn a_campaign_is_paused_and_resumed() {
    let mut target = Target::start().await;
    let config = campaign(46);
    for (action, verb, doing, done, after) in [
        (
            PAUSE,
            "pause",
            "Pausing",
            "Paused",
            CampaignStatus::Suspended,
        ),
        (
            RESUME,
            "resume",
            "Resuming",
            "Resumed",
            CampaignStatus::Running,
        ),
    ] {
        target.simulator.clear_requests();
        let provider = &mut target.provider;
        assert_no_diagnostics(&validate(provider, action, &config).await);
        let planned = plan(provider, action, &config, false).await;
        assert_no_diagnostics(&planned.diagnostics);
        assert_eq!(planned.deferred, None);
        assert_eq!(target.simulator.requests(), []);

        let invoked = invoke(provider, action, &config).await;
        assert_no_diagnostics(&invoked.diagnostics);
        let progress = [
            format!("{doing} campaign 25/46"),
            format!("{done} campaign 25/46"),
        ];
        assert_eq!(invoked.progress, progress);
        assert_eq!(
            requests(&target.simulator),
            [format!("PUT {verb}"), "GET 46".to_owned()]
        );
        let put = &target.simulator.requests()[0];
        assert_eq!(put.body, "");
        assert_eq!(status(&target), after);
    }
}

#[tokio::test]
async fn a_campaign_that_is_paused_already_is_no_error_and_one_that_never_ran_is() {
    let mut target = Target::start().await;
    for (action, before, refused) in [
        (PAUSE, CampaignStatus::Suspended, false),
        (PAUSE, CampaignStatus::NotBegun, true),
        (PAUSE, CampaignStatus::Finished, true),
        (PAUSE, CampaignStatus::Expired, true),
        (RESUME, CampaignStatus::Running, false),
        // Its status is that of a running campaign, so nothing else can be told.
        (RESUME, CampaignStatus::Finished, false),
        (RESUME, CampaignStatus::Expired, true),
    ] {
        target.simulator.set_campaign_status(25, 46, before);
        target.simulator.clear_requests();
        let invoked = invoke(&mut target.provider, action, &campaign(46)).await;
        let errors = errors(&invoked.diagnostics);
        if refused {
            assert!(errors[0].contains("0200011"), "{before:?}: {errors:?}");
            assert!(errors[0].contains("The campaign 25/46 could not be "));
        } else {
            assert_eq!(errors, [""; 0], "{before:?}");
        }
        assert_eq!(requests(&target.simulator).len(), 2, "one PUT and one GET");
        assert_eq!(status(&target), before);
    }
}

#[tokio::test]
async fn ids_are_validated_before_anything_is_sent() {
    let mut target = Target::start().await;
    let provider = &mut target.provider;
    for (name, wrong, text) in [
        ("vdn_id", json!(0), "from 1 to 9999"),
        ("vdn_id", json!(10_000), "from 1 to 9999"),
        ("campaign_id", json!(0), "from 1 to"),
        ("campaign_id", json!(-46), "from 1 to"),
        ("campaign_id", json!("46.5"), "whole number"),
    ] {
        let mut config = campaign(46);
        config[name] = wrong.clone();
        let found = errors(&validate(provider, PAUSE, &config).await);
        assert_eq!(found.len(), 1, "{name} = {wrong}: {found:?}");
        assert!(found[0].starts_with(&format!("{name}: ")), "{found:?}");
        assert!(found[0].contains(text), "{found:?}");
    }
    let mut config = campaign(46);
    config["timeouts"] = json!({"invoke": "soon"});
    let found = errors(&validate(provider, PAUSE, &config).await);
    assert!(found[0].starts_with("timeouts/invoke: "), "{found:?}");

    let unknown = json!({"vdn_id": UNKNOWN, "campaign_id": UNKNOWN, "timeouts": null});
    assert_no_diagnostics(&validate(provider, PAUSE, &unknown).await);
    let planned = plan(provider, PAUSE, &unknown, false).await;
    assert_no_diagnostics(&planned.diagnostics);
    assert_eq!(target.simulator.requests(), []);
}

#[tokio::test]
async fn a_plan_needs_a_vdn_and_waits_for_a_server_that_is_not_known_yet() {
    let mut target = Target::start().await;
    let arguments = json!({"vdn_id": null});
    configure(&mut target.provider, &target.simulator, &arguments).await;
    let planned = plan(&mut target.provider, PAUSE, &campaign(46), true).await;
    let found = errors(&planned.diagnostics);
    assert!(found[0].starts_with("vdn_id: "), "{found:?}");

    let arguments = json!({"vdn_id": UNKNOWN, "endpoint": UNKNOWN});
    configure(&mut target.provider, &target.simulator, &arguments).await;
    for deferral_allowed in [true, false] {
        let config = campaign(46);
        let planned = plan(&mut target.provider, PAUSE, &config, deferral_allowed).await;
        assert_no_diagnostics(&planned.diagnostics);
        let reason = planned.deferred.map(|deferred| deferred.reason());
        let expected = deferral_allowed.then_some(deferred::Reason::ProviderConfigUnknown);
        assert_eq!(reason, expected);
    }
}

#[tokio::test]
async fn a_campaign_that_does_not_exist_is_an_error_on_its_argument() {
    let mut target = Target::start().await;
    let invoked = invoke(&mut target.provider, PAUSE, &campaign(404)).await;
    let found = errors(&invoked.diagnostics);
    assert!(found[0].starts_with("campaign_id: "), "{found:?}");
    assert!(found[0].contains("0200007"), "{found:?}");
}

#[tokio::test]
async fn a_status_that_lags_is_waited_for_and_reported_while_it_does() {
    let mut target = Target::start().await;
    target.simulator.script(detail(2).times(2));
    let invoked = invoke(&mut target.provider, PAUSE, &campaign(46)).await;
    assert_no_diagnostics(&invoked.diagnostics);
    let progress = [
        "Pausing campaign 25/46",
        "The server still shows status 2 of campaign 25/46, reading again",
        "Paused campaign 25/46",
    ];
    assert_eq!(invoked.progress, progress);
}

#[tokio::test]
async fn a_status_that_never_shows_is_an_error() {
    let mut target = Target::start().await;
    for (action, shown) in [(PAUSE, 2), (RESUME, 3)] {
        target.simulator.script(detail(shown).times(u32::MAX));
        let mut config = campaign(46);
        config["timeouts"] = json!({"invoke": "1s"});
        let invoked = invoke(&mut target.provider, action, &config).await;
        let found = errors(&invoked.diagnostics);
        let expected = format!("still showed status {shown}");
        assert!(found[0].contains(&expected), "{found:?}");
        target.simulator.clear_scripts();
    }
}

#[tokio::test]
async fn a_confirmed_switch_that_cannot_be_read_back_is_a_warning() {
    let mut target = Target::start().await;
    for reading in [detail("null"), Script::reply(403, "").method("GET")] {
        target.simulator.script(reading);
        let invoked = invoke(&mut target.provider, PAUSE, &campaign(46)).await;
        assert_eq!(errors(&invoked.diagnostics), [""; 0]);
        let found = warnings(&invoked.diagnostics);
        assert!(found[0].contains("has confirmed"), "{found:?}");
        assert_eq!(status(&target), CampaignStatus::Suspended);
        invoke(&mut target.provider, RESUME, &campaign(46)).await;
    }
}

#[tokio::test]
async fn an_action_ends_with_its_timeout() {
    let mut target = Target::configured(
        Simulator::builder().campaign(25, 46),
        json!({"request_timeout": "1h"}),
    )
    .await;
    target.simulator.set_latency(Latency::before(FOREVER));
    let mut config = campaign(46);
    config["timeouts"] = json!({"invoke": "1s"});
    let invoked = invoke(&mut target.provider, PAUSE, &config).await;
    let found = errors(&invoked.diagnostics);
    for part in ["took longer than 1s", "raise timeouts.invoke", "cancelled"] {
        assert!(found[0].contains(part), "not {part:?} in {found:?}");
    }
}

#[tokio::test]
async fn progress_comes_while_the_server_is_still_at_work_and_a_stop_ends_it() {
    let mut target = Target::start().await;
    target.simulator.set_latency(Latency::before(FOREVER));
    let mut events = begin(&mut target.provider, PAUSE, &campaign(46)).await;
    let Some(Type::Progress(first)) = events.next().await else {
        panic!("no progress");
    };
    assert_eq!(first.message, "Pausing campaign 25/46");
    until("the request", || !target.simulator.requests().is_empty()).await;
    let stop = stop_provider::Request::default();
    target.provider.stop_provider(stop).await.unwrap();
    let ended = patiently("the end of the action", events.completed()).await;
    let found = errors(&ended.diagnostics);
    assert!(found[0].contains("cancelled"), "{found:?}");
    assert_eq!(ended.progress, [""; 0]);
    assert_eq!(status(&target), CampaignStatus::Running);

    target.simulator.set_latency(Latency::default());
    let again = invoke(&mut target.provider, PAUSE, &campaign(46)).await;
    assert_no_diagnostics(&again.diagnostics);
}

#[tokio::test]
async fn a_sigterm_ends_the_action_with_its_last_event() {
    let mut target = Target::start().await;
    target.simulator.set_latency(Latency::before(FOREVER));
    let events = begin(&mut target.provider, PAUSE, &campaign(46)).await;
    until("the request", || !target.simulator.requests().is_empty()).await;
    target.plugin.signal(Signal::SIGTERM);
    let ended = patiently("the end of the action", events.completed()).await;
    let found = errors(&ended.diagnostics);
    assert!(found[0].contains("cancelled"), "{found:?}");
}

#[tokio::test]
async fn a_host_that_hangs_up_cancels_the_action() {
    let launch = Launch::hosted().env("TF_LOG", "DEBUG");
    let simulator = Simulator::builder().campaign(25, 46);
    let mut target = Target::launched(launch, simulator, json!({})).await;
    target.simulator.set_latency(Latency::before(FOREVER));
    let events = begin(&mut target.provider, PAUSE, &campaign(46)).await;
    until("the request", || !target.simulator.requests().is_empty()).await;
    drop(events);
    let line = target.plugin.stderr_line("the action is cancelled").await;
    assert!(line.contains(PAUSE), "{line}");
    // What it would have reported is in the log.
    let line = target.plugin.stderr_line("Request Cancelled").await;
    assert!(line.contains(PAUSE), "{line}");
}

/// A policy that exists, and the plan of a change.
async fn change(target: &mut Target) -> (Json, plan_resource_change::Response) {
    let provider = &mut target.provider;
    let planned = retry_policy::plan(provider, &Json::Null, &retry_policy::config(46, 1)).await;
    let created = retry_policy::apply(provider, &Json::Null, &planned).await;
    let prior = state(created.new_state.as_ref());
    let planned = retry_policy::plan(provider, &prior, &retry_policy::config(46, 2)).await;
    (prior, planned)
}

#[tokio::test]
async fn a_policy_is_changed_while_its_campaign_is_paused() {
    let mut target = Target::start().await;
    let (prior, planned) = change(&mut target).await;
    target.simulator.clear_requests();
    let update = async |provider: &mut _| {
        let applied = retry_policy::apply(provider, &prior, &planned).await;
        applied.diagnostics
    };
    let ended = around_an_update(&mut target.provider, 46, update).await;
    assert_eq!(ended, Ok(()));
    let kept = target.simulator.policy(25, 46).unwrap().policy_json;
    assert!(kept.contains("'retryTimes':2"), "{kept}");
    assert_eq!(status(&target), CampaignStatus::Running);
    let requests = requests(&target.simulator);
    let order: Vec<_> = requests
        .iter()
        .filter(|request| !request.starts_with("GET"))
        .collect();
    assert_eq!(order, ["PUT pause", "POST 46", "PUT resume"]);
}

#[tokio::test]
async fn an_update_that_fails_leaves_the_campaign_paused_until_it_is_resumed() {
    let mut target = Target::start().await;
    let (prior, planned) = change(&mut target).await;
    let refused = Script::code(ResultCode::ParameterError);
    target.simulator.script(refused.method("POST"));
    let update = async |provider: &mut _| {
        let applied = retry_policy::apply(provider, &prior, &planned).await;
        applied.diagnostics
    };
    let failed = around_an_update(&mut target.provider, 46, update).await;
    let found = failed.unwrap_err();
    assert!(found[0].contains("0200001"), "{found:?}");
    assert_eq!(status(&target), CampaignStatus::Suspended);

    // terraform apply -invoke=action.isales_campaign_resume.renewal
    let resumed = invoke(&mut target.provider, RESUME, &campaign(46)).await;
    assert_no_diagnostics(&resumed.diagnostics);
    assert_eq!(status(&target), CampaignStatus::Running);
}

#[tokio::test]
async fn a_pause_that_fails_stops_the_update() {
    let mut target = Target::start().await;
    let (prior, planned) = change(&mut target).await;
    target
        .simulator
        .set_campaign_status(25, 46, CampaignStatus::Finished);
    let update = async |provider: &mut _| {
        let applied = retry_policy::apply(provider, &prior, &planned).await;
        applied.diagnostics
    };
    let failed = around_an_update(&mut target.provider, 46, update).await;
    let found = failed.unwrap_err();
    assert!(found[0].contains("0200011"), "{found:?}");
    let kept = target.simulator.policy(25, 46).unwrap().policy_json;
    assert!(kept.contains("'retryTimes':1"), "{kept}");
}
