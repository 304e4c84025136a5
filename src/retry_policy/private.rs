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
    #[serde(skip, default = "Origin::stored")]
    origin: Origin,
}

/// Where a private state is from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Origin {
    /// Made here, because Terraform passed none on.
    #[default]
    Nowhere,
    /// Kept by Terraform.
    Stored,
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

// === impl Origin ===

impl Origin {
    const fn stored() -> Self {
        Self::Stored
    }
}

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
            origin: Origin::Stored,
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

    /// Whether this is what was remembered. Terraform keeps the private state of a tainted
    /// resource to itself when it destroys the resource in order to replace it.
    pub(super) fn is_passed_on(&self) -> bool {
        self.origin == Origin::Stored
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
    fn what_terraform_kept_differs_from_what_it_did_not_pass_on() {
        assert!(!Private::default().is_passed_on());
        // An import remembers nothing, and says so once Terraform has kept that.
        let kept = serde_json::to_vec(&Private::default()).unwrap();
        let kept: Private = serde_json::from_slice(&kept).unwrap();
        assert!(kept.is_passed_on());
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
