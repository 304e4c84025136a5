//! The hot pieces of the provider, each next to the least that its kind of work costs.

// criterion's macros make public items without documentation.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark that cannot go on ends"
)]

#[path = "src/policies.rs"]
mod policies;

use std::{
    collections::BTreeSet,
    hint::black_box,
    time::{Duration, UNIX_EPOCH},
};

use criterion::{Criterion, criterion_group, criterion_main};
use isales_client::{
    RetryPolicy,
    retry_policy::{
        DataType, Encoding, PolicyElement, PolicyType, ResultRule, Rule, UnknownMembers,
        decode_policy_json, encode::encode_policy_json, equivalent,
    },
    sign::{Authorization, RequestToSign, SignedHeaders, Timestamp, TimestampPrecision},
};
use ring::hmac;
use serde_json::json;
use test_support::values;
use tfplugin::{
    codec::{decode_msgpack, encode_msgpack},
    value::types::Type,
};

fn sign(c: &mut Criterion) {
    let body = br#"{"policyJson":"[{'type':0,'retryTimes':1,'retryDay':1}]","policyType":0}"#;
    let headers = [
        ("host", "isales.example.com:28443"),
        ("content-type", "application/json; charset=UTF-8"),
        ("content-length", "72"),
    ];
    let request = RequestToSign {
        method: "POST",
        path: "/rest/isales/v1/openapi/campaigns/25/retryPolicy/46",
        query: &[],
        headers: &headers,
        body,
    };
    let wanted = SignedHeaders::default();
    let moment = UNIX_EPOCH + Duration::from_millis(1_735_787_045_678);
    let mut group = c.benchmark_group("sign");
    group.bench_function("ours", |b| {
        b.iter(|| {
            let timestamp = Timestamp::new(black_box(moment), TimestampPrecision::Milliseconds);
            let request = black_box(&request);
            Authorization::sign(request, &wanted, "EXAMPLEAK", "EXAMPLESK", &timestamp)
        });
    });
    // The lengths are those of the request above: prefix 74, canonical request 383 bytes.
    let (prefix, canonical) = ([b'p'; 74], [b'c'; 383]);
    group.bench_function("yardstick", |b| {
        b.iter(|| {
            let key = hmac::Key::new(hmac::HMAC_SHA256, black_box(b"EXAMPLESK"));
            let key = hmac::sign(&key, &prefix);
            // The second key is the first signature in hexadecimal: 64 characters.
            let key = hmac::Key::new(hmac::HMAC_SHA256, &[key.as_ref(), key.as_ref()].concat());
            hmac::sign(&key, black_box(&canonical))
        });
    });
    group.finish();
}

/// A policy by number type: so many elements with an entry each.
fn policy(elements: i64) -> RetryPolicy {
    let element = |index| PolicyElement {
        data_type: DataType::new(format!("TYPE-{index}")),
        rule: Rule::Result(vec![ResultRule {
            result: index,
            retry_number: 3,
            call_interval: 60,
        }]),
        no_retry_policy: BTreeSet::new(),
    };
    RetryPolicy {
        policy_type: PolicyType::NumberType,
        policy_json: (0..elements).map(element).collect(),
    }
}

fn policy_json(c: &mut Criterion) {
    for elements in [1, 100, 1_000] {
        let policy = policy(elements);
        let text = encode_policy_json(&policy, Encoding::default());
        let strict = text.replace('\'', "\"");
        let document: serde_json::Value = serde_json::from_str(&strict).unwrap();

        let mut group = c.benchmark_group(format!("encode a policy of {elements}"));
        group.bench_function("ours", |b| {
            b.iter(|| encode_policy_json(black_box(&policy), Encoding::default()));
        });
        group.bench_function("yardstick", |b| {
            b.iter(|| serde_json::to_string(black_box(&document)).unwrap());
        });
        group.finish();

        let mut group = c.benchmark_group(format!("decode a policy of {elements}"));
        group.bench_function("ours", |b| {
            b.iter(|| decode_policy_json(black_box(&text), UnknownMembers::Ignore).unwrap());
        });
        group.bench_function("yardstick", |b| {
            b.iter(|| serde_json::from_str::<serde_json::Value>(black_box(&strict)).unwrap());
        });
        group.finish();

        let mut reversed = policy.clone();
        reversed.policy_json.reverse();
        let same = policy.clone();
        let mut group = c.benchmark_group(format!("equal by meaning, policy of {elements}"));
        group.bench_function("ours", |b| {
            b.iter(|| equivalent(black_box(&policy), black_box(&reversed)));
        });
        group.bench_function("yardstick", |b| {
            b.iter(|| black_box(&policy) == black_box(&same));
        });
        group.finish();
    }
}

/// The type of the resource's values.
fn resource_type() -> Type {
    let entry = Type::object([
        ("result", Type::Number),
        ("retry_number", Type::Number),
        ("call_interval", Type::Number),
    ]);
    let element = Type::object([
        ("data_type", Type::String),
        ("type", Type::Number),
        ("retry_times", Type::Number),
        ("retry_day", Type::Number),
        ("policy", Type::list(entry)),
        ("no_retry_policy", Type::set(Type::String)),
    ]);
    let timeouts = Type::object(
        ["create", "read", "update", "delete"].map(|operation| (operation, Type::String)),
    );
    Type::object([
        ("id", Type::String),
        ("retry_policy_id", Type::String),
        ("vdn_id", Type::Number),
        ("campaign_id", Type::Number),
        ("policy_type", Type::Number),
        ("on_conflict", Type::String),
        ("deletion_policy", Type::String),
        ("policy_json", Type::list(element)),
        ("timeouts", timeouts),
    ])
}

fn message_pack(c: &mut Criterion) {
    let ty = resource_type();
    for elements in [1, 100] {
        let mut state = policies::state(46);
        let element = state["policy_json"][0].clone();
        state["policy_json"] = json!(vec![element; elements]);
        let bytes = values::value(&state).msgpack;
        let ours = decode_msgpack(&bytes, &ty).unwrap();
        let generic = rmpv::decode::read_value(&mut bytes.as_slice()).unwrap();

        let mut group = c.benchmark_group(format!("decode MessagePack, policy of {elements}"));
        group.bench_function("ours", |b| {
            b.iter(|| decode_msgpack(black_box(&bytes), &ty).unwrap());
        });
        group.bench_function("yardstick", |b| {
            b.iter(|| rmpv::decode::read_value(&mut black_box(bytes.as_slice())).unwrap());
        });
        group.finish();

        let mut group = c.benchmark_group(format!("encode MessagePack, policy of {elements}"));
        group.bench_function("ours", |b| b.iter(|| encode_msgpack(black_box(&ours))));
        group.bench_function("yardstick", |b| {
            b.iter(|| {
                let mut out = Vec::with_capacity(256);
                rmpv::encode::write_value(&mut out, black_box(&generic)).unwrap();
                out
            });
        });
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(50)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .without_plots();
    targets = sign, policy_json, message_pack
}
criterion_main!(benches);
