//! Configuration that Terraform generates for an import, from 1.14 on.

use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{generate_resource_config, get_provider_schema};

use test_support::{
    call_batch, call_result,
    calls::{import_by_id, plan, read},
    retry_policy::{TYPE, config},
    special_date,
    target::Target,
    values::{assert_no_diagnostics, errors, json, value},
};

/// The state of an imported object.
async fn imported(target: &mut Target, type_name: &str, id: &str) -> Json {
    let imported = import_by_id(&mut target.provider, type_name, id).await;
    assert_no_diagnostics(&imported.diagnostics);
    let found = &imported.imported_resources[0];
    let (state, private) = (json(found.state.as_ref()), found.private.clone());
    let seen = read(&mut target.provider, type_name, &state, private).await;
    json(seen.new_state.as_ref())
}

async fn generated(target: &mut Target, type_name: &str, state: &Json) -> Json {
    let request = generate_resource_config::Request {
        type_name: type_name.to_owned(),
        state: Some(value(state)),
    };
    let generated = target.provider.generate_resource_config(request).await;
    let generated = generated.unwrap().into_inner();
    assert_no_diagnostics(&generated.diagnostics);
    json(generated.config.as_ref())
}

/// Imports an object, and expects this configuration for it, which changes nothing. Of an object in
/// another VDN than the provider's, it names the VDN.
async fn expect_written(target: &mut Target, type_name: &str, id: &str, mut written: Json) {
    let mut state = imported(target, type_name, id).await;
    let config = generated(target, type_name, &state).await;
    assert_eq!(config, written);
    let planned = plan(&mut target.provider, type_name, &state, &config).await;
    assert_no_diagnostics(&planned.diagnostics);
    assert_eq!(json(planned.planned_state.as_ref()), state);

    state["vdn_id"] = json!(26);
    written["vdn_id"] = json!(26);
    assert_eq!(generated(target, type_name, &state).await, written);
}

/// The configuration of a policy that retries three times on two days.
fn written(campaign_id: i64) -> Json {
    let mut config = config(campaign_id, 3);
    config["policy_json"][0]["retry_day"] = json!(2);
    config
}

async fn target() -> Target {
    let target = Target::start().await;
    let policy = "[{'type':0,'retryTimes':3,'retryDay':2}]";
    target.simulator.set_policy(25, 46, 0, policy).unwrap();
    target
}

#[tokio::test]
async fn an_import_is_written_as_a_person_would_write_it() {
    let mut target = target().await;
    let schema = target
        .provider
        .get_provider_schema(get_provider_schema::Request::default());
    let capabilities = schema.await.unwrap().into_inner().server_capabilities;
    assert!(capabilities.unwrap().generate_resource_config);

    let state = imported(&mut target, TYPE, "25/46").await;
    assert_eq!(state["deletion_policy"], "abandon");
    let config = generated(&mut target, TYPE, &state).await;
    assert_eq!(config, written(46));
    let planned = plan(&mut target.provider, TYPE, &state, &config).await;
    assert_eq!(json(planned.planned_state.as_ref()), state);
}

#[tokio::test]
async fn what_differs_from_the_defaults_is_written() {
    let mut target = target().await;
    let mut state = imported(&mut target, TYPE, "25/46").await;
    state["vdn_id"] = json!(26);
    state["id"] = json!("26/46");
    state["deletion_policy"] = json!("restore");
    let config = generated(&mut target, TYPE, &state).await;
    let mut expected = written(46);
    expected["vdn_id"] = json!(26);
    expected["deletion_policy"] = json!("restore");
    assert_eq!(config, expected);
}

#[tokio::test]
async fn a_call_batch_is_written_without_the_vdn_of_the_provider() {
    let mut target = target().await;
    let id = target
        .simulator
        .add_call_batch(25, 46, "Spring", 2)
        .unwrap();
    let written = call_batch::config(46, "Spring", 2);
    let id = format!("25/46/{id}");
    expect_written(&mut target, call_batch::TYPE, &id, written).await;
}

#[tokio::test]
async fn a_call_result_is_written_without_the_vdn_of_the_provider() {
    let mut target = target().await;
    let (text, codes) = ("No answer", ["00602"]);
    let id = target.simulator.add_call_result(25, "A1", text, &codes);
    let written = call_result::config(Some("A1"), text, &codes);
    let id = format!("25/{id}");
    expect_written(&mut target, call_result::TYPE, &id, written).await;
}

#[tokio::test]
async fn a_special_date_is_written_without_the_vdn_of_the_provider() {
    let mut target = target().await;
    let date = json!({"name": "Weekend", "type": 1, "week": "6,7"});
    let date = serde_json::from_value(date).unwrap();
    let id = target.simulator.add_special_date(25, 46, date).unwrap();
    let written = special_date::config(46, "Weekend", &[6, 7]);
    let id = format!("25/46/{id}");
    expect_written(&mut target, special_date::TYPE, &id, written).await;
}

#[tokio::test]
async fn a_query_without_objects_has_no_configuration() {
    let mut target = target().await;
    assert_eq!(generated(&mut target, TYPE, &Json::Null).await, Json::Null);
    let unknown = generate_resource_config::Request {
        type_name: "isales_nothing".to_owned(),
        state: Some(value(&Json::Null)),
    };
    let answer = target.provider.generate_resource_config(unknown).await;
    assert_eq!(errors(&answer.unwrap().into_inner().diagnostics).len(), 1);
}
