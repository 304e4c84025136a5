//! The reply of each fault, and whether the request was handled.

use std::{collections::BTreeMap, time::Duration};

use isales_simulator::{Fault, Faults, Script};
use reqwest::{Method, Response};

use crate::client::{COMMON, CONTENT_TYPE, policy_target, start};

/// Reads the body up to its end or up to more than any reply needs.
async fn read(mut response: Response) -> Result<Vec<u8>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > 40 * 1024 * 1024 {
            break;
        }
    }
    Ok(body)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_replies_and_stores_as_documented() {
    for fault in Fault::ALL {
        let (simulator, client) = start();
        simulator.script(Script::fault(fault));
        let sent = client
            .signed(Method::POST, &policy_target(25, 46), COMMON)
            .send()
            .await;
        match fault {
            Fault::ResetBeforeStored | Fault::ResetAfterStored | Fault::Restart => {
                let error = format!("{:?}", sent.unwrap_err());
                assert!(error.contains("ConnectionReset"), "{fault}: {error}");
            }
            Fault::CloseAfterStored => {
                let error = format!("{:?}", sent.unwrap_err());
                assert!(error.contains("close_notify"), "{fault}: {error}");
            }
            _ => check_reply(fault, sent.unwrap()).await,
        }
        assert_eq!(
            simulator.policy(25, 46).is_some(),
            fault.stores(),
            "{fault}"
        );
        assert_eq!(
            simulator.counters().faults,
            BTreeMap::from([(fault.to_string(), 1)])
        );
        assert_eq!(
            simulator.requests()[0].interference,
            Some(fault.to_string())
        );
    }
}

async fn check_reply(fault: Fault, response: Response) {
    let status = response.status().as_u16();
    let header = |name: &str| {
        response
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    };
    let (content_type, location) = (header("content-type").unwrap(), header("location"));
    let retry_after = header("retry-after");
    let expected_status = match fault {
        Fault::Redirect => 307,
        Fault::TooManyRequestsSeconds | Fault::TooManyRequestsDate => 429,
        Fault::UnavailableSeconds | Fault::UnavailableDate => 503,
        Fault::InternalServerError => 500,
        Fault::BadGateway => 502,
        Fault::GatewayTimeout => 504,
        _ => 200,
    };
    assert_eq!(status, expected_status, "{fault}");
    match fault {
        Fault::SlowDrip => {
            let mut response = response;
            assert_eq!(response.chunk().await.unwrap().unwrap().len(), 1);
            return;
        }
        Fault::CutShort => {
            let mut response = response;
            assert_eq!(response.chunk().await.unwrap().unwrap().len(), 39);
            assert!(response.chunk().await.is_err());
            return;
        }
        _ => {}
    }
    let body = read(response).await.unwrap();
    let json = serde_json::from_slice::<serde_json::Value>(&body);
    match fault {
        Fault::EndlessBody => assert!(body.len() > 40 * 1024 * 1024),
        Fault::OversizedBody => assert!(json.is_ok() && body.len() > 32 * 1024 * 1024),
        Fault::WrongContentType => assert!(json.is_ok() && content_type == "text/plain"),
        Fault::HtmlErrorPage => assert!(json.is_err() && content_type.contains("html")),
        Fault::InvalidUtf8 => assert!(str::from_utf8(&body).is_err()),
        Fault::TruncatedJson | Fault::DeepNesting => {
            assert!(json.is_err() && content_type == CONTENT_TYPE);
        }
        Fault::HugeNumbers => assert!(body.len() > 100_000),
        Fault::DisagreeingCodes => {
            let json = json.unwrap();
            assert_ne!(json["resultCode"], json["returnCode"]);
        }
        Fault::TooFast => assert_eq!(json.unwrap()["resultCode"], "0200022"),
        Fault::SuccessWithoutData | Fault::Latency => {
            assert_eq!(json.unwrap()["resultCode"], "0200000");
        }
        Fault::Redirect => assert!(location.unwrap().starts_with("https://elsewhere")),
        Fault::TooManyRequestsSeconds | Fault::UnavailableSeconds => {
            assert_eq!(retry_after.as_deref(), Some("1"));
        }
        Fault::TooManyRequestsDate | Fault::UnavailableDate => {
            assert!(httpdate::parse_http_date(&retry_after.unwrap()).is_ok());
        }
        _ => assert!(json.is_err(), "{fault}"),
    }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_faults() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let (simulator, client) = start();
        let probabilities = BTreeMap::from([
            (Fault::BadGateway, 0.3),
            (Fault::TooManyRequestsSeconds, 0.3),
        ]);
        simulator.set_faults(Faults {
            seed: 5,
            probabilities,
        });
        let mut statuses = Vec::new();
        for _ in 0..40 {
            statuses.push(client.get(&policy_target(25, 46)).await.status().as_u16());
        }
        let faults: u64 = simulator.counters().faults.values().sum();
        let faulty = statuses.iter().filter(|status| **status != 200).count();
        assert_eq!(faults, u64::try_from(faulty).unwrap());
        simulator.set_faults(Faults::default());
        assert_eq!(client.get(&policy_target(25, 46)).await.status(), 200);
        seen.push(statuses);
    }
    assert_eq!(seen[0], seen[1]);
    assert!(
        [200, 429, 502]
            .iter()
            .all(|status| seen[0].contains(status))
    );
}

#[tokio::test]
async fn a_request_is_open_until_its_reply_is_sent() {
    let (simulator, client) = start();
    simulator.script(Script::fault(Fault::EndlessBody));
    let endless = client.get(&policy_target(25, 46)).await;
    client.get(&policy_target(25, 46)).await;
    assert_eq!(simulator.counters().max_concurrent, 2);
    drop(endless);
}

#[tokio::test]
async fn a_restart_keeps_the_port_and_the_policies() {
    let (simulator, client) = start();
    client.post(&policy_target(25, 46), COMMON).await;
    simulator.restart(Duration::ZERO);
    let answered = async {
        loop {
            match client
                .signed(Method::GET, &policy_target(25, 46), "")
                .send()
                .await
            {
                Ok(response) if simulator.counters().connections > 1 => return response,
                _ => tokio::task::yield_now().await,
            }
        }
    };
    let response = tokio::time::timeout(Duration::from_secs(20), answered)
        .await
        .unwrap();
    assert!(response.text().await.unwrap().contains("retryTimes"));
    simulator.stop().await;
}
