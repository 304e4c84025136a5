//! What the server knows: VDNs, their campaigns, call results and number types.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::policy::Policy;

/// One outbound campaign.
#[derive(Clone, Debug)]
pub(crate) struct Campaign {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) status: i64,
    pub(crate) device_type: i64,
    /// `yyyy-MM-dd HH:mm:ss`, as are all times of the interface.
    pub(crate) begin_time: String,
    pub(crate) end_time: String,
    pub(crate) policy: Option<StoredPolicy>,
}

impl Campaign {
    /// A campaign that nobody described further.
    pub(crate) fn plain(campaign_id: i64) -> Self {
        Self {
            name: format!("campaign-{campaign_id}"),
            description: String::new(),
            status: 2,
            device_type: 2,
            begin_time: "2025-01-01 00:00:00".to_owned(),
            end_time: "2030-01-01 00:00:00".to_owned(),
            policy: None,
        }
    }
}

/// A policy as the server keeps it: its meaning, and the text it came as or, where the server
/// changed it, the text of what is kept.
#[derive(Clone, Debug)]
pub(crate) struct StoredPolicy {
    pub(crate) retry_policy_id: String,
    pub(crate) policy: Policy,
    pub(crate) policy_json: String,
}

impl StoredPolicy {
    pub(crate) fn kept(&self) -> KeptPolicy {
        KeptPolicy {
            retry_policy_id: self.retry_policy_id.clone(),
            policy_type: self.policy.policy_type.number(),
            policy_json: self.policy_json.clone(),
            meaning: self.policy.meaning(),
        }
    }
}

/// A campaign's policy as tests and the admin interface see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPolicy {
    /// The id that queries answer with.
    pub retry_policy_id: String,
    /// 0 or 1.
    pub policy_type: u8,
    /// `policyJson` as it was posted, to the byte; strict JSON where the server was told to keep
    /// something else.
    pub policy_json: String,
    /// What the server keeps: a list of elements in canonical form (common policy flat, integers
    /// as integers, elements and result entries in a fixed order, `noRetryPolicy` sorted and only
    /// where it has codes).
    pub meaning: Value,
}

/// One definition of an outbound call result.
#[derive(Clone, Debug)]
pub(crate) struct CallResult {
    pub(crate) result_code: String,
    pub(crate) display_result: String,
    pub(crate) def_id: String,
}

/// One virtual call centre.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vdn {
    pub(crate) campaigns: BTreeMap<i64, Campaign>,
    pub(crate) call_results: Vec<CallResult>,
    pub(crate) number_types: Vec<String>,
}
