//! The private state: the policy from before Terraform.

use isales_client::{
    CampaignRef, RetryPolicy,
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
    before: Option<Document>,
    /// The campaign that had it. Missing in states of 0.1.0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    campaign: Option<String>,
    /// Distinguishes objects of the same campaign. Missing in states of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    object: Option<u64>,
}

/// A policy in the API's format, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    policy_type: i64,
    policy_json: String,
}

/// The encoding of stored policies, independent of the `compatibility` settings.
const STORED: Encoding = Encoding {
    quotes: Quotes::Double,
    common_policy_layout: CommonPolicyLayout::Nested,
};

// === impl Document ===

impl Document {
    pub(super) fn new(policy: &RetryPolicy) -> Self {
        Self {
            policy_type: policy.policy_type.number(),
            policy_json: encode::encode_policy_json(policy, STORED),
        }
    }

    pub(super) fn policy(&self) -> Option<RetryPolicy> {
        Some(RetryPolicy {
            policy_type: PolicyType::from_number(self.policy_type)?,
            policy_json: decode_policy_json(&self.policy_json, UnknownMembers::Ignore).ok()?,
        })
    }
}

// === impl Private ===

impl Private {
    /// Creates private state for a campaign and its earlier policy.
    pub(super) fn remembering(campaign: CampaignRef, policy: Option<&RetryPolicy>) -> Self {
        let before = policy.map(Document::new);
        Self {
            before,
            campaign: Some(campaign.to_string()),
            object: None,
        }
    }

    /// Assigns the private state to a new object.
    pub(super) fn of_object(mut self, object: u64) -> Self {
        self.object = Some(object);
        self
    }

    /// Returns the number of the object.
    pub(super) fn object(&self) -> Option<u64> {
        self.object
    }

    /// Whether both are known to belong to the same object.
    pub(super) fn is_of_same_object(&self, other: &Self) -> bool {
        self.object.is_some() && self.object == other.object
    }

    /// Whether this belongs to a different campaign, whose policy must not be set on this one.
    pub(super) fn is_of_other_campaign(&self, id: &str) -> bool {
        self.campaign
            .as_ref()
            .is_some_and(|campaign| campaign != id)
    }

    /// Returns the policy from before Terraform.
    pub(super) fn before(&self) -> Option<RetryPolicy> {
        self.before.as_ref()?.policy()
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
    fn the_policy_of_one_campaign_is_never_restored_on_another() {
        let campaign = |id: &str| id.parse().unwrap();
        let kept = Private::remembering(campaign("25/46"), None);
        let kept: Private = serde_json::from_slice(&serde_json::to_vec(&kept).unwrap()).unwrap();
        assert!(kept.is_of_other_campaign("25/47"));
        assert!(!kept.is_of_other_campaign("25/46"));
        // States of 0.1.0 do not name it.
        assert!(!Private::default().is_of_other_campaign("25/47"));
    }

    #[test]
    fn private_state_of_an_earlier_version_is_read_and_belongs_to_no_object() {
        let kept = r#"{"before":{"policyType":0,"policyJson":"[{\"type\":0,\"policy\":{\"retryTimes\":9,\"retryDay\":9}}]"}}"#;
        let kept: Private = serde_json::from_str(kept).unwrap();
        assert!(kept.before().is_some());
        assert!(!kept.is_of_same_object(&kept.clone()));
        let new = kept.clone().of_object(7);
        assert!(new.is_of_same_object(&kept.of_object(7)));
    }
}
