//! The functions behind the fuzz targets in `fuzz/`. Each takes any input and must not panic.
//!
//! Not part of the public interface.

mod reply;

use std::str::FromStr as _;

pub use self::reply::reply;
use crate::{
    CampaignId, CampaignRef, RetryPolicy, VdnId,
    call_batch::CallBatchRef,
    call_result::DefId,
    http::parse_retry_after,
    retry_policy::{
        CommonPolicyLayout, Encoding, PolicyType, Quotes, UnknownMembers, decode::decode_data,
        decode_policy_json, encode::encode_policy_json, equivalent,
    },
    special_date::SpecialDateRef,
};

/// A fuzz target: its name, and the function that takes the input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets, by the names of their files.
pub const TARGETS: [Target; 4] = [
    ("import_id", import_id),
    ("policy_document", policy_document),
    ("reply", reply),
    ("retry_after", retry_after),
];

/// Decodes a text as `policyJson`, and as the `data` of a query's reply. A decoded policy has no
/// more codes than the input has bytes, and survives another round of encoding and decoding.
pub fn policy_document(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for unknown in [UnknownMembers::Ignore, UnknownMembers::Refuse] {
        if let Ok(policy_json) = decode_policy_json(&text, unknown) {
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
    let again = decode_policy_json(&text, UnknownMembers::Refuse).map(|policy_json| RetryPolicy {
        policy_type: policy.policy_type,
        policy_json,
    });
    assert!(
        again.is_ok_and(|again| equivalent(&again, policy)),
        "another round changes the policy"
    );
}

/// Parses a `Retry-After` header.
pub fn retry_after(data: &[u8]) {
    let _ = parse_retry_after(&String::from_utf8_lossy(data), std::time::UNIX_EPOCH);
}

/// Parses an import ID.
pub fn import_id(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = VdnId::from_str(&text);
    let _ = CampaignId::from_str(&text);
    if let Ok(def_id) = DefId::from_str(&text) {
        assert_eq!(def_id.as_str(), text);
    }
    if let Ok(campaign) = CampaignRef::from_str(&text) {
        assert_eq!(campaign.to_string().parse().ok(), Some(campaign));
    }
    if let Ok(batch) = CallBatchRef::from_str(&text) {
        assert_eq!(batch.to_string().parse().ok(), Some(batch));
    }
    if let Ok(date) = SpecialDateRef::from_str(&text) {
        assert_eq!(date.to_string().parse().ok(), Some(date));
    }
}
