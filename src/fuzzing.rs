//! What the fuzz targets in `fuzz/` call: each takes whatever comes and must not panic. Not a part
//! of the public interface.

use std::{ffi::OsString, str::FromStr as _};

use crate::{
    isales::{
        CampaignId, CampaignRef, RetryPolicy, VdnId,
        client::parse_retry_after,
        policy::{
            CommonPolicyLayout, Encoding, PolicyType, Quotes, Tolerance, decode::decode_data,
            decode_policy_json, encode::encode_policy_json, equivalent,
        },
    },
    tf_provider::{
        codec::{decode_msgpack, encode_msgpack},
        serve::Environment,
        types::Type,
    },
};

pub use crate::isales::client::fuzzing::reply;

/// A fuzz target: its name, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All of them, by the names of their files.
pub const TARGETS: [Target; 6] = [
    ("msgpack", msgpack),
    ("policy_document", policy_document),
    ("reply", reply),
    ("retry_after", retry_after),
    ("import_id", import_id),
    ("handshake_environment", handshake_environment),
];

/// Decodes a MessagePack value of a type that the input's first bytes give. What is decoded
/// survives another round.
pub fn msgpack(data: &[u8]) {
    let mut bytes = data;
    let ty = read_type(&mut bytes, 0);
    if let Ok(value) = decode_msgpack(bytes, &ty) {
        let again = decode_msgpack(&encode_msgpack(&value), &ty);
        assert_eq!(again.ok(), Some(value), "another round changes the value");
    }
}

/// Reads a text as `policyJson`, and as the `data` of a query's reply. A policy that is read
/// has no more codes than were written, and survives being written and read again.
pub fn policy_document(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for tolerance in [Tolerance::Quotes, Tolerance::Misprint] {
        if let Ok(policy_json) = decode_policy_json(&text, tolerance) {
            let policy = RetryPolicy {
                policy_type: PolicyType::Global,
                policy_json,
            };
            survives(&policy);
        }
    }
    if let Ok(value) = serde_json::from_slice(data)
        && let Ok(Some(stored)) = decode_data(&value)
    {
        let elements = &stored.policy.policy_json;
        let codes = elements.iter().map(|element| element.no_retry_policy.len());
        assert!(
            codes.sum::<usize>() <= data.len(),
            "there are more codes than were read"
        );
        survives(&stored.policy);
    }
}

fn survives(policy: &RetryPolicy) {
    let encoding = Encoding {
        quotes: Quotes::Double,
        common_policy_layout: CommonPolicyLayout::Auto,
    };
    let text = encode_policy_json(policy, encoding);
    let again = decode_policy_json(&text, Tolerance::Quotes).map(|policy_json| RetryPolicy {
        policy_type: policy.policy_type,
        policy_json,
    });
    assert!(
        again.is_ok_and(|again| equivalent(&again, policy)),
        "another round changes the policy"
    );
}

/// Reads a `Retry-After` header.
pub fn retry_after(data: &[u8]) {
    let _ = parse_retry_after(&String::from_utf8_lossy(data), std::time::UNIX_EPOCH);
}

/// Reads the id of an import.
pub fn import_id(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = VdnId::from_str(&text);
    let _ = CampaignId::from_str(&text);
    if let Ok(campaign) = CampaignRef::from_str(&text) {
        assert_eq!(campaign.to_string().parse().ok(), Some(campaign));
    }
}

/// Reads an environment whose variables are lines of `NAME=value`; a line without a name goes on
/// with the value before.
pub fn handshake_environment(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut variables: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        match (line.split_once('='), variables.last_mut()) {
            (Some((name, value)), _) if is_name(name) => variables.push((name, value.to_owned())),
            (_, Some((_, value))) => {
                value.push('\n');
                value.push_str(line);
            }
            _ => {}
        }
    }
    let _ = Environment::read(|wanted| {
        let found = variables.iter().find(|(name, _)| *name == wanted)?;
        Some(OsString::from(&found.1))
    });
}

fn is_name(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

/// A type from the next bytes; an input that ends gives `dynamic`.
fn read_type(bytes: &mut &[u8], depth: usize) -> Type {
    let Some((first, rest)) = bytes.split_first() else {
        return Type::Dynamic;
    };
    *bytes = rest;
    let count = usize::from(first >> 4) % 4;
    let mut inner = |_| read_type(bytes, depth + 1);
    match first % 9 {
        0 => Type::Bool,
        1 => Type::Number,
        2 => Type::String,
        _ if depth > 4 => Type::Dynamic,
        3 => Type::list(inner(0)),
        4 => Type::set(inner(0)),
        5 => Type::map(inner(0)),
        6 => Type::Tuple((0..count).map(inner).collect()),
        7 => Type::object(
            ["a", "b", "c"]
                .into_iter()
                .take(count)
                .zip((0..).map(inner)),
        ),
        _ => Type::Dynamic,
    }
}
