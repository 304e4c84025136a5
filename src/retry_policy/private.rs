//! What the provider remembers beside the state: the policy from before Terraform.

use isales_client::{
    RetryPolicy,
    retry_policy::{
        CommonPolicyLayout, Encoding, PolicyType, Quotes, UnknownMembers, decode_policy_json,
        encode,
    },
};
use serde::{Deserialize, Serialize};

/// The private state of a retry policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Private {
    /// The policy that the campaign had before Terraform first set it, if it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<Before>,
    /// Tells the objects of one campaign apart. Those of earlier versions have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    object: Option<u64>,
}

/// A policy in the API's own form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Before {
    policy_type: i64,
    policy_json: String,
}

/// Always the same form, whatever the server is told.
const STORED: Encoding = Encoding {
    quotes: Quotes::Double,
    common_policy_layout: CommonPolicyLayout::Nested,
};

// === impl Private ===

impl Private {
    /// Remembers a policy.
    pub(super) fn remembering(policy: Option<&RetryPolicy>) -> Self {
        let before = policy.map(|policy| Before {
            policy_type: policy.policy_type.number(),
            policy_json: encode::encode_policy_json(policy, STORED),
        });
        Self {
            before,
            object: None,
        }
    }

    /// The same, for a new object.
    pub(super) fn of_object(mut self, object: u64) -> Self {
        self.object = Some(object);
        self
    }

    /// Whether both are known to be about one object.
    pub(super) fn is_of_same_object(&self, other: &Self) -> bool {
        self.object.is_some() && self.object == other.object
    }

    /// The policy that is remembered.
    pub(super) fn before(&self) -> Option<RetryPolicy> {
        let before = self.before.as_ref()?;
        Some(RetryPolicy {
            policy_type: PolicyType::from_number(before.policy_type)?,
            policy_json: decode_policy_json(&before.policy_json, UnknownMembers::Ignore).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_remembers_no_policy() {
        let kept = serde_json::to_vec(&Private::default()).unwrap();
        assert_eq!(kept, b"{}");
        let kept: Private = serde_json::from_slice(&kept).unwrap();
        assert_eq!(kept.before(), None);
    }

    #[test]
    fn what_an_earlier_version_kept_is_read_and_taken_for_no_object() {
        let kept = r#"{"before":{"policyType":0,"policyJson":"[{\"type\":0,\"policy\":{\"retryTimes\":9,\"retryDay\":9}}]"}}"#;
        let kept: Private = serde_json::from_str(kept).unwrap();
        assert!(kept.before().is_some());
        assert!(!kept.is_of_same_object(&kept.clone()));
        let new = kept.clone().of_object(7);
        assert!(new.is_of_same_object(&kept.of_object(7)));
    }
}
