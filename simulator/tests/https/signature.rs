//! Rejection of invalid signatures.

use reqwest::Method;
use time::Duration;

use crate::client::{COMMON, now, policy_target, start};

#[tokio::test]
async fn an_invalid_signature_is_401_and_only_the_record_has_the_reason() {
    let (simulator, client) = start();
    let target = policy_target(25, 46);
    let late = now() + Duration::minutes(16);
    for request in [
        client.unsigned(&target),
        client.signed(Method::POST, &target, COMMON).body("{}"),
        client
            .signed(Method::GET, &target, "")
            .header("content-type", "text/plain"),
        client.signed_at(late, Method::GET, &target, ""),
    ] {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 401);
        assert_eq!(
            response.text().await.unwrap(),
            r#"{"error":"unauthorized"}"#
        );
    }
    let reasons: Vec<String> = simulator
        .requests()
        .into_iter()
        .filter_map(|request| request.signature_error)
        .collect();
    assert_eq!(reasons.len(), 4);
    assert!(reasons[0].contains("Authorization"), "{reasons:?}");
    assert!(reasons[1].contains("does not match"), "{reasons:?}");
    assert!(reasons[3].contains("seconds away"), "{reasons:?}");

    simulator.set_clock_offset(16 * 60);
    let response = client
        .signed_at(late, Method::GET, &target, "")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    let date = response.headers()["date"].to_str().unwrap();
    let date = httpdate::parse_http_date(date).unwrap();
    assert!(time::OffsetDateTime::from(date) > now() + Duration::minutes(15));
}
