//! The retry policy: what a campaign is set to (API reference, Tables 3 to 5).

mod keeps;
mod validate;

use serde_json::{Value, json};

pub use keeps::Keeps;

use crate::pseudo_json::Node;

/// `policyType` of Table 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PolicyType {
    Global,
    NumberType,
}

impl PolicyType {
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Global => 0,
            Self::NumberType => 1,
        }
    }
}

/// A whole policy, as parsed.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub(crate) policy_type: PolicyType,
    pub(crate) elements: Vec<Element>,
}

/// One element of `policyJson`, Table 4.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) data_type: Option<String>,
    pub(crate) rule: Rule,
    pub(crate) no_retry_policy: Vec<String>,
    pub(crate) posted: PostedForm,
}

/// `type` of Table 4 with what goes with it.
#[derive(Clone, Debug)]
pub(crate) enum Rule {
    /// Type 0, the common policy.
    Common { retry_times: i64, retry_day: i64 },
    /// Type 1, the result policy.
    Result(Vec<ResultRule>),
}

/// One item of `policy`, Table 5.
#[derive(Clone, Debug)]
pub(crate) struct ResultRule {
    pub(crate) result: i64,
    pub(crate) retry_number: i64,
    pub(crate) call_interval: i64,
}

/// How an element was written; no part of its meaning.
#[derive(Clone, Debug, Default)]
pub(crate) struct PostedForm {
    /// The common policy stood in an object under `policy`.
    pub(crate) nested: bool,
    /// Every key, outer and inner, in the order in which it first occurred.
    pub(crate) keys: Vec<String>,
}

impl PostedForm {
    fn note_keys(&mut self, node: &Node) {
        match node {
            Node::List(items) => items.iter().for_each(|item| self.note_keys(item)),
            Node::Object(entries) => {
                for (key, value) in entries {
                    if !self.keys.contains(key) {
                        self.keys.push(key.clone());
                    }
                    self.note_keys(value);
                }
            }
            _ => {}
        }
    }
}

impl Policy {
    /// The meaning as one canonical JSON document: elements and result entries in a fixed order,
    /// the common policy flat, integers as integers, `noRetryPolicy` only where it names a code.
    pub(crate) fn meaning(&self) -> Value {
        let mut elements: Vec<Value> = self.elements.iter().map(Element::meaning).collect();
        elements.sort_by_cached_key(Value::to_string);
        Value::Array(elements)
    }

    pub(crate) fn means_the_same_as(&self, other: &Self) -> bool {
        self.policy_type == other.policy_type && self.meaning() == other.meaning()
    }
}

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
