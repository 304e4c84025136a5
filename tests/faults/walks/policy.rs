//! The policies of the walks.

use serde_json::{Value as Json, json};
use test_support::retry_policy::config;

/// A kind of policy, with everything that one of its kind may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One element, and two codes.
    Global,
    /// Two number types, one of them with results and an accent in its name.
    ByNumberType,
}

/// `retry_times` of the policy that a campaign has before Terraform.
pub(super) const EARLIER: u32 = 9;
/// Of the first policy that Terraform sets.
pub(super) const FIRST: u32 = 1;
/// Of the one that a change sets.
pub(super) const SECOND: u32 = 2;
/// Of the one after that.
pub(super) const THIRD: u32 = 3;

// === impl Kind ===

impl Kind {
    pub(super) const ALL: [Self; 2] = [Self::Global, Self::ByNumberType];

    pub(super) fn policy_type(self) -> u8 {
        match self {
            Self::Global => 0,
            Self::ByNumberType => 1,
        }
    }

    /// The resource in a configuration.
    pub(super) fn config(self, campaign_id: i64, retry_times: u32) -> Json {
        let mut config = config(campaign_id, retry_times.into());
        config["policy_type"] = self.policy_type().into();
        let Some(elements) = config["policy_json"].as_array_mut() else {
            panic!("no elements: {config}");
        };
        match self {
            Self::Global => elements[0]["no_retry_policy"] = json!(["006", "OB99999"]),
            Self::ByNumberType => {
                elements[0]["data_type"] = "ST".into();
                elements.push(json!({
                    "data_type": "Privé", "type": 1, "retry_times": null, "retry_day": null,
                    "policy": [
                        {"result": 4, "retry_number": retry_times, "call_interval": 60},
                        {"result": 5, "retry_number": 0, "call_interval": 600},
                    ],
                    "no_retry_policy": null,
                }));
            }
        }
        config
    }

    /// The same as `policyJson`, for a campaign that gets it from someone else.
    pub(super) fn policy_json(self, retry_times: u32) -> String {
        let mut common = json!({"type": 0, "retryTimes": retry_times, "retryDay": 1});
        let policy_json = match self {
            Self::Global => {
                common["noRetryPolicy"] = json!(["006", "OB99999"]);
                json!([common])
            }
            Self::ByNumberType => {
                common["dataType"] = "ST".into();
                json!([common, {"dataType": "Privé", "type": 1, "policy": [
                    {"result": 4, "retryNumber": retry_times, "callInterval": 60},
                    {"result": 5, "retryNumber": 0, "callInterval": 600},
                ]}])
            }
        };
        policy_json.to_string()
    }
}
