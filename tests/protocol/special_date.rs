//! The rules, the identity and the list of special dates, call by call.

use isales_simulator::{Simulator, SpecialDate};
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{
    ClientCapabilities, ResourceIdentityData, get_provider_schema, list_resource,
    validate_resource_config,
};

use test_support::{
    calls::{apply, destroy, import_by_id, import_by_identity, list, plan, read},
    host::Launch,
    special_date::{self, TYPE},
    target::{Provider, Target},
    values::{UNKNOWN, assert_no_diagnostics, errors, json, value},
};

/// A special date on weekends, as a configuration has it.
fn config(campaign_id: i64, name: &str) -> Json {
    special_date::config(campaign_id, name, &[6, 7])
}

/// The same with other members.
fn with(members: Json) -> Json {
    let mut config = config(46, "x");
    for (name, member) in members.as_object().unwrap() {
        config[name] = member.clone();
    }
    config
}

fn weekly(name: &str) -> SpecialDate {
    let date = json!({"name": name, "type": 1, "week": "6,7"});
    serde_json::from_value(date).unwrap()
}

fn identity_of(data: Option<&ResourceIdentityData>) -> Json {
    json(data.expect("an identity").identity_data.as_ref())
}

async fn validate(provider: &mut Provider, config: &Json) -> Vec<String> {
    let request = validate_resource_config::Request {
        type_name: TYPE.to_owned(),
        config: Some(value(config)),
        client_capabilities: Some(ClientCapabilities::default()),
    };
    let validated = provider.validate_resource_config(request).await;
    errors(&validated.unwrap().into_inner().diagnostics)
}

#[tokio::test]
async fn each_type_has_its_rules_on_the_argument_at_fault() {
    let plugin = Launch::hosted().start().await;
    let mut provider = plugin.provider().await;
    let once = |begin: &str, end: &str| json!({"type": 2, "week": null, "begin_time": begin, "end_time": end});
    let yearly = |begin: &str, end: &str| json!({"type": 3, "week": null, "begin_time": begin, "end_time": end});
    for (members, expected) in [
        (json!({}), &[][..]),
        (json!({"week": null}), &["week"]),
        (json!({"week": []}), &["week"]),
        (json!({"week": [0]}), &["week"]),
        (json!({"week": [8]}), &["week"]),
        (json!({"week": [null]}), &["week"]),
        (json!({"begin_time": "12-24"}), &["begin_time"]),
        (json!({"end_time": "12-24"}), &["end_time"]),
        (once("2018-09-22", "2018-09-24"), &[]),
        (once("2018-09-22", "2018-09-22"), &[]),
        (once("2024-02-29", "2024-02-29"), &[]),
        (once("2018-09-24", "2018-09-22"), &["end_time"]),
        (once("2023-02-29", "2023-03-01"), &["begin_time"]),
        (once("2018-09-22", "2018-9-24"), &["end_time"]),
        (once("12-24", "12-26"), &["begin_time", "end_time"]),
        (once("", "2018-09-24"), &["begin_time"]),
        (
            json!({"type": 2, "week": null}),
            &["begin_time", "end_time"],
        ),
        (
            json!({"type": 2, "begin_time": "2018-09-22", "end_time": "2018-09-24"}),
            &["week"],
        ),
        (yearly("12-24", "12-26"), &[]),
        (yearly("02-29", "02-29"), &[]),
        (yearly("12-30", "01-02"), &[]),
        (yearly("02-30", "03-01"), &["begin_time"]),
        (yearly("2018-12-24", "12-26"), &["begin_time"]),
        (json!({"type": 3}), &["begin_time", "end_time", "week"]),
        (json!({"type": 0}), &["type"]),
        (json!({"type": 4}), &["type"]),
        (json!({"name": ""}), &["name"]),
        (json!({"name": "n".repeat(31)}), &["name"]),
        (json!({"name": "ü".repeat(30)}), &[]),
        (json!({"campaign_id": 0}), &["campaign_id"]),
        (json!({"vdn_id": 10_000}), &["vdn_id"]),
    ] {
        let messages = validate(&mut provider, &with(members.clone())).await;
        let mut paths: Vec<_> = messages
            .iter()
            .filter_map(|one| one.split(": ").next())
            .collect();
        paths.sort_unstable();
        assert_eq!(paths, expected, "{members}: {messages:#?}");
    }
}

#[tokio::test]
async fn unknown_values_are_not_judged() {
    let plugin = Launch::hosted().start().await;
    let mut provider = plugin.provider().await;
    for members in [
        json!({"name": UNKNOWN, "campaign_id": UNKNOWN}),
        json!({"type": UNKNOWN, "begin_time": "12-24"}),
        json!({"week": UNKNOWN}),
        json!({"week": [UNKNOWN]}),
        json!({"type": 2, "week": null, "begin_time": UNKNOWN, "end_time": "2018-09-24"}),
        json!({"type": 3, "week": null, "begin_time": UNKNOWN, "end_time": UNKNOWN}),
    ] {
        let messages = validate(&mut provider, &with(members.clone())).await;
        assert_eq!(messages, [""; 0], "{members}");
    }
    let messages = validate(&mut provider, &with(json!({"week": [UNKNOWN, 8]}))).await;
    assert_eq!(messages.len(), 1, "{messages:?}");
}

#[tokio::test]
async fn values_that_become_known_late_are_checked_before_anything_is_sent() {
    let mut target = Target::start().await;
    let provider = &mut target.provider;
    let mut planned = plan(
        provider,
        TYPE,
        &Json::Null,
        &with(json!({"type": 2, "week": null, "begin_time": UNKNOWN, "end_time": "2018-09-24"})),
    )
    .await;
    assert_no_diagnostics(&planned.diagnostics);
    let mut state = json(planned.planned_state.as_ref());
    state["begin_time"] = json!("2018-09-31");
    planned.planned_state = Some(value(&state));
    let made = apply(provider, TYPE, &Json::Null, &planned).await;
    let messages = errors(&made.diagnostics);
    assert!(messages[0].starts_with("begin_time: "), "{messages:?}");
    assert_eq!(json(made.new_state.as_ref()), Json::Null);
    assert!(target.simulator.requests().is_empty());
}

#[tokio::test]
async fn a_date_is_planned_made_read_changed_and_deleted() {
    let mut target = Target::start().await;
    let provider = &mut target.provider;
    let planned = plan(provider, TYPE, &Json::Null, &config(46, "Weekend")).await;
    assert_no_diagnostics(&planned.diagnostics);
    let promise = json(planned.planned_state.as_ref());
    assert_eq!(
        (&promise["id"], &promise["vdn_id"]),
        (&json!(UNKNOWN), &json!(25))
    );

    let made = apply(provider, TYPE, &Json::Null, &planned).await;
    assert_no_diagnostics(&made.diagnostics);
    let state = json(made.new_state.as_ref());
    let id = state["special_date_id"].as_i64().unwrap();
    let identity = json!({"vdn_id": 25, "campaign_id": 46, "special_date_id": id});
    assert_eq!(identity_of(made.new_identity.as_ref()), identity);

    let seen = read(provider, TYPE, &state, made.private).await;
    assert_no_diagnostics(&seen.diagnostics);
    assert_eq!(json(seen.new_state.as_ref()), state);
    assert_eq!(identity_of(seen.new_identity.as_ref()), identity);

    let unchanged = plan(provider, TYPE, &state, &config(46, "Weekend")).await;
    assert_eq!(json(unchanged.planned_state.as_ref()), state);

    let change = plan(provider, TYPE, &state, &config(46, "Days off")).await;
    let promise = json(change.planned_state.as_ref());
    assert_eq!(promise["special_date_id"], id);
    assert!(change.requires_replace.is_empty());
    let changed = apply(provider, TYPE, &state, &change).await;
    assert_no_diagnostics(&changed.diagnostics);
    let state = json(changed.new_state.as_ref());
    assert_eq!(target.simulator.special_dates(25, 46)[&id].name, "Days off");

    let replacement = plan(provider, TYPE, &state, &config(47, "Days off")).await;
    assert_eq!(replacement.requires_replace.len(), 1);
    let promise = json(replacement.planned_state.as_ref());
    assert_eq!(promise["special_date_id"], UNKNOWN);

    let gone = destroy(provider, TYPE, &state, Vec::new()).await;
    assert_no_diagnostics(&gone.diagnostics);
    assert!(target.simulator.special_dates(25, 46).is_empty());
    // It may be gone already, and so may the campaign.
    let gone = destroy(provider, TYPE, &state, Vec::new()).await;
    assert_no_diagnostics(&gone.diagnostics);
    target.simulator.remove_campaign(25, 46);
    let gone = destroy(provider, TYPE, &state, Vec::new()).await;
    assert_no_diagnostics(&gone.diagnostics);
    let seen = read(provider, TYPE, &state, Vec::new()).await;
    assert_eq!(json(seen.new_state.as_ref()), Json::Null);
}

#[tokio::test]
async fn a_date_is_imported_by_id_and_by_identity() {
    let mut target = Target::start().await;
    let id = target
        .simulator
        .add_special_date(25, 46, weekly("Weekend"))
        .unwrap();
    let provider = &mut target.provider;
    let identity = json!({"vdn_id": 25, "campaign_id": 46, "special_date_id": id});
    let mut without_vdn = identity.clone();
    without_vdn["vdn_id"] = Json::Null;
    for imported in [
        import_by_id(provider, TYPE, &format!("25/46/{id}")).await,
        import_by_id(provider, TYPE, &format!("46/{id}")).await,
        import_by_identity(provider, TYPE, &identity).await,
        import_by_identity(provider, TYPE, &without_vdn).await,
    ] {
        assert_no_diagnostics(&imported.diagnostics);
        let [found] = &imported.imported_resources[..] else {
            panic!("{imported:?}");
        };
        assert_eq!(identity_of(found.identity.as_ref()), identity);
        let state = json(found.state.as_ref());
        let seen = read(provider, TYPE, &state, found.private.clone()).await;
        let state = json(seen.new_state.as_ref());
        let plan = plan(provider, TYPE, &state, &config(46, "Weekend")).await;
        assert_eq!(json(plan.planned_state.as_ref()), state);
    }
    let mut unknown = identity.clone();
    unknown["special_date_id"] = json!(7);
    let mut wrong = identity;
    wrong["special_date_id"] = json!(0);
    for refused in [
        import_by_identity(provider, TYPE, &unknown).await,
        import_by_identity(provider, TYPE, &wrong).await,
        import_by_id(provider, TYPE, "25/46").await,
        import_by_id(provider, TYPE, "").await,
    ] {
        assert!(refused.imported_resources.is_empty());
        assert_eq!(errors(&refused.diagnostics).len(), 1, "{refused:?}");
    }
}

#[tokio::test]
async fn the_dates_of_all_campaigns_are_found() {
    let mut target = Target::with(Simulator::builder().campaigns(25, 1..=4)).await;
    for (campaign, names) in [(2, &["a", "b"][..]), (4, &["c"])] {
        for name in names {
            target
                .simulator
                .add_special_date(25, campaign, weekly(name))
                .unwrap();
        }
    }
    let request = |include, campaign_id: Option<i64>| list_resource::Request {
        type_name: TYPE.to_owned(),
        config: Some(value(&json!({
            "vdn_id": null, "campaign_id": campaign_id, "timeouts": null,
        }))),
        include_resource_object: include,
        limit: 0,
    };
    let found = list(&mut target.provider, request(false, None)).await;
    let names: Vec<_> = found.iter().map(|one| one.display_name.as_str()).collect();
    assert_eq!(names.len(), 3);
    assert!(names[0].starts_with("a (25/2/"), "{names:?}");
    assert!(names[2].starts_with("c (25/4/"), "{names:?}");

    let two = list(&mut target.provider, request(false, Some(2))).await;
    assert_eq!(two.len(), 2);
    let missing = list(&mut target.provider, request(false, Some(9))).await;
    let messages = errors(&missing[0].diagnostic);
    assert!(messages[0].contains("25/9"), "{messages:?}");

    let whole = list(&mut target.provider, request(true, None)).await;
    let object = json(whole[1].resource_object.as_ref());
    assert_eq!(
        (&object["name"], &object["week"]),
        (&json!("b"), &json!([6, 7]))
    );
    let schema = get_provider_schema::Request::default();
    let schema = target.provider.get_provider_schema(schema).await.unwrap();
    let schema = schema.into_inner().resource_schemas[TYPE].clone();
    let attributes = schema.block.unwrap().attributes;
    let object = object.as_object().unwrap();
    assert_eq!(object.len(), attributes.len());
    assert!(
        attributes
            .iter()
            .all(|attribute| object.contains_key(&attribute.name))
    );
}
