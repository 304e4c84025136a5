//! The forms in which a reply has a policy, which differ between servers. What the policy says does not
//! matter here.

use std::{borrow::Cow, collections::BTreeSet};

use serde_json::{Map, Value};

use super::{
    element::{ELEMENT, NESTED, RESULT},
    fields::{is_blank, is_name_of},
};
use crate::retry_policy::{
    model::PolicyType,
    parameter::Parameter,
    pseudo_json::{self, MAX_DEPTH},
};

/// The forms of the policies in one reply or more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyForms {
    /// The encodings of `policyJson`.
    pub policy_json: BTreeSet<JsonForm>,
    /// The encodings of `policy`, without its quotes.
    pub policy: BTreeSet<PolicyMemberForm>,
    /// The positions of the numbers of common policies, by the type of the whole policy.
    pub common_layouts: BTreeSet<(PolicyType, CommonLayoutForm)>,
    /// The places and encodings of `noRetryPolicy`, where it lists codes.
    pub no_retry_policy: BTreeSet<(NoRetryPlace, CodesForm)>,
    /// The encodings of integers.
    pub integers: BTreeSet<IntegerForm>,
    /// Names of parameters, spelled otherwise than in the API reference.
    pub other_names: BTreeSet<(Parameter, String)>,
}

/// The encoding of `policyJson`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonForm {
    /// A string of pseudo-JSON with single quotes.
    SingleQuotes,
    /// A string of JSON.
    DoubleQuotes,
    /// A string that contains a string.
    EncodedTwice,
    /// JSON itself.
    Decoded,
}

/// The encoding of `policy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyMemberForm {
    /// JSON itself.
    Value,
    /// A string.
    Text,
}

/// The position of the numbers of a common policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommonLayoutForm {
    /// In the element.
    Flat,
    /// In an object under `policy`.
    Nested,
    /// In both.
    Both,
}

/// The place of `noRetryPolicy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoRetryPlace {
    /// Next to `policyJson`.
    Document,
    /// In an element of `policyJson`.
    Element,
    /// Under `policy`.
    Policy,
}

/// The encoding of a list of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodesForm {
    /// A list.
    List,
    /// A string with a list in brackets.
    ListInText,
    /// A string with separators.
    Separated,
}

/// The encoding of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntegerForm {
    /// A number.
    Number,
    /// A number with a fraction or an exponent.
    Decimal,
    /// A string.
    Text,
}

/// Parameters whose values are integers.
const INTEGERS: [Parameter; 7] = [
    Parameter::PolicyType,
    Parameter::Type,
    Parameter::RetryTimes,
    Parameter::RetryDay,
    Parameter::Result,
    Parameter::RetryNumber,
    Parameter::CallInterval,
];

/// How deep in a reply a policy is looked for.
const MAX_DOCUMENT_DEPTH: usize = 8;

/// The longest name of a member that is kept.
const MAX_NAME: usize = 24;

// === impl PolicyForms ===

impl PolicyForms {
    /// Observes the reply to a query. `None` if it has no policy.
    #[must_use]
    pub fn of_reply(reply: &Map<String, Value>) -> Option<Self> {
        let mut forms = Self::default();
        with_document(reply, MAX_DOCUMENT_DEPTH, &mut |document| {
            forms.document(document);
        })
        .then_some(forms)
    }

    /// Adds the forms of other policies.
    pub fn extend(&mut self, other: Self) {
        self.policy_json.extend(other.policy_json);
        self.policy.extend(other.policy);
        self.common_layouts.extend(other.common_layouts);
        self.no_retry_policy.extend(other.no_retry_policy);
        self.integers.extend(other.integers);
        self.other_names.extend(other.other_names);
    }

    fn document(&mut self, document: &Map<String, Value>) {
        self.names(document, &[Parameter::PolicyJson, Parameter::PolicyType]);
        self.codes(document, NoRetryPlace::Document);
        self.integers(document);
        let policy_type = match value(document, Parameter::PolicyType) {
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::String(text)) => text.trim().to_owned(),
            _ => String::new(),
        };
        let policy_type = match policy_type.chars().next() {
            Some('1') => PolicyType::NumberType,
            _ => PolicyType::Global,
        };
        let Some(policy_json) = value(document, Parameter::PolicyJson) else {
            return;
        };
        self.policy_json.extend(json_form(policy_json));
        for element in objects(&decoded(policy_json)) {
            self.element(element, policy_type);
        }
    }

    fn element(&mut self, element: &Map<String, Value>, policy_type: PolicyType) {
        self.names(element, ELEMENT);
        self.codes(element, NoRetryPlace::Element);
        self.integers(element);
        let policy = value(element, Parameter::Policy);
        self.policy.extend(policy.map(|policy| match policy {
            Value::String(_) => PolicyMemberForm::Text,
            _ => PolicyMemberForm::Value,
        }));
        let policy = policy.map(decoded);
        let inner: Vec<_> = policy.iter().flat_map(|policy| objects(policy)).collect();
        for object in &inner {
            self.names(object, NESTED);
            self.names(object, RESULT);
            self.codes(object, NoRetryPlace::Policy);
            self.integers(object);
        }
        if is_result_policy(element) {
            return;
        }
        let has_numbers = |object: &Map<String, Value>| {
            value(object, Parameter::RetryTimes).is_some()
                || value(object, Parameter::RetryDay).is_some()
        };
        let is_nested = inner.iter().any(|object| has_numbers(object));
        let layout = match (has_numbers(element), is_nested) {
            (true, true) => CommonLayoutForm::Both,
            (true, false) => CommonLayoutForm::Flat,
            (false, true) => CommonLayoutForm::Nested,
            (false, false) => return,
        };
        self.common_layouts.insert((policy_type, layout));
    }

    fn names(&mut self, object: &Map<String, Value>, known: &[Parameter]) {
        for (name, content) in object {
            let parameter = known
                .iter()
                .find(|parameter| is_name_of(name, **parameter) && parameter.api_name() != name);
            if let Some(parameter) = parameter
                && !is_blank(content)
                && name.len() <= MAX_NAME
            {
                self.other_names.insert((*parameter, name.clone()));
            }
        }
    }

    fn codes(&mut self, object: &Map<String, Value>, place: NoRetryPlace) {
        let form = match value(object, Parameter::NoRetryPolicy) {
            Some(Value::Array(_)) => CodesForm::List,
            Some(Value::String(text)) => {
                let text = text.trim_start_matches(|c: char| {
                    c.is_whitespace() || matches!(c, '"' | '\'' | '\\')
                });
                if text.starts_with('[') {
                    CodesForm::ListInText
                } else {
                    CodesForm::Separated
                }
            }
            _ => return,
        };
        self.no_retry_policy.insert((place, form));
    }

    fn integers(&mut self, object: &Map<String, Value>) {
        for parameter in INTEGERS {
            let form = match value(object, parameter) {
                Some(Value::String(_)) => IntegerForm::Text,
                Some(Value::Number(number)) if number.as_i64().is_some() => IntegerForm::Number,
                Some(Value::Number(_)) => IntegerForm::Decimal,
                _ => continue,
            };
            self.integers.insert(form);
        }
    }
}

fn is_result_policy(element: &Map<String, Value>) -> bool {
    match value(element, Parameter::Type) {
        Some(Value::Number(number)) => number.to_string().starts_with('1'),
        Some(Value::String(text)) => text.trim_start().starts_with('1'),
        _ => false,
    }
}

/// Finds the first object with a `policyJson`. Returns whether there is one.
fn with_document(
    object: &Map<String, Value>,
    depth: usize,
    found: &mut dyn FnMut(&Map<String, Value>),
) -> bool {
    if value(object, Parameter::PolicyJson).is_some() {
        found(object);
        return true;
    }
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    object.values().any(|value| {
        let value = decoded(value);
        objects(&value).any(|object| with_document(object, depth, found))
    })
}

/// Returns the value of a parameter, unless it is blank.
fn value(object: &Map<String, Value>, parameter: Parameter) -> Option<&Value> {
    object
        .iter()
        .find(|(name, value)| is_name_of(name, parameter) && !is_blank(value))
        .map(|(_, value)| value)
}

/// Returns an object, or the objects of a list.
fn objects(value: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    let (one, list) = match value {
        Value::Object(object) => (Some(object), &[][..]),
        Value::Array(list) => (None, list.as_slice()),
        _ => (None, &[][..]),
    };
    one.into_iter()
        .chain(list.iter().filter_map(Value::as_object))
}

/// Decodes a string that holds JSON, and passes on any other value.
fn decoded(value: &Value) -> Cow<'_, Value> {
    let mut value = Cow::Borrowed(value);
    for _ in 0..MAX_DEPTH {
        let inner = match value.as_ref() {
            Value::String(text) if is_json(text) => pseudo_json::parse(text),
            _ => break,
        };
        match inner {
            Ok(inner) => value = Cow::Owned(inner),
            Err(_) => break,
        }
    }
    value
}

/// Returns whether a text begins like a list, an object or a string.
fn is_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with(['[', '{', '"', '\''])
}

fn json_form(policy_json: &Value) -> Option<JsonForm> {
    let Value::String(text) = policy_json else {
        return Some(JsonForm::Decoded);
    };
    if matches!(pseudo_json::parse(text), Ok(Value::String(_))) {
        return Some(JsonForm::EncodedTwice);
    }
    match text.chars().find(|c| matches!(c, '"' | '\''))? {
        '\'' => Some(JsonForm::SingleQuotes),
        _ => Some(JsonForm::DoubleQuotes),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn forms(reply: Value) -> PolicyForms {
        let Value::Object(reply) = reply else {
            panic!("not an object");
        };
        PolicyForms::of_reply(&reply).unwrap_or_default()
    }

    #[test]
    fn the_forms_of_the_reference_are_seen() {
        let seen = forms(json!({
            "resultCode": "0200000",
            "data": {
                "retryPolicyId": "1",
                "policyType": 0,
                "policyJson": "[{'type':0,'retryTimes':2,'retryDay':1}]",
                "noRetryPolicy": "[\"002\"]",
            },
        }));
        let expected = PolicyForms {
            policy_json: [JsonForm::SingleQuotes].into(),
            common_layouts: [(PolicyType::Global, CommonLayoutForm::Flat)].into(),
            no_retry_policy: [(NoRetryPlace::Document, CodesForm::ListInText)].into(),
            integers: [IntegerForm::Number].into(),
            ..PolicyForms::default()
        };
        assert_eq!(seen, expected);
    }

    #[test]
    fn what_has_no_policy_has_no_forms() {
        for data in [
            json!(null),
            json!({}),
            json!({"policyJson": ""}),
            json!("["),
        ] {
            assert_eq!(forms(json!({"data": data})), PolicyForms::default());
        }
    }

    #[test]
    fn forms_of_several_replies_add_up() {
        let mut seen = forms(json!({"data": {"policyJson": [{"type": "0", "retryTime": "1"}]}}));
        seen.extend(forms(json!({"data": {"policyType": 1, "policyJson":
            "[{\"policy\":{\"retryTimes\":1,\"noRetryPolicy\":[\"1\"]}}]"}})));
        let expected = PolicyForms {
            policy_json: [JsonForm::DoubleQuotes, JsonForm::Decoded].into(),
            policy: [PolicyMemberForm::Value].into(),
            common_layouts: [
                (PolicyType::Global, CommonLayoutForm::Flat),
                (PolicyType::NumberType, CommonLayoutForm::Nested),
            ]
            .into(),
            no_retry_policy: [(NoRetryPlace::Policy, CodesForm::List)].into(),
            integers: [IntegerForm::Number, IntegerForm::Text].into(),
            other_names: [(Parameter::RetryTimes, "retryTime".to_owned())].into(),
        };
        assert_eq!(seen, expected);
    }
}
