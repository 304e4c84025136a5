//! From a request body to a policy, refusing whatever Tables 3 to 5 do not allow.
//!
//! `null` counts as a parameter that is not there. Integers are 32-bit \[I\]: the reference states no
//! range. Counts and times are not negative \[I\]; a `result` is only a code.

use std::collections::HashSet;
use std::hash::Hash;
use std::ops::RangeInclusive;

use serde_json::Value;

use super::{Element, Policy, PolicyType, PostedForm, ResultRule, Rule};
use crate::pseudo_json::{self, Node};
use crate::result_code::{Refusal, ResultCode};

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
const COMMON_PARAMETERS: [&str; 2] = ["retryDay", "retryTimes"];

impl Policy {
    /// Reads the body of a POST. Also returns the text of `policyJson` as it was posted.
    pub(crate) fn from_body(body: &[u8]) -> Result<(Self, String), Refusal> {
        let Ok(Value::Object(body)) = serde_json::from_slice(body) else {
            return Err(parameter_error("The request body is not a JSON object."));
        };
        if let Some(name) = body
            .keys()
            .find(|name| !["policyJson", "policyType"].contains(&&***name))
        {
            return Err(unknown(name));
        }
        let policy_type = match body.get("policyType") {
            None | Some(Value::Null) => return Err(empty("policyType")),
            Some(Value::Number(number)) => integer("policyType", &Node::number(number))?,
            Some(_) => return Err(wrong_type("policyType", "an integer")),
        };
        let policy_json = match body.get("policyJson") {
            None | Some(Value::Null) => return Err(empty("policyJson")),
            Some(Value::String(text)) => text,
            Some(_) => return Err(wrong_type("policyJson", "a string")),
        };
        Ok((Self::parse(policy_type, policy_json)?, policy_json.clone()))
    }

    /// Reads `policyType` and `policyJson`.
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

impl Element {
    fn parse(policy_type: PolicyType, node: &Node) -> Result<Self, Refusal> {
        let fields = Fields::of("policyJson", node, &ELEMENT_PARAMETERS)?;
        let mut posted = PostedForm::default();
        posted.note_keys(node);

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
            posted.note_keys(policy);
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
                "retryTimes and retryDay stand in the element or under policy, not in both.",
            ));
        }
        Some(Node::List(_)) => {
            return Err(combination("policy cannot be a list when type is 0."));
        }
        Some(policy) => {
            nested = Fields::of("policy", policy, &COMMON_PARAMETERS)?;
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
            let item = Fields::of("policy", item, &RESULT_PARAMETERS)?;
            Ok(ResultRule {
                result: item.code("result")?,
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

/// The tables call `policy` a JSON string, the examples write it as a value: both are read.
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

/// The parameters of one object, none of them unknown.
struct Fields<'a>(&'a [(String, Node)]);

impl<'a> Fields<'a> {
    fn of(parent: &str, node: &'a Node, known: &[&str]) -> Result<Self, Refusal> {
        let Node::Object(entries) = node else {
            return Err(wrong_type(parent, "made of objects"));
        };
        match entries
            .iter()
            .find(|(name, _)| !known.contains(&name.as_str()))
        {
            Some((name, _)) => Err(unknown(name)),
            None => Ok(Self(entries)),
        }
    }

    fn get(&self, name: &str) -> Option<&'a Node> {
        let (_, node) = self.0.iter().find(|(known, _)| known == name)?;
        (*node != Node::Null).then_some(node)
    }

    fn integer(&self, name: &str) -> Result<i64, Refusal> {
        integer(name, self.required(name)?)
    }

    /// An integer of which only the width is known.
    fn code(&self, name: &str) -> Result<i64, Refusal> {
        integer_in(name, self.required(name)?, i32::MIN..=i32::MAX)
    }

    fn required(&self, name: &str) -> Result<&'a Node, Refusal> {
        self.get(name).ok_or_else(|| empty(name))
    }
}

fn integer(name: &str, node: &Node) -> Result<i64, Refusal> {
    integer_in(name, node, 0..=i32::MAX)
}

fn integer_in(name: &str, node: &Node, range: RangeInclusive<i32>) -> Result<i64, Refusal> {
    let Node::Number(digits) = node else {
        return Err(wrong_type(name, "an integer"));
    };
    if digits.contains(['.', 'e', 'E']) {
        return Err(wrong_type(name, "an integer"));
    }
    match digits.parse::<i32>() {
        Ok(value) if range.contains(&value) => Ok(value.into()),
        _ => Err(wrong_value(
            name,
            &format!("from {} to {}", range.start(), range.end()),
        )),
    }
}

fn text(name: &str, node: &Node) -> Result<String, Refusal> {
    match node {
        Node::Text(text) if text.is_empty() => Err(empty(name)),
        Node::Text(text) => Ok(text.clone()),
        _ => Err(wrong_type(name, "a string")),
    }
}

fn parse_text(name: &str, text: &str) -> Result<Node, Refusal> {
    pseudo_json::parse(text).map_err(|reason| {
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

fn empty(name: &str) -> Refusal {
    Refusal::new(ResultCode::Empty, format!("{name} is missing."))
}

fn wrong_type(name: &str, expected: &str) -> Refusal {
    Refusal::new(ResultCode::WrongType, format!("{name} must be {expected}."))
}

fn wrong_value(name: &str, expected: &str) -> Refusal {
    Refusal::new(
        ResultCode::WrongValue,
        format!("{name} must be {expected}."),
    )
}

fn combination(detail: impl Into<String>) -> Refusal {
    Refusal::new(ResultCode::BadCombination, detail)
}

fn unknown(name: &str) -> Refusal {
    parameter_error(format!("The parameter {name} is unknown."))
}

fn parameter_error(detail: impl Into<String>) -> Refusal {
    Refusal::new(ResultCode::ParameterError, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(body: &str) -> &'static str {
        match Policy::from_body(body.as_bytes()) {
            Ok(_) => ResultCode::Success.as_str(),
            Err(refusal) => refusal.code.as_str(),
        }
    }

    fn code_of(policy_type: i64, policy_json: &str) -> &'static str {
        match Policy::parse(policy_type, policy_json) {
            Ok(_) => ResultCode::Success.as_str(),
            Err(refusal) => refusal.code.as_str(),
        }
    }

    /// The request bodies on the API page, section Example; the misprint of the third put right.
    #[test]
    fn the_examples_of_the_page_are_accepted() {
        for body in [
            r#"{"policyJson":"[{'type':0,'retryTimes':1,'retryDay':1}]","policyType": 0}"#,
            r#"{"policyJson":"[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]","policyType": 0}"#,
            r#"{"policyJson" : "[{'dataType':'ST','type':0,'policy':{'retryTimes':2,'retryDay':1}}]","policyType": 1}"#,
            r#"{"policyJson":"[{'dataType':'ST','type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]","policyType": 1}"#,
        ] {
            assert_eq!(code(body), "0200000", "{body}");
        }
    }

    #[test]
    fn table_3() {
        for (expected, body) in [
            ("0200001", "[]"),
            ("0200001", "{"),
            ("0200001", r#"{"policyType":0,"policyJson":"[]","more":1}"#),
            ("02000001", r#"{"policyJson":"[]"}"#),
            ("02000001", r#"{"policyType":null,"policyJson":"[]"}"#),
            ("02000001", r#"{"policyType":0}"#),
            ("02000001", r#"{"policyType":0,"policyJson":""}"#),
            ("02000006", r#"{"policyType":"0","policyJson":"[]"}"#),
            ("02000006", r#"{"policyType":0.5,"policyJson":"[]"}"#),
            ("02000006", r#"{"policyType":0,"policyJson":[]}"#),
            ("02000007", r#"{"policyType":2,"policyJson":"[]"}"#),
            (
                "02000007",
                r#"{"policyType":99999999999999999999,"policyJson":"[]"}"#,
            ),
            ("02000008", r#"{"policyType":0,"policyJson":"nonsense"}"#),
        ] {
            assert_eq!(code(body), expected, "{body}");
        }
    }

    #[test]
    fn tables_4_and_5() {
        for (expected, policy_type, policy_json) in [
            (
                "0200000",
                0,
                "[{'type':0,'policy':{'retryTimes':2,'retryDay':1}}]",
            ),
            (
                "0200000",
                0,
                "[{'type':0,'policy':'{\"retryTimes\":2,\"retryDay\":1}'}]",
            ),
            (
                "0200000",
                0,
                "[{'type':0,'retryTimes':1,'retryDay':1,'noRetryPolicy':['002']}]",
            ),
            (
                "0200000",
                0,
                "[{'type':1,'policy':[{'result':-2147483648,'retryNumber':3,'callInterval':60}]}]",
            ),
            (
                "02000007",
                0,
                "[{'type':1,'policy':[{'result':-2147483649,'retryNumber':3,'callInterval':60}]}]",
            ),
            (
                "02000007",
                0,
                "[{'type':1,'policy':[{'result':4,'retryNumber':-3,'callInterval':60}]}]",
            ),
            ("0200001", 0, "[{'type':0,'retryTime':1,'retryDay':1}]"),
            (
                "0200001",
                0,
                "[{'type':1,'policy':[{'result':4,'retryNumber':3,'interval':60}]}]",
            ),
            ("02000001", 0, "[]"),
            ("02000001", 0, "[{'retryTimes':1,'retryDay':1}]"),
            ("02000001", 0, "[{'type':0,'retryTimes':1}]"),
            ("02000001", 0, "[{'type':1}]"),
            ("02000001", 0, "[{'type':1,'policy':[]}]"),
            (
                "02000001",
                0,
                "[{'type':1,'policy':[{'result':4,'retryNumber':3}]}]",
            ),
            (
                "02000001",
                1,
                "[{'dataType':'','type':0,'retryTimes':1,'retryDay':1}]",
            ),
            ("02000006", 0, "{'type':0}"),
            ("02000006", 0, "[1]"),
            ("02000006", 0, "[{'type':'0','retryTimes':1,'retryDay':1}]"),
            ("02000006", 0, "[{'type':0,'retryTimes':1.5,'retryDay':1}]"),
            (
                "02000006",
                0,
                "[{'type':1,'policy':{'result':4,'retryNumber':3,'callInterval':6}}]",
            ),
            (
                "02000006",
                0,
                "[{'type':0,'retryTimes':1,'retryDay':1,'noRetryPolicy':'002'}]",
            ),
            (
                "02000006",
                1,
                "[{'dataType':7,'type':0,'retryTimes':1,'retryDay':1}]",
            ),
            ("02000007", 0, "[{'type':2,'retryTimes':1,'retryDay':1}]"),
            ("02000007", 0, "[{'type':0,'retryTimes':-1,'retryDay':1}]"),
            (
                "02000007",
                0,
                "[{'type':0,'retryTimes':2147483648,'retryDay':1}]",
            ),
            ("02000008", 0, "[{'type':1,'policy':'['}]"),
            (
                "02000008",
                1,
                "[{'dataType':'ST','type':0,''policy':{'retryTimes':2,'retryDay':1}}]",
            ),
            ("02000009", 1, "[{'type':0,'retryTimes':1,'retryDay':1}]"),
            ("02000009", 0, "[{'type':1,'retryTimes':1,'policy':[]}]"),
            ("02000009", 0, "[{'type':0,'policy':[]}]"),
            (
                "02000009",
                0,
                "[{'type':0,'retryTimes':1,'policy':{'retryTimes':1,'retryDay':1}}]",
            ),
            (
                "02000009",
                1,
                "[{'dataType':'S','type':0,'retryTimes':1,'retryDay':1,'noRetryPolicy':[]}]",
            ),
            (
                "02000009",
                1,
                "[{'dataType':'S','type':0,'retryTimes':1,'retryDay':1},\
                  {'dataType':'S','type':0,'retryTimes':2,'retryDay':1}]",
            ),
            (
                "02000009",
                0,
                "[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60},\
                  {'result':4,'retryNumber':1,'callInterval':60}]}]",
            ),
        ] {
            assert_eq!(code_of(policy_type, policy_json), expected, "{policy_json}");
        }
    }

    #[test]
    fn order_and_layout_are_no_part_of_the_meaning() {
        let one = Policy::parse(
            1,
            "[{'dataType':'A','type':0,'retryTimes':1,'retryDay':2},\
              {'dataType':'B','type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60},\
              {'result':5,'retryNumber':3,'callInterval':60}]}]",
        );
        let other = Policy::parse(
            1,
            r#"[{"policy":[{"callInterval":60,"retryNumber":3,"result":5},
               {"result":4,"retryNumber":3,"callInterval":60}],"type":1,"dataType":"B"},
               {"policy":{"retryDay":2,"retryTimes":1},"type":0,"dataType":"A"}]"#,
        );
        assert!(one.unwrap().means_the_same_as(&other.unwrap()));
    }
}
