//! Where each rule about a policy points: the attribute path, which Terraform shows only in part.
//!
//! The texts are those of the client, whose unit tests have them, but for what the schema checks.

use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::validate_resource_config;

use test_support::{
    retry_policy::{TYPE, config},
    target::{Provider, Target},
    values::{errors, value, warnings},
};

/// An element of a list of objects, in which these members are set.
fn object(names: &[&str], members: Json) -> Json {
    let mut object: Json = names
        .iter()
        .map(|name| ((*name).to_owned(), Json::Null))
        .collect();
    for (name, member) in members.as_object().expect("an object") {
        object[name] = member.clone();
    }
    object
}

/// Elements of `policy_json`.
fn elements(elements: &[Json]) -> Json {
    let names = [
        "data_type",
        "type",
        "retry_times",
        "retry_day",
        "policy",
        "no_retry_policy",
    ];
    let whole = |element: &Json| match element {
        Json::Null => Json::Null,
        element => object(&names, element.clone()),
    };
    elements.iter().map(whole).collect()
}

/// A result policy with these entries.
fn results(entries: &[Json]) -> Json {
    let whole = |entry: &Json| match entry {
        Json::Null => Json::Null,
        entry => {
            let mut whole = json!({"result": 4, "retry_number": 3, "call_interval": 60});
            for (name, member) in entry.as_object().expect("an object") {
                whole[name] = member.clone();
            }
            whole
        }
    };
    let entries: Vec<_> = entries.iter().map(whole).collect();
    elements(&[json!({"type": 1, "policy": entries})])
}

/// A common policy in which these members are set otherwise.
fn common(members: Json) -> Json {
    let mut element = json!({"type": 0, "retry_times": 1, "retry_day": 1});
    for (name, member) in members.as_object().expect("an object") {
        element[name] = member.clone();
    }
    elements(&[element])
}

/// The errors and the warnings about a policy, each as `path: detail`.
async fn about(provider: &mut Provider, policy_type: i64, policy_json: Json) -> [Vec<String>; 2] {
    let mut config = config(46, 1);
    config["policy_type"] = json!(policy_type);
    config["policy_json"] = policy_json;
    validated(provider, &config).await
}

async fn validated(provider: &mut Provider, config: &Json) -> [Vec<String>; 2] {
    let request = validate_resource_config::Request {
        type_name: TYPE.to_owned(),
        config: Some(value(config)),
        ..Default::default()
    };
    let validated = provider.validate_resource_config(request).await.unwrap();
    let diagnostics = validated.into_inner().diagnostics;
    [errors(&diagnostics), warnings(&diagnostics)]
}

/// Fails unless there is one diagnostic, at this path. Terraform shows the resource alone for what
/// is inside of a list of objects, so that there the detail repeats the path, in HCL.
#[track_caller]
fn assert_points_at(path: &str, found: &[String], policy_json: &Json) {
    let [found] = found else {
        panic!("{found:?} for {policy_json}");
    };
    let (pointed_at, detail) = found.split_once(": ").expect("a path");
    assert_eq!(pointed_at, path, "{policy_json}");
    let in_hcl = path.split('/').fold(String::new(), |hcl, step| {
        match (hcl.as_str(), step.parse::<usize>()) {
            (_, Ok(index)) => format!("{hcl}[{index}]"),
            ("", Err(_)) => step.to_owned(),
            (_, Err(_)) => format!("{hcl}.{step}"),
        }
    });
    if in_hcl != path {
        assert!(detail.starts_with(&in_hcl), "not at {in_hcl}: {detail}");
    }
}

#[tokio::test]
async fn each_rule_points_at_the_attribute_that_breaks_it() {
    let mut target = Target::start().await;
    let st =
        |times: i64| json!({"data_type": "ST", "type": 0, "retry_times": times, "retry_day": 1});
    for (path, policy_type, policy_json) in [
        ("policy_type", 2, common(json!({}))),
        ("policy_json", 0, json!([])),
        ("policy_json/0", 0, elements(&[Json::Null])),
        ("policy_json/0/type", 0, elements(&[json!({"type": 2})])),
        ("policy_json/0/data_type", 1, common(json!({}))),
        ("policy_json/1/data_type", 1, elements(&[st(1), st(2)])),
        (
            "policy_json/0/data_type",
            1,
            common(json!({"data_type": ""})),
        ),
        (
            "policy_json/0/data_type",
            1,
            common(json!({"data_type": "S'T"})),
        ),
        (
            "policy_json/0/data_type",
            1,
            common(json!({"data_type": "S\\T"})),
        ),
        (
            "policy_json/0/retry_times",
            0,
            common(json!({"retry_times": null})),
        ),
        (
            "policy_json/0/retry_day",
            0,
            common(json!({"retry_day": null})),
        ),
        (
            "policy_json/0/retry_times",
            0,
            common(json!({"retry_times": -1})),
        ),
        (
            "policy_json/0/retry_day",
            0,
            common(json!({"retry_day": 1_i64 << 31})),
        ),
        (
            "policy_json/0/policy",
            0,
            common(json!({"policy": results(&[json!({})])[0]["policy"]})),
        ),
        (
            "policy_json/0/retry_times",
            0,
            elements(&[
                json!({"type": 1, "retry_times": 1, "policy": results(&[json!({})])[0]["policy"]}),
            ]),
        ),
        (
            "policy_json/0/retry_day",
            0,
            elements(&[
                json!({"type": 1, "retry_day": 1, "policy": results(&[json!({})])[0]["policy"]}),
            ]),
        ),
        ("policy_json/0/policy", 0, elements(&[json!({"type": 1})])),
        ("policy_json/0/policy", 0, results(&[])),
        ("policy_json/0/policy/0", 0, results(&[Json::Null])),
        (
            "policy_json/0/policy/1/result",
            0,
            results(&[json!({}), json!({})]),
        ),
        (
            "policy_json/0/policy/0/retry_number",
            0,
            results(&[json!({"retry_number": -3})]),
        ),
        (
            "policy_json/0/policy/0/call_interval",
            0,
            results(&[json!({"call_interval": -60})]),
        ),
        (
            "policy_json/0/policy/0/result",
            0,
            results(&[json!({"result": 1_i64 << 31})]),
        ),
        (
            "policy_json/0/no_retry_policy",
            1,
            common(json!({"data_type": "ST", "no_retry_policy": ["002"]})),
        ),
        (
            "policy_json/0/no_retry_policy",
            0,
            common(json!({"no_retry_policy": ["0\"2"]})),
        ),
        (
            "policy_json/0/no_retry_policy",
            0,
            common(json!({"no_retry_policy": [""]})),
        ),
        (
            "policy_json/0/no_retry_policy",
            0,
            common(json!({"no_retry_policy": [null]})),
        ),
    ] {
        let [errors, warnings] =
            about(&mut target.provider, policy_type, policy_json.clone()).await;
        assert_points_at(path, &errors, &policy_json);
        assert_eq!(warnings, [""; 0], "{policy_json}");
    }
}

#[tokio::test]
async fn each_likely_mistake_points_at_its_attribute() {
    let mut target = Target::start().await;
    let two = elements(&[
        json!({"type": 0, "retry_times": 1, "retry_day": 1}),
        json!({"type": 0, "retry_times": 2, "retry_day": 1}),
    ]);
    for (path, policy_type, policy_json) in [
        ("policy_json", 0, two),
        (
            "policy_json/0/data_type",
            0,
            common(json!({"data_type": "ST"})),
        ),
        (
            "policy_json/0/data_type",
            1,
            common(json!({"data_type": "home phone"})),
        ),
        (
            "policy_json/0/no_retry_policy",
            0,
            common(json!({"no_retry_policy": ["002,003"]})),
        ),
    ] {
        let [errors, warnings] =
            about(&mut target.provider, policy_type, policy_json.clone()).await;
        assert_eq!(errors, [""; 0], "{policy_json}");
        assert_points_at(path, &warnings, &policy_json);
    }
}

#[tokio::test]
async fn each_other_argument_is_pointed_at_by_its_name() {
    let mut target = Target::start().await;
    let in_64_bits = &["from 1 to 9223372036854775807"][..];
    for (name, argument, says) in [
        ("vdn_id", json!(10_000), &["from 1 to 9999", "10000"][..]),
        ("campaign_id", json!(0), in_64_bits),
        ("campaign_id", json!(-46), in_64_bits),
        ("campaign_id", json!(4.6), in_64_bits),
        ("campaign_id", json!(1_u64 << 63), in_64_bits),
        (
            "deletion_policy",
            json!("delete"),
            &["abandon", "restore", "prevent"],
        ),
        ("on_conflict", json!("merge"), &["refuse", "overwrite"]),
        (
            "policy_json/0/retry_times",
            common(json!({"retry_times": 1.5})),
            &["whole number"],
        ),
    ] {
        let mut config = config(46, 1);
        let (top, _) = name.split_once('/').unwrap_or((name, ""));
        config[top] = argument;
        let [errors, warnings] = validated(&mut target.provider, &config).await;
        assert_points_at(name, &errors, &config);
        for part in says {
            assert!(errors[0].contains(part), "no {part:?} in {errors:?}");
        }
        assert_eq!(warnings, [""; 0]);
    }
}
