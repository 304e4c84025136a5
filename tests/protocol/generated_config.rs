//! Configuration that Terraform generates for an import, from 1.14 on.

use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{
    generate_resource_config, get_provider_schema, import_resource_state,
};

use test_support::{
    retry_policy::{TYPE, config, plan, read},
    target::Target,
    values::{assert_no_diagnostics, errors, json, value},
};

/// The state of an imported policy.
async fn imported(target: &mut Target, id: &str) -> Json {
    let request = import_resource_state::Request {
        type_name: TYPE.to_owned(),
        id: id.to_owned(),
        ..Default::default()
    };
    let imported = target.provider.import_resource_state(request).await;
    let imported = imported.unwrap().into_inner();
    assert_no_diagnostics(&imported.diagnostics);
    let found = &imported.imported_resources[0];
    let state = json(found.state.as_ref());
    let seen = read(&mut target.provider, &state, found.private.clone()).await;
    json(seen.new_state.as_ref())
}

async fn generated(target: &mut Target, state: &Json) -> Json {
    let request = generate_resource_config::Request {
        type_name: TYPE.to_owned(),
        state: Some(value(state)),
    };
    let generated = target.provider.generate_resource_config(request).await;
    let generated = generated.unwrap().into_inner();
    assert_no_diagnostics(&generated.diagnostics);
    json(generated.config.as_ref())
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

    let state = imported(&mut target, "25/46").await;
    assert_eq!(state["deletion_policy"], "abandon");
    let config = generated(&mut target, &state).await;
    assert_eq!(config, written(46));
    let planned = plan(&mut target.provider, &state, &config).await;
    assert_eq!(json(planned.planned_state.as_ref()), state);
}

#[tokio::test]
async fn what_differs_from_the_defaults_is_written() {
    let mut target = target().await;
    let mut state = imported(&mut target, "25/46").await;
    state["vdn_id"] = json!(26);
    state["id"] = json!("26/46");
    state["deletion_policy"] = json!("restore");
    let config = generated(&mut target, &state).await;
    let mut expected = written(46);
    expected["vdn_id"] = json!(26);
    expected["deletion_policy"] = json!("restore");
    assert_eq!(config, expected);
}

#[tokio::test]
async fn a_query_without_objects_has_no_configuration() {
    let mut target = target().await;
    assert_eq!(generated(&mut target, &Json::Null).await, Json::Null);
    let unknown = generate_resource_config::Request {
        type_name: "isales_nothing".to_owned(),
        state: Some(value(&Json::Null)),
    };
    let answer = target.provider.generate_resource_config(unknown).await;
    assert_eq!(errors(&answer.unwrap().into_inner().diagnostics).len(), 1);
}
