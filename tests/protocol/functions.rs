//! Functions over the protocol: no configuration, no server.

use serde_json::json;
use tfplugin::proto::tfplugin6::{DynamicValue, FunctionError, call_function};

use test_support::{
    host::Launch,
    target::Provider,
    values::{UNKNOWN, json, value},
};

/// A value with its type, as the protocol carries one for a parameter of any type.
fn dynamic(ty: &str, inner: &serde_json::Value) -> DynamicValue {
    let mut msgpack = vec![0x92, 0xc5];
    msgpack.extend(u16::try_from(ty.len()).unwrap().to_be_bytes());
    msgpack.extend(ty.as_bytes());
    msgpack.extend(value(inner).msgpack);
    DynamicValue {
        msgpack,
        json: Vec::new(),
    }
}

const COMMON: &str =
    r#"["tuple",[["object",{"retry_day":"number","retry_times":"number","type":"number"}]]]"#;

async fn call(
    provider: &mut Provider,
    name: &str,
    arguments: Vec<DynamicValue>,
) -> Result<serde_json::Value, FunctionError> {
    let request = call_function::Request {
        name: name.to_owned(),
        arguments,
    };
    let answer = provider.call_function(request).await.unwrap().into_inner();
    match answer.error {
        Some(error) => Err(error),
        None => Ok(json(answer.result.as_ref())),
    }
}

#[tokio::test]
async fn each_function_answers_and_points_at_what_is_wrong() {
    let plugin = Launch::hosted().start().await;
    let mut provider = plugin.provider().await;
    let rule = json!([{"retry_day": 1, "retry_times": 2, "type": 0}]);

    let arguments = vec![value(&json!(0)), dynamic(COMMON, &rule)];
    let written = call(&mut provider, "encode_policy_json", arguments.clone()).await;
    let text = "[{'type':0,'retryTimes':2,'retryDay':1}]";
    assert_eq!(written, Ok(json!(text)));

    let read = call(
        &mut provider,
        "decode_policy_json",
        vec![value(&json!(text))],
    )
    .await;
    let element = json!({
        "data_type": null, "type": 0, "retry_times": 2, "retry_day": 1, "policy": null,
        "no_retry_policy": null,
    });
    assert_eq!(read, Ok(json!([element])));

    let messages = call(&mut provider, "describe_policy", arguments)
        .await
        .unwrap();
    assert!(
        messages
            .as_str()
            .unwrap()
            .contains("At most 2 call attempts"),
        "{messages}"
    );

    let wrong = vec![value(&json!(1)), dynamic(COMMON, &rule)];
    let error = call(&mut provider, "encode_policy_json", wrong)
        .await
        .unwrap_err();
    assert_eq!(error.function_argument, Some(1));
    assert!(
        error.text.starts_with("policy_json[0].data_type: "),
        "{}",
        error.text
    );

    let error = call(
        &mut provider,
        "decode_policy_json",
        vec![value(&json!("[{'type"))],
    )
    .await;
    assert_eq!(error.unwrap_err().function_argument, Some(0));
    let error = call(&mut provider, "forget_policy", Vec::new())
        .await
        .unwrap_err();
    assert_eq!(error.function_argument, None);
}

#[tokio::test]
async fn what_is_not_wholly_known_gives_what_is_not_known() {
    let plugin = Launch::hosted().start().await;
    let mut provider = plugin.provider().await;
    let rule = json!([{"retry_day": UNKNOWN, "retry_times": 2, "type": 0}]);
    let arguments = vec![value(&json!(0)), dynamic(COMMON, &rule)];
    let answer = call(&mut provider, "describe_policy", arguments).await;
    assert_eq!(answer, Ok(json!(UNKNOWN)));
}

#[tokio::test]
async fn deep_nesting_is_refused_with_a_sentence() {
    let plugin = Launch::hosted().start().await;
    let mut provider = plugin.provider().await;
    let deep = value(&json!("[".repeat(1_000_000)));
    let error = call(&mut provider, "decode_policy_json", vec![deep])
        .await
        .unwrap_err();
    assert_eq!(error.function_argument, Some(0));
    assert!(error.text.len() < 500, "{}", error.text.len());
}
