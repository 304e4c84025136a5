//! Call results, call by call: what Terraform 1.11 cannot show, and requests counted.

use isales_simulator::{Fault, MissingCallResult, Script, Simulator};
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{ResourceIdentityData, list_resource};
use tokio::task::JoinSet;

use test_support::{
    call_result::{TYPE, config, create_path, detail_path, list_path},
    calls::{apply, import_by_id, import_by_identity, list, plan, read},
    target::Target,
    values::{UNKNOWN, assert_no_diagnostics, errors, json, value, warnings},
};

fn identity_of(data: Option<&ResourceIdentityData>) -> Json {
    json(data.expect("an identity").identity_data.as_ref())
}

/// How many requests went to a path of VDN 25, in which a segment `*` stands for any.
fn count(simulator: &Simulator, pattern: &str) -> usize {
    let is = |path: &str| {
        path.split('/').count() == pattern.split('/').count()
            && path
                .split('/')
                .zip(pattern.split('/'))
                .all(|(segment, pattern)| pattern == "*" || pattern == segment)
    };
    let requests = simulator.requests();
    requests.iter().filter(|request| is(&request.path)).count()
}

#[tokio::test]
async fn a_call_result_is_planned_made_imported_and_listed() {
    let mut target = Target::start().await;
    let provider = &mut target.provider;
    let new = config(None, "Text", &["00602"]);
    let planned = plan(provider, TYPE, &Json::Null, &new).await;
    assert_no_diagnostics(&planned.diagnostics);
    let promise = json(planned.planned_state.as_ref());
    assert_eq!(promise["vdn_id"], 25);
    for unknown in ["id", "def_id", "result_code"] {
        assert_eq!(promise[unknown], UNKNOWN, "{unknown}");
    }
    let made = apply(provider, TYPE, &Json::Null, &planned).await;
    assert_no_diagnostics(&made.diagnostics);
    let state = json(made.new_state.as_ref());
    let identity = json!({"vdn_id": 25, "def_id": state["def_id"]});
    assert_eq!(identity_of(made.new_identity.as_ref()), identity);

    let def_id = state["def_id"].as_str().unwrap();
    let without_vdn = json!({"vdn_id": null, "def_id": def_id});
    for imported in [
        import_by_id(provider, TYPE, &format!("25/{def_id}")).await,
        import_by_id(provider, TYPE, def_id).await,
        import_by_identity(provider, TYPE, &identity).await,
        import_by_identity(provider, TYPE, &without_vdn).await,
    ] {
        assert_no_diagnostics(&imported.diagnostics);
        let found = &imported.imported_resources[0];
        assert_eq!(identity_of(found.identity.as_ref()), identity);
        let seen = read(provider, TYPE, &json(found.state.as_ref()), Vec::new()).await;
        assert_eq!(json(seen.new_state.as_ref()), state);
        let unchanged = plan(provider, TYPE, &state, &new).await;
        assert_eq!(json(unchanged.planned_state.as_ref()), state);
    }
    for wrong in ["25/4711", "", "x/1", "25/1/2", "25/."] {
        let refused = import_by_id(provider, TYPE, wrong).await;
        assert_eq!(errors(&refused.diagnostics).len(), 1, "{wrong}");
        assert!(refused.imported_resources.is_empty());
    }

    for include_resource_object in [false, true] {
        let request = list_resource::Request {
            type_name: TYPE.to_owned(),
            config: Some(value(&json!({"vdn_id": null, "timeouts": null}))),
            include_resource_object,
            limit: 0,
        };
        let events = list(provider, request).await;
        // The eight that every VDN has, and this one.
        assert_eq!(events.len(), 9);
        let last = events.last().unwrap();
        assert_no_diagnostics(&last.diagnostic);
        assert_eq!(identity_of(last.identity.as_ref()), identity);
        assert!(last.display_name.contains("Text"), "{}", last.display_name);
        let object = last.resource_object.as_ref();
        assert_eq!(
            object.map(|object| json(Some(object))),
            include_resource_object.then(|| state.clone())
        );
    }
}

#[tokio::test]
async fn a_list_leaves_out_what_cannot_be_read_and_goes_on() {
    let mut target = Target::start().await;
    let broken = Script::reply(200, r#"{"resultCode":"0200000","obResult":7}"#);
    target
        .simulator
        .script(broken.path(&detail_path(25, "1003")));
    let request = list_resource::Request {
        type_name: TYPE.to_owned(),
        config: Some(value(&json!({"vdn_id": 25, "timeouts": null}))),
        include_resource_object: true,
        limit: 0,
    };
    let events = list(&mut target.provider, request).await;
    let found = events.iter().filter(|event| event.identity.is_some());
    assert_eq!(found.count(), 7);
    let said: Vec<_> = events
        .iter()
        .flat_map(|event| warnings(&event.diagnostic))
        .collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("25/1003"), "{said:?}");
}

/// Reads all states at once, as a plan with a high parallelism does. Returns how many are gone.
async fn read_all(target: &Target, states: &[Json]) -> usize {
    let mut running = JoinSet::new();
    for state in states.iter().cloned() {
        let mut provider = target.provider.clone();
        running.spawn(async move {
            let seen = read(&mut provider, TYPE, &state, Vec::new()).await;
            assert_no_diagnostics(&seen.diagnostics);
            let now = json(seen.new_state.as_ref());
            assert!(now.is_null() || now == state, "{now}");
            now.is_null()
        });
    }
    let gone = running.join_all().await;
    gone.into_iter().filter(|is_gone| *is_gone).count()
}

#[tokio::test]
async fn a_plan_of_a_thousand_reads_each_once_and_walks_through_the_list_once_for_those_gone() {
    for missing in [MissingCallResult::Refused, MissingCallResult::Null] {
        let builder = Simulator::builder().campaign(25, 46);
        let mut target = Target::with(builder.missing_call_result(missing)).await;
        let states: Vec<_> = (0..1000)
            .map(|number| {
                let (code, text) = (format!("C{number}"), format!("Text {number}"));
                let def_id = target
                    .simulator
                    .add_call_result(25, &code, &text, &["00602"]);
                let mut state = config(Some(&code), &text, &["00602"]);
                state["id"] = json!(format!("25/{def_id}"));
                state["def_id"] = json!(def_id);
                state["vdn_id"] = json!(25);
                state
            })
            .collect();
        assert_eq!(read_all(&target, &states).await, 0);
        assert_eq!(count(&target.simulator, &detail_path(25, "*")), 1000);
        assert_eq!(target.simulator.requests().len(), 1000);

        // Half of them are gone: five hundred and eight are left, on eleven pages.
        for state in &states[..500] {
            let def_id = state["def_id"].as_str().unwrap();
            assert!(target.simulator.remove_call_result(25, def_id));
        }
        target.begin_run().await;
        target.simulator.clear_requests();
        assert_eq!(read_all(&target, &states).await, 500);
        assert_eq!(count(&target.simulator, &detail_path(25, "*")), 1000);
        assert_eq!(count(&target.simulator, &list_path(25)), 11);
        assert_eq!(target.simulator.requests().len(), 1011);
    }
}

#[tokio::test]
async fn an_id_that_the_run_has_created_is_looked_for_in_a_new_list() {
    let mut target = Target::start().await;
    let provider = &mut target.provider;
    let new = config(Some("A1"), "Text", &["00602"]);
    let planned = plan(provider, TYPE, &Json::Null, &new).await;
    let made = apply(provider, TYPE, &Json::Null, &planned).await;
    let state = json(made.new_state.as_ref());
    let def_id = state["def_id"].as_str().unwrap();
    // The detail fails; the list from before the create does not have it.
    let refused = Script::codes("0200001", "0200001", "busy");
    target
        .simulator
        .script(refused.path(&detail_path(25, def_id)));
    let seen = read(provider, TYPE, &state, Vec::new()).await;
    assert_eq!(errors(&seen.diagnostics).len(), 1);
    assert_eq!(json(seen.new_state.as_ref()), state);
    assert_eq!(count(&target.simulator, &list_path(25)), 2);
}

#[tokio::test]
async fn a_code_that_the_server_chose_is_read_from_the_list_if_the_detail_fails() {
    let mut target = Target::start().await;
    let provider = &mut target.provider;
    let new = config(None, "Text", &["00602"]);
    let planned = plan(provider, TYPE, &Json::Null, &new).await;
    let broken = || Script::reply(403, "").path(&detail_path(25, "*"));
    target.simulator.script(broken());
    let made = apply(provider, TYPE, &Json::Null, &planned).await;
    assert_eq!(errors(&made.diagnostics), [""; 0]);
    assert_eq!(warnings(&made.diagnostics).len(), 1);
    let state = json(made.new_state.as_ref());
    let kept = target.simulator.call_results(25).pop().unwrap();
    assert_eq!(state["result_code"], kept.result_code.as_str());

    // Without the list, nobody knows the code, but the object is in the state.
    let other = config(None, "Other", &["00602"]);
    let planned = plan(provider, TYPE, &Json::Null, &other).await;
    target.simulator.script(broken());
    let list = list_path(25);
    target.simulator.script(Script::reply(403, "").path(&list));
    let made = apply(provider, TYPE, &Json::Null, &planned).await;
    let said = errors(&made.diagnostics);
    assert!(said[0].contains("terraform untaint"), "{said:?}");
    let state = json(made.new_state.as_ref());
    let kept = target.simulator.call_results(25).pop().unwrap();
    assert_eq!(state["def_id"], kept.def_id.as_str());
    assert_eq!(state["result_code"], Json::Null);
    // Untainted, the next refresh reads it.
    let seen = read(provider, TYPE, &state, Vec::new()).await;
    let state = json(seen.new_state.as_ref());
    assert_eq!(state["result_code"], kept.result_code.as_str());
}

#[tokio::test]
async fn a_throttle_is_waited_for_on_every_request() {
    let arguments = json!({"max_retries": 4});
    let builder = Simulator::builder().campaign(25, 46);
    let mut target = Target::configured(builder, arguments).await;
    let provider = &mut target.provider;
    for path in [list_path(25), create_path(25), detail_path(25, "*")] {
        target
            .simulator
            .script(Script::fault(Fault::TooFast).path(&path));
    }
    let new = config(Some("A1"), "Text", &["00602"]);
    let planned = plan(provider, TYPE, &Json::Null, &new).await;
    let made = apply(provider, TYPE, &Json::Null, &planned).await;
    assert_no_diagnostics(&made.diagnostics);
    assert_eq!(target.simulator.call_results(25).len(), 9);
    assert_eq!(target.simulator.requests().len(), 6);
}
