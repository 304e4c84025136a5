//! Values as Terraform encodes them, written and read without the provider's own codec.

use rmpv::Value as Packed;
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{
    Diagnostic, DynamicValue, attribute_path::step::Selector, diagnostic::Severity,
};

/// How [`value`] and [`json()`] write a value that is not known yet.
pub const UNKNOWN: &str = "\u{0}unknown";

/// The attributes that are numbers. The provider writes numbers as text, which MessagePack alone does
/// not tell from strings.
const NUMBERS: [&str; 13] = [
    "call_interval",
    "campaign_id",
    "device_type",
    "policy_type",
    "result",
    "retry_day",
    "retry_number",
    "retry_times",
    "special_date_id",
    "status",
    "type",
    "vdn_id",
    "week",
];

/// A value from JSON.
pub fn value(json: &Json) -> DynamicValue {
    let mut msgpack = Vec::new();
    rmpv::encode::write_value(&mut msgpack, &pack(json)).unwrap();
    DynamicValue {
        msgpack,
        json: Vec::new(),
    }
}

/// The null that stands for no object.
pub fn null() -> DynamicValue {
    value(&Json::Null)
}

/// The content of a value, as JSON.
pub fn json(value: Option<&DynamicValue>) -> Json {
    let bytes = &value.expect("a value").msgpack;
    unpack(&rmpv::decode::read_value(&mut bytes.as_slice()).unwrap())
}

fn pack(json: &Json) -> Packed {
    match json {
        Json::Null => Packed::Nil,
        Json::Bool(value) => Packed::Boolean(*value),
        Json::Number(number) => match number.as_i64() {
            Some(value) => Packed::from(value),
            None => Packed::from(number.to_string()),
        },
        Json::String(text) if text == UNKNOWN => Packed::Ext(0, vec![0]),
        Json::String(text) => Packed::from(text.as_str()),
        Json::Array(items) => Packed::Array(items.iter().map(pack).collect()),
        Json::Object(members) => Packed::Map(
            members
                .iter()
                .map(|(name, member)| (Packed::from(name.as_str()), pack(member)))
                .collect(),
        ),
    }
}

fn unpack(packed: &Packed) -> Json {
    match packed {
        Packed::Nil => Json::Null,
        Packed::Boolean(value) => json!(value),
        Packed::Integer(value) => json!(value.as_i64().expect("64 bits")),
        Packed::String(text) => json!(text.as_str().expect("UTF-8")),
        Packed::Array(items) => items.iter().map(unpack).collect(),
        Packed::Map(members) => members
            .iter()
            .map(|(name, member)| {
                let name = name.as_str().expect("a name").to_owned();
                let member = match member {
                    member if NUMBERS.contains(&name.as_str()) => unpack_numbers(member),
                    member => unpack(member),
                };
                (name, member)
            })
            .collect(),
        Packed::Ext(..) => json!(UNKNOWN),
        other => panic!("{other} on the wire"),
    }
}

/// The content of an attribute that is a number, or a collection of numbers.
fn unpack_numbers(packed: &Packed) -> Json {
    match packed {
        Packed::String(text) => number(text),
        Packed::Array(items) => items.iter().map(unpack_numbers).collect(),
        other => unpack(other),
    }
}

fn number(text: &rmpv::Utf8String) -> Json {
    let text = text.as_str().expect("UTF-8");
    serde_json::from_str(text).unwrap_or_else(|_| json!(text))
}

/// Fails if there are diagnostics.
pub fn assert_no_diagnostics(diagnostics: &[Diagnostic]) {
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
}

/// The errors, each as `path: detail`.
pub fn errors(diagnostics: &[Diagnostic]) -> Vec<String> {
    messages(diagnostics, Severity::Error)
}

/// The warnings, likewise.
pub fn warnings(diagnostics: &[Diagnostic]) -> Vec<String> {
    messages(diagnostics, Severity::Warning)
}

fn messages(diagnostics: &[Diagnostic], severity: Severity) -> Vec<String> {
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity() == severity)
        .map(|diagnostic| {
            let steps = diagnostic.attribute.iter().flat_map(|path| &path.steps);
            let path: Vec<_> = steps
                .map(|step| match step.selector.as_ref().expect("a selector") {
                    Selector::AttributeName(name) => name.clone(),
                    Selector::ElementKeyString(key) => format!("{key:?}"),
                    Selector::ElementKeyInt(index) => index.to_string(),
                })
                .collect();
            format!("{}: {}", path.join("/"), diagnostic.detail)
        })
        .collect()
}
