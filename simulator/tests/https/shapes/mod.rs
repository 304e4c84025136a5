//! Every form in which a server may write its replies.

mod rows;

use std::{collections::BTreeSet, io::Read as _};

use encoding_rs::GBK;
use flate2::read::GzDecoder;
use isales_simulator::{Charset, Readability, Shape, Simulator};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use self::rows::{GONE, POLICY, POSTED, UNSET};
use crate::client::{COMMON, Client, policy_target, start};

fn start_with_policy() -> (Simulator, Client) {
    let (simulator, client) = start();
    simulator.set_policy(25, 46, 0, POSTED).unwrap();
    (simulator, client)
}

/// Returns the status, the headers that shapes change, and the decoded body.
async fn transcript(shape: Shape, response: Response) -> String {
    let status = response.status().as_u16();
    let header = |name: &str| {
        let value = response.headers().get(name);
        value.map_or(String::new(), |value| value.to_str().unwrap().to_owned())
    };
    let (encoding, content_type) = (header("content-encoding"), header("content-type"));
    let mut body = response.bytes().await.unwrap().to_vec();
    if encoding == "gzip" {
        let compressed = std::mem::take(&mut body);
        GzDecoder::new(compressed.as_slice())
            .read_to_end(&mut body)
            .unwrap();
    }
    let body = match shape.charset {
        Charset::Utf8 | Charset::Utf8Bom => String::from_utf8(body).unwrap(),
        Charset::Gbk | Charset::GbkUndeclared => GBK.decode(&body).0.into_owned(),
    };
    format!("{status} {encoding}\ncontent-type: {content_type}\n\n{body}")
}

async fn query(simulator: &Simulator, client: &Client, campaign: i64, shape: &str) -> String {
    let shape = shape.parse().unwrap();
    simulator.set_shape(shape);
    transcript(shape, client.get(&policy_target(25, campaign)).await).await
}

#[tokio::test]
async fn each_undocumented_form_is_written_as_it_says() {
    let (simulator, client) = start_with_policy();
    let before = simulator.policy(25, 46);
    let mut tested = BTreeSet::new();
    for (campaign, rows) in [(46, &POLICY[..]), (47, &UNSET), (48, &GONE)] {
        let default = query(&simulator, &client, campaign, "").await;
        for (name, expected) in rows {
            let reply = query(&simulator, &client, campaign, name).await;
            assert!(reply.contains(expected), "{name}: {reply}");
            let same = *name == "names=nfc";
            assert_eq!(default.contains(expected), same, "{name}: {default}");
            tested.insert((*name).to_owned());
        }
    }
    let undocumented = Shape::all().filter(|variant| variant.readability > Readability::Documented);
    for variant in undocumented {
        assert!(tested.contains(&variant.name), "{}", variant.name);
    }
    assert_eq!(simulator.policy(25, 46), before);
}

#[tokio::test]
async fn only_one_campaign_is_gone_or_unset() {
    let (simulator, client) = start_with_policy();
    for shape in ["gone=404", "unset=404", "unset=0200001", "gone=0200007"] {
        let reply = query(&simulator, &client, 46, shape).await;
        assert!(
            reply.contains("\"retryPolicyId\":\"1\""),
            "{shape}: {reply}"
        );
    }
}

#[tokio::test]
async fn posts_are_answered_in_the_shape_of_the_envelope_and_of_the_transfer() {
    let (simulator, client) = start();
    let english = json!({
        "resultCode": "0200000", "resultDesc": "", "returnCode": "0200000", "returnDesc": "",
    });
    for variant in Shape::all() {
        simulator.set_shape(variant.shape);
        let post = client.signed(Method::POST, &policy_target(25, 46), COMMON);
        let reply = transcript(variant.shape, post.send().await.unwrap()).await;
        let (head, body) = reply.split_once("\n\n").unwrap();
        let key = variant.name.split('=').next().unwrap();
        match key {
            "content-type" | "charset" | "content-encoding" | "envelope" | "envelope-case"
                if variant.shape != Shape::default() =>
            {
                let query = query(&simulator, &client, 46, &variant.name).await;
                let start = reply.strip_suffix('}').unwrap();
                assert!(query.starts_with(start), "{query}\n{reply}");
            }
            "preset" => {}
            _ => {
                assert_eq!(head, "200 \ncontent-type: application/json; charset=UTF-8");
                let body: Value = serde_json::from_str(body).unwrap();
                assert_eq!(body, english, "{}", variant.name);
            }
        }
    }
}

#[tokio::test]
async fn refusals_are_in_the_shape_too() {
    let (simulator, client) = start();
    for (shape, target, expected) in [
        (
            "gone=0200007",
            policy_target(25, 48),
            "\"resultCode\":\"0200007\"",
        ),
        ("gone=404", policy_target(25, 48), "404 "),
        (
            "charset=gbk",
            policy_target(25, 48),
            "\"resultCode\":\"0200-01\",\"resultDesc\":\"参数错误 The outbound",
        ),
        (
            "envelope=return-only",
            policy_target(0, 48),
            "\n\n{\"returnCode\":\"02000007\"",
        ),
    ] {
        let shape: Shape = shape.parse().unwrap();
        simulator.set_shape(shape);
        for (method, body) in [(Method::GET, ""), (Method::POST, COMMON)] {
            let request = client.signed(method, &target, body);
            let reply = transcript(shape, request.send().await.unwrap()).await;
            assert!(reply.contains(expected), "{shape}: {reply}");
        }
    }
    assert_eq!(simulator.policies().len(), 0);
}
