//! Properties of replies in every combination of the forms that are read.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::retry_policy::{
    CommonRule, DataType, ResultCode, ResultRule, RetryPolicy, Rule, equivalent,
};

/// Writes a policy in forms chosen at random, and records them.
struct Renderer(fastrand::Rng, PolicyForms);

// === impl Renderer ===

impl Renderer {
    fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed), PolicyForms::default())
    }

    fn reply(&mut self, policy: &RetryPolicy) -> Map<String, Value> {
        let elements: Vec<_> = policy
            .policy_json
            .iter()
            .map(|element| self.element(element, policy.policy_type))
            .collect();
        let mut data = Map::new();
        let (elements, form) = self.policy_json(json!(elements));
        self.1.policy_json.insert(form);
        data.insert(self.name(Parameter::PolicyJson), elements);
        if policy.policy_type == PolicyType::NumberType || self.0.bool() {
            let policy_type = self.integer(policy.policy_type.number());
            data.insert(self.name(Parameter::PolicyType), policy_type);
        }
        if self.0.bool() {
            data.insert("createTime".to_owned(), json!("2025-01-02"));
        }
        let place = ["data", "Data", "returnObject", "result"];
        let place = place[self.0.usize(..place.len())];
        let Value::Object(mut reply) = json!({"resultCode": "0200000", "data": null}) else {
            return Map::new();
        };
        reply.insert(place.to_owned(), Value::Object(data));
        reply
    }

    fn element(&mut self, element: &PolicyElement, policy_type: PolicyType) -> Value {
        let mut members = Map::new();
        if let Some(data_type) = &element.data_type {
            members.insert(
                self.name(Parameter::DataType),
                json!(format!(" {data_type} ")),
            );
        }
        if !matches!(element.rule, Rule::Common(_)) || self.0.bool() {
            let rule_type = self.integer(element.rule.rule_type().number());
            members.insert(self.name(Parameter::Type), rule_type);
        }
        match &element.rule {
            Rule::Common(rule) => {
                let (is_flat, is_nested) =
                    [(true, false), (false, true), (true, true)][self.0.usize(..3)];
                let layout = match (is_flat, is_nested) {
                    (true, true) => CommonLayoutForm::Both,
                    (true, false) => CommonLayoutForm::Flat,
                    _ => CommonLayoutForm::Nested,
                };
                self.1.common_layouts.insert((policy_type, layout));
                if is_flat {
                    self.common(*rule, &mut members);
                }
                if is_nested {
                    let mut nested = Map::new();
                    self.common(*rule, &mut nested);
                    let nested = self.policy(Value::Object(nested));
                    members.insert(self.name(Parameter::Policy), nested);
                }
            }
            Rule::Result(rules) => {
                let rules: Vec<_> = rules.iter().map(|rule| self.result(*rule)).collect();
                let rules = self.policy(json!(rules));
                members.insert(self.name(Parameter::Policy), rules);
            }
        }
        let codes: Vec<_> = element
            .no_retry_policy
            .iter()
            .map(ResultCode::as_str)
            .collect();
        let (codes, form) = match self.0.u8(..4) {
            0 => (json!(codes), CodesForm::List),
            1 => (json!(json!(codes).to_string()), CodesForm::ListInText),
            2 => {
                let separator = [",", ";", "|", " , "][self.0.usize(..4)];
                (json!(codes.join(separator)), CodesForm::Separated)
            }
            _ => (
                json!(format!("'{}'", codes.join("','"))),
                CodesForm::Separated,
            ),
        };
        if !is_blank(&codes) {
            self.1.no_retry_policy.insert((NoRetryPlace::Element, form));
            members.insert(self.name(Parameter::NoRetryPolicy), codes);
        }
        Value::Object(members)
    }

    fn common(&mut self, rule: CommonRule, members: &mut Map<String, Value>) {
        let times = self.name(Parameter::RetryTimes);
        let (retry_times, retry_day) =
            (self.integer(rule.retry_times), self.integer(rule.retry_day));
        members.insert(times, retry_times);
        members.insert(self.name(Parameter::RetryDay), retry_day);
    }

    fn result(&mut self, rule: ResultRule) -> Value {
        let mut members = Map::new();
        for (name, value) in [
            (Parameter::Result, rule.result),
            (Parameter::RetryNumber, rule.retry_number),
            (Parameter::CallInterval, rule.call_interval),
        ] {
            let value = self.integer(value);
            members.insert(self.name(name), value);
        }
        Value::Object(members)
    }

    fn name(&mut self, parameter: Parameter) -> String {
        let name = match parameter {
            Parameter::RetryTimes => ["retryTimes", "retryTime"][self.0.usize(..2)],
            parameter => parameter.api_name(),
        };
        let snake = |separator: char| {
            let is_upper = |c: char| c.is_ascii_uppercase().then_some(separator);
            let chars = name
                .chars()
                .flat_map(|c| is_upper(c).into_iter().chain([c]));
            chars.collect::<String>().to_ascii_lowercase()
        };
        let name = match self.0.u8(..5) {
            0 => snake('_'),
            1 => snake('-'),
            2 => name.to_ascii_uppercase(),
            _ => name.to_owned(),
        };
        if name != parameter.api_name() {
            self.1.other_names.insert((parameter, name.clone()));
        }
        name
    }

    fn integer(&mut self, value: i64) -> Value {
        let text = match self.0.u8(..5) {
            0 => {
                self.1.integers.insert(IntegerForm::Number);
                return json!(value);
            }
            1 => format!("{value}.0"),
            2 => format!("{value}e0"),
            3 => format!("{value}00E-2"),
            _ => value.to_string(),
        };
        match serde_json::from_str::<serde_json::Number>(&text) {
            Ok(number) if self.0.bool() => {
                let form = match number.as_i64() {
                    Some(_) => IntegerForm::Number,
                    None => IntegerForm::Decimal,
                };
                self.1.integers.insert(form);
                Value::Number(number)
            }
            _ => {
                self.1.integers.insert(IntegerForm::Text);
                json!(format!(" {text}"))
            }
        }
    }

    /// Encodes `policy` as a string up to twice.
    fn policy(&mut self, value: Value) -> Value {
        let encoded = self.encoded(value);
        let form = match encoded {
            Value::String(_) => PolicyMemberForm::Text,
            _ => PolicyMemberForm::Value,
        };
        self.1.policy.insert(form);
        encoded
    }

    /// Encodes `policyJson` as a string up to twice, or once with single quotes.
    fn policy_json(&mut self, value: Value) -> (Value, JsonForm) {
        let text = value.to_string();
        if self.0.u8(..4) == 0 && !text.contains('\'') {
            return (json!(text.replace('"', "'")), JsonForm::SingleQuotes);
        }
        match self.0.u8(..3) {
            0 => (value, JsonForm::Decoded),
            1 => (json!(text), JsonForm::DoubleQuotes),
            _ => (json!(json!(text).to_string()), JsonForm::EncodedTwice),
        }
    }

    /// Encodes a value as a string up to twice.
    fn encoded(&mut self, value: Value) -> Value {
        let times = self.0.u8(..3);
        (0..times).fold(value, |value, _| json!(value.to_string()))
    }
}

fn policy() -> impl Strategy<Value = RetryPolicy> {
    let integer = || any::<i32>().prop_map(i64::from);
    let common = (integer(), integer()).prop_map(|(retry_times, retry_day)| {
        Rule::Common(CommonRule {
            retry_times,
            retry_day,
        })
    });
    let entry =
        (integer(), integer(), integer()).prop_map(|(result, retry_number, call_interval)| {
            ResultRule {
                result,
                retry_number,
                call_interval,
            }
        });
    let result = prop::collection::vec(entry, 1..3).prop_map(Rule::Result);
    let codes = prop::collection::btree_set("[0-9A-Z]{2,7}", 0..3);
    let element = ("[A-Zé]{1,4}", prop_oneof![common, result], codes);
    (any::<bool>(), prop::collection::vec(element, 1..4)).prop_map(|(is_global, elements)| {
        let element =
            |(name, rule, codes): (String, _, std::collections::BTreeSet<String>)| PolicyElement {
                data_type: (!is_global).then(|| DataType::new(name)).flatten(),
                rule,
                no_retry_policy: codes.into_iter().filter_map(ResultCode::new).collect(),
            };
        RetryPolicy {
            policy_type: if is_global {
                PolicyType::Global
            } else {
                PolicyType::NumberType
            },
            policy_json: elements.into_iter().map(element).collect(),
        }
    })
}

proptest! {
    #[test]
    fn every_combination_of_forms_reads_the_same(policy in policy(), seed: u64) {
        let reply = Renderer::new(seed).reply(&policy);
        let text = Value::Object(reply.clone()).to_string();
        let stored = decode_reply(&reply).map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
        let stored = stored.ok_or_else(|| TestCaseError::fail(format!("none: {text}")))?;
        prop_assert!(equivalent(&stored.policy, &policy), "{:?}: {}", stored.policy, text);
    }

    #[test]
    fn the_forms_of_every_combination_are_seen(policy in policy(), seed: u64) {
        let mut renderer = Renderer::new(seed);
        let reply = renderer.reply(&policy);
        let text = Value::Object(reply.clone()).to_string();
        prop_assert_eq!(PolicyForms::of_reply(&reply), Some(renderer.1), "{}", text);
    }

    /// A reply with any one character changed may be refused; it is never one without a policy.
    #[test]
    fn a_damaged_policy_is_never_taken_for_none(policy in policy(), seed: u64, at: prop::sample::Index, c in "[ -~]") {
        let reply = Renderer::new(seed).reply(&policy);
        let members = reply.len();
        let text: Vec<_> = Value::Object(reply).to_string().chars().collect();
        let mut damaged = text.clone();
        damaged[at.index(text.len())] = c.chars().next().unwrap_or(' ');
        let damaged: String = damaged.into_iter().collect();
        // A member that has become another is noticed by the reader of the envelope.
        if let Ok(Value::Object(reply)) = serde_json::from_str(&damaged)
            && reply.len() == members
        {
            prop_assert_ne!(decode_reply(&reply), Ok(None), "{}", damaged);
        }
    }
}
