//! The model of a retry policy (API reference, Tables 3 to 5).

use serde_json::{Value, json};

use crate::json::Node;

/// `policyType` of Table 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PolicyType {
    Global,
    NumberType,
}

/// A retry policy.
#[derive(Clone, Debug)]
pub(super) struct Policy {
    pub(super) policy_type: PolicyType,
    pub(super) elements: Vec<Element>,
}

/// A campaign's policy, parsed and as text. The text is as posted, unless the server changed the
/// policy.
#[derive(Clone, Debug)]
pub(super) struct StoredPolicy {
    pub(super) retry_policy_id: String,
    pub(super) policy: Policy,
    pub(super) policy_json: String,
}

/// An element of `policyJson` (Table 4).
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) data_type: Option<String>,
    pub(super) rule: Rule,
    pub(super) no_retry_policy: Vec<String>,
    pub(super) posted: PostedForm,
}

/// The rule of an element, by its `type` (Table 4).
#[derive(Clone, Debug)]
pub(super) enum Rule {
    /// Type 0, the common policy.
    Common { retry_times: i64, retry_day: i64 },
    /// Type 1, the result policy.
    Result(Vec<ResultRule>),
}

/// An item of `policy` (Table 5).
#[derive(Clone, Debug)]
pub(super) struct ResultRule {
    pub(super) result: i64,
    pub(super) retry_number: i64,
    pub(super) call_interval: i64,
}

/// How an element was written, which does not affect its meaning.
#[derive(Clone, Debug, Default)]
pub(super) struct PostedForm {
    /// The common policy was in an object under `policy`.
    pub(super) nested: bool,
    /// All keys, outer and inner, in the order of their first occurrence.
    pub(super) keys: Vec<String>,
}

// === impl PolicyType ===

impl PolicyType {
    pub(super) fn number(self) -> u8 {
        match self {
            Self::Global => 0,
            Self::NumberType => 1,
        }
    }
}

// === impl PostedForm ===

impl PostedForm {
    /// Adds the keys of `node`.
    pub(super) fn add_keys(&mut self, node: &Node) {
        match node {
            Node::List(items) => items.iter().for_each(|item| self.add_keys(item)),
            Node::Object(entries) => {
                for (key, value) in entries {
                    if !self.keys.contains(key) {
                        self.keys.push(key.clone());
                    }
                    self.add_keys(value);
                }
            }
            _ => {}
        }
    }
}

// === impl Policy ===

impl Policy {
    /// Returns the policy in canonical form: elements and result entries in a fixed order, the
    /// common policy flat, integers as integers, `noRetryPolicy` sorted and omitted if empty.
    pub(super) fn meaning(&self) -> Value {
        let mut elements: Vec<Value> = self.elements.iter().map(Element::meaning).collect();
        elements.sort_by_cached_key(Value::to_string);
        Value::Array(elements)
    }

    /// Returns whether both policies have the same canonical form.
    pub(super) fn is_equivalent(&self, other: &Self) -> bool {
        self.policy_type == other.policy_type && self.meaning() == other.meaning()
    }
}

// === impl Element ===

impl Element {
    fn meaning(&self) -> Value {
        let mut element = match &self.rule {
            Rule::Common {
                retry_times,
                retry_day,
            } => {
                json!({"type": 0, "retryTimes": retry_times, "retryDay": retry_day})
            }
            Rule::Result(items) => {
                let mut items: Vec<&ResultRule> = items.iter().collect();
                items.sort_by_key(|item| item.result);
                let items: Vec<Value> = items
                    .into_iter()
                    .map(|item| {
                        json!({
                            "result": item.result,
                            "retryNumber": item.retry_number,
                            "callInterval": item.call_interval,
                        })
                    })
                    .collect();
                json!({"type": 1, "policy": items})
            }
        };
        if let Some(object) = element.as_object_mut() {
            if let Some(data_type) = &self.data_type {
                object.insert("dataType".into(), json!(data_type));
            }
            if !self.no_retry_policy.is_empty() {
                let mut codes = self.no_retry_policy.clone();
                codes.sort_unstable();
                codes.dedup();
                object.insert("noRetryPolicy".into(), json!(codes));
            }
        }
        element
    }
}
