//! Takes over the state of generic REST resources that use this endpoint.

use isales_client::{
    CampaignRef, RetryPolicy,
    retry_policy::{PolicyType, UnknownMembers, decode_policy_json},
};
use serde_json::{Map, Value as Json};
use tfplugin::{
    diagnostics::Diagnostic,
    resource::{MoveSource, State},
};

use super::{model::RetryPolicyModel, private::Private, state::RetryPolicyState};

const TARGET: &str = "isales_retry_policy";

/// The part of the URI before the VDN.
const CAMPAIGNS: &str = "/rest/isales/v1/openapi/campaigns/";

/// A resource of another provider that can hold a retry policy.
enum Source {
    /// `restapi_object` of the provider `restapi`.
    RestapiObject,
    /// `restful_resource` of the provider `restful`.
    RestfulResource,
}

/// Extracts campaign and policy from the state of a generic REST resource.
///
/// # Errors
/// The resource has a different type, or is not a retry policy.
pub(super) fn move_from(source: &MoveSource) -> Result<RetryPolicyState, Diagnostic> {
    let refused = |reason: &str| source.refused(TARGET, reason);
    let kind = Source::of(source).ok_or_else(|| {
        refused("Only restapi_object and restful_resource can be moved to a retry policy.")
    })?;
    let Json::Object(state) = &source.state else {
        return Err(refused("Its state is not an object."));
    };
    let campaign = kind.campaign(state).ok_or_else(|| {
        refused(
            "Its path is not that of a retry policy, \
             /rest/isales/v1/openapi/campaigns/{vdnId}/retryPolicy/{campaignId}.",
        )
    })?;
    let policy = kind.policy(state).ok_or_else(|| {
        refused("Its body does not contain policyType and policyJson of a retry policy.")
    })?;
    let mut model = RetryPolicyModel::unread(campaign);
    model.set_policy(&policy);
    Ok(State::with_private(model, Private::default()))
}

// === impl Source ===

impl Source {
    /// Recognizes a source by its type and the last part of the provider's address, because mirrors
    /// and forks have other hosts and namespaces.
    fn of(source: &MoveSource) -> Option<Self> {
        let provider = source.provider_address.rsplit('/').next()?;
        match (provider, source.type_name.as_str()) {
            ("restapi", "restapi_object") => Some(Self::RestapiObject),
            ("restful", "restful_resource") => Some(Self::RestfulResource),
            _ => None,
        }
    }

    /// Returns the campaign in one of the paths that the resource reads or writes, or in its path
    /// followed by its ID.
    fn campaign(&self, state: &Map<String, Json>) -> Option<CampaignRef> {
        let text = |name: &str| state.get(name).and_then(Json::as_str);
        let id = text("object_id").or_else(|| text("id")).unwrap_or_default();
        let names: &[&str] = match self {
            Self::RestapiObject => &["read_path", "update_path", "create_path", "path"],
            Self::RestfulResource => &["id", "read_path", "update_path", "path"],
        };
        names.iter().filter_map(|name| text(name)).find_map(|path| {
            let path = path.replace("{id}", id);
            campaign_of_path(&path).or_else(|| campaign_of_path(&format!("{path}/{id}")))
        })
    }

    fn policy(&self, state: &Map<String, Json>) -> Option<RetryPolicy> {
        let body = state.get(match self {
            Self::RestapiObject => "data",
            Self::RestfulResource => "body",
        })?;
        let Json::Object(body) = unfolded(body)? else {
            return None;
        };
        let policy_type = match body.get("policyType")? {
            Json::Number(number) => number.as_i64()?,
            Json::String(text) => text.parse().ok()?,
            _ => return None,
        };
        Some(RetryPolicy {
            policy_type: PolicyType::from_number(policy_type)?,
            policy_json: match body.get("policyJson")? {
                Json::String(text) => decode_policy_json(text, UnknownMembers::Ignore).ok()?,
                decoded => decode_policy_json(&decoded.to_string(), UnknownMembers::Ignore).ok()?,
            },
        })
    }
}

/// Unwraps a body that is text, or a dynamic value next to its type.
fn unfolded(body: &Json) -> Option<Json> {
    match body {
        Json::String(text) => serde_json::from_str(text).ok(),
        Json::Object(members) if members.len() == 2 && members.contains_key("type") => {
            members.get("value").and_then(unfolded)
        }
        other => Some(other.clone()),
    }
}

fn campaign_of_path(path: &str) -> Option<CampaignRef> {
    let (_, rest) = path.split_once(CAMPAIGNS)?;
    let rest = rest.trim_end_matches('/').split('?').next()?;
    let (vdn_id, campaign_id) = rest.split_once("/retryPolicy/")?;
    format!("{vdn_id}/{campaign_id}").parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tfplugin::model::Attr;

    use super::*;

    const PATH: &str = "/rest/isales/v1/openapi/campaigns/25/retryPolicy";
    const BODY: &str =
        r#"{"policyJson":"[{'type':0,'retryTimes':1,'retryDay':1}]","policyType":0}"#;

    fn source(provider: &str, type_name: &str, state: Json) -> MoveSource {
        MoveSource {
            provider_address: format!("registry.terraform.io/someone/{provider}"),
            type_name: type_name.to_owned(),
            schema_version: 0,
            state,
        }
    }

    fn restapi(state: Json) -> MoveSource {
        source("restapi", "restapi_object", state)
    }

    fn restful(state: Json) -> MoveSource {
        source("restful", "restful_resource", state)
    }

    #[test]
    fn each_way_of_writing_the_endpoint_is_found() {
        let whole = format!("{PATH}/46");
        let body: Json = serde_json::from_str(BODY).unwrap();
        let dynamic = json!({"value": body, "type": ["object", {}]});
        for source in [
            restapi(json!({"path": PATH, "id": "46", "data": BODY})),
            restapi(json!({"path": PATH, "object_id": "46", "id": "x", "data": BODY})),
            restapi(json!({"path": "/x", "create_path": whole, "id": "1", "data": BODY})),
            restapi(
                json!({"path": PATH, "read_path": format!("{PATH}/{{id}}"), "id": "46", "data": BODY}),
            ),
            restful(json!({"id": whole, "path": PATH, "body": body})),
            restful(json!({"id": "x", "path": whole, "body": dynamic})),
            restful(json!({"id": whole, "path": whole, "body": BODY})),
        ] {
            let moved = move_from(&source).unwrap().model;
            assert_eq!(moved.id, Attr::Known("25/46".to_owned()));
            assert_eq!(moved.policy_type, Attr::Known(0));
            assert!(moved.policy().is_ok());
        }
    }

    #[test]
    fn everything_else_is_refused_with_its_reason() {
        let reason = |source: &MoveSource| move_from(source).unwrap_err().detail;
        let other = source(
            "http",
            "http_request",
            json!({"path": PATH, "id": "46", "data": BODY}),
        );
        assert!(reason(&other).contains("Only restapi_object"));
        let elsewhere = restapi(json!({"path": "/api/users", "id": "46", "data": BODY}));
        assert!(reason(&elsewhere).contains("Its path is not"));
        let empty = restapi(json!({"path": PATH, "id": "46", "data": "{}"}));
        assert!(reason(&empty).contains("Its body does not"));
        assert!(reason(&restapi(json!([]))).contains("not an object"));
    }
}
