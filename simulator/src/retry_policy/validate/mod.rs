//! Parses a policy and refuses whatever Tables 3 to 5 do not allow.
//!
//! `null` counts as a missing parameter. Integers are 32-bit \[I\], since the reference states no
//! range. Counts and times are not negative \[I\]; a `result` is a code of any sign.

#[cfg(test)]
mod tests;

use std::{collections::HashSet, hash::Hash};

use super::model::{Element, Policy, PolicyType, PostedForm, ResultRule, Rule};
use crate::{
    api::{Fields, Refusal, ResultCode, empty, text, wrong_type, wrong_value},
    json::{self, Node},
};

/// Parameters of Table 3.
const BODY_PARAMETERS: [&str; 2] = ["policyJson", "policyType"];
/// Parameters of Table 4.
const ELEMENT_PARAMETERS: [&str; 6] = [
    "dataType",
    "policy",
    "retryDay",
    "retryTimes",
    "type",
    "noRetryPolicy",
];
/// Parameters of Table 5.
const RESULT_PARAMETERS: [&str; 3] = ["callInterval", "result", "retryNumber"];
/// Parameters of Table 4 that make up the common policy.
const COMMON_PARAMETERS: [&str; 2] = ["retryDay", "retryTimes"];

// === impl Policy ===

impl Policy {
    /// Parses the body of a POST. Also returns the text of `policyJson` as posted.
    pub(crate) fn from_body(body: &Node) -> Result<(Self, String), Refusal> {
        let fields = Fields::new("body", body, &BODY_PARAMETERS)?;
        let policy_type = fields.integer("policyType")?;
        let policy_json = fields.text("policyJson")?;
        Ok((Self::parse(policy_type, &policy_json)?, policy_json))
    }

    /// Parses the values of `policyType` and `policyJson`.
    pub(crate) fn parse(policy_type: i64, policy_json: &str) -> Result<Self, Refusal> {
        let policy_type = match policy_type {
            0 => PolicyType::Global,
            1 => PolicyType::NumberType,
            _ => return Err(wrong_value("policyType", "0 or 1")),
        };
        if policy_json.trim().is_empty() {
            return Err(empty("policyJson"));
        }
        let elements = match parse_text("policyJson", policy_json)? {
            Node::List(elements) if elements.is_empty() => return Err(empty("policyJson")),
            Node::List(elements) => elements,
            _ => return Err(wrong_type("policyJson", "a list")),
        };
        let elements = elements
            .iter()
            .map(|element| Element::parse(policy_type, element))
            .collect::<Result<Vec<_>, _>>()?;
        if policy_type == PolicyType::NumberType
            && !distinct(elements.iter().map(|element| &element.data_type))
        {
            return Err(combination("dataType occurs twice."));
        }
        Ok(Self {
            policy_type,
            elements,
        })
    }
}

// === impl Element ===

impl Element {
    fn parse(policy_type: PolicyType, node: &Node) -> Result<Self, Refusal> {
        let fields = Fields::new("policyJson", node, &ELEMENT_PARAMETERS)?;
        let mut posted = PostedForm::default();
        posted.add_keys(node);

        let data_type = fields
            .get("dataType")
            .map(|node| text("dataType", node))
            .transpose()?;
        let no_retry_policy = fields.get("noRetryPolicy").map(result_codes).transpose()?;
        match policy_type {
            PolicyType::NumberType if data_type.is_none() => {
                return Err(combination("dataType is required when policyType is 1."));
            }
            PolicyType::NumberType if no_retry_policy.is_some() => {
                return Err(combination(
                    "noRetryPolicy cannot be set when policyType is 1.",
                ));
            }
            PolicyType::NumberType | PolicyType::Global => {}
        }

        let policy = fields.get("policy").map(decode_policy).transpose()?;
        if let Some(policy) = &policy {
            posted.add_keys(policy);
        }
        let rule = match fields.integer("type")? {
            0 => {
                posted.nested = policy.is_some();
                common_rule(&fields, policy.as_ref())?
            }
            1 => result_rule(&fields, policy.as_ref())?,
            _ => return Err(wrong_value("type", "0 or 1")),
        };
        Ok(Self {
            data_type,
            rule,
            no_retry_policy: no_retry_policy.unwrap_or_default(),
            posted,
        })
    }
}

fn common_rule(fields: &Fields<'_>, policy: Option<&Node>) -> Result<Rule, Refusal> {
    let flat = COMMON_PARAMETERS
        .iter()
        .any(|name| fields.get(name).is_some());
    let nested;
    let source = match policy {
        None => fields,
        Some(_) if flat => {
            return Err(combination(
                "retryTimes and retryDay are set in the element or under policy, not in both.",
            ));
        }
        Some(Node::List(_)) => {
            return Err(combination("policy cannot be a list when type is 0."));
        }
        Some(policy) => {
            nested = Fields::new("policy", policy, &COMMON_PARAMETERS)?;
            &nested
        }
    };
    Ok(Rule::Common {
        retry_times: source.integer("retryTimes")?,
        retry_day: source.integer("retryDay")?,
    })
}

fn result_rule(fields: &Fields<'_>, policy: Option<&Node>) -> Result<Rule, Refusal> {
    if let Some(name) = COMMON_PARAMETERS
        .iter()
        .find(|name| fields.get(name).is_some())
    {
        return Err(combination(format!("{name} cannot be set when type is 1.")));
    }
    let items = match policy {
        None => return Err(empty("policy")),
        Some(Node::List(items)) if items.is_empty() => return Err(empty("policy")),
        Some(Node::List(items)) => items,
        Some(_) => return Err(wrong_type("policy", "a list when type is 1")),
    };
    let items = items
        .iter()
        .map(|item| {
            let item = Fields::new("policy", item, &RESULT_PARAMETERS)?;
            Ok(ResultRule {
                result: item.signed_integer("result")?,
                retry_number: item.integer("retryNumber")?,
                call_interval: item.integer("callInterval")?,
            })
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    if !distinct(items.iter().map(|item| item.result)) {
        return Err(combination("result occurs twice."));
    }
    Ok(Rule::Result(items))
}

/// Accepts `policy` as a JSON string, as in the tables, and as a value, as in the examples.
fn decode_policy(node: &Node) -> Result<Node, Refusal> {
    match node {
        Node::Text(text) => parse_text("policy", text),
        node => Ok(node.clone()),
    }
}

fn result_codes(node: &Node) -> Result<Vec<String>, Refusal> {
    match node {
        Node::List(codes) => codes
            .iter()
            .map(|code| text("noRetryPolicy", code))
            .collect(),
        _ => Err(wrong_type("noRetryPolicy", "a list of strings")),
    }
}

fn parse_text(name: &str, text: &str) -> Result<Node, Refusal> {
    json::parse(text).map_err(|reason| {
        Refusal::new(
            ResultCode::Conversion,
            format!("{name} cannot be read: {reason}."),
        )
    })
}

fn distinct<T: Hash + Eq>(values: impl Iterator<Item = T>) -> bool {
    let mut seen = HashSet::new();
    values.into_iter().all(|value| seen.insert(value))
}

fn combination(detail: impl Into<String>) -> Refusal {
    Refusal::new(ResultCode::BadCombination, detail)
}
