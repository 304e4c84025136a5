//! States of other providers' resources, moved to this one.

use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{RawState, move_resource_state};

use test_support::{
    host::Launch,
    retry_policy::{TYPE, config, plan},
    target::Target,
    values::{assert_no_diagnostics, errors, json},
};

const PATH: &str = "/rest/isales/v1/openapi/campaigns/25/retryPolicy";
const BODY: &str = r#"{"policyJson":"[{'type':0,'retryTimes':1,'retryDay':1}]","policyType":0}"#;

fn request(provider: &str, type_name: &str, state: &Json) -> move_resource_state::Request {
    move_resource_state::Request {
        source_provider_address: format!("registry.terraform.io/{provider}"),
        source_type_name: type_name.to_owned(),
        source_state: Some(RawState {
            json: state.to_string().into_bytes(),
            ..Default::default()
        }),
        target_type_name: TYPE.to_owned(),
        ..Default::default()
    }
}

/// A state of `restapi_object`.
fn restapi() -> move_resource_state::Request {
    let state = json!({
        "path": PATH, "create_path": null, "read_path": null, "update_path": null,
        "destroy_path": null, "object_id": null, "id": "46", "data": BODY, "debug": false,
        "api_data": {"policyType": "0"}, "api_response": "{}", "force_new": null,
    });
    request("mastercard/restapi", "restapi_object", &state)
}

/// A state of `restful_resource`.
fn restful() -> move_resource_state::Request {
    let body: Json = serde_json::from_str(BODY).unwrap();
    let state = json!({
        "id": format!("{PATH}/46"), "path": format!("{PATH}/46"), "create_method": "POST",
        "body": {"value": body, "type": ["object", {"policyJson": "string", "policyType": "number"}]},
        "output": null,
    });
    request("magodo/restful", "restful_resource", &state)
}

#[tokio::test]
async fn a_moved_policy_makes_no_difference() {
    let mut target = Target::start().await;
    for request in [restapi(), restful()] {
        let moved = target.provider.move_resource_state(request).await;
        let moved = moved.unwrap().into_inner();
        assert_no_diagnostics(&moved.diagnostics);
        let identity = moved.target_identity.unwrap().identity_data;
        let campaign = json!({"vdn_id": 25, "campaign_id": 46});
        assert_eq!(json(identity.as_ref()), campaign);
        let state = json(moved.target_state.as_ref());
        let planned = plan(&mut target.provider, &state, &config(46, 1)).await;
        assert_eq!(json(planned.planned_state.as_ref()), state);
    }
}

#[tokio::test]
async fn an_unconfigured_provider_moves_and_refuses() {
    let plugin = Launch::hosted().start().await;
    let mut provider = plugin.provider().await;
    let moved = provider.move_resource_state(restapi()).await.unwrap();
    assert_no_diagnostics(&moved.get_ref().diagnostics);

    let elsewhere = json!({"path": "/api/users", "id": "46", "data": "{}"});
    let bare = json!({"path": PATH, "id": "46", "data": "{}"});
    for (request, reason) in [
        (
            request("hashicorp/http", "http", &elsewhere),
            "Only restapi_object",
        ),
        (
            request("mastercard/restapi", "restapi_object", &elsewhere),
            "Its path is not",
        ),
        (
            request("mastercard/restapi", "restapi_object", &bare),
            "Its body does not",
        ),
    ] {
        let refused = provider.move_resource_state(request).await.unwrap();
        let refused = refused.into_inner();
        assert_eq!(refused.target_state, None);
        let messages = errors(&refused.diagnostics);
        assert!(messages[0].contains(reason), "{messages:?}");
    }
}
