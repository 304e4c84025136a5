//! The binary and its admin interface.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use reqwest::{Certificate, Method, StatusCode};
use serde_json::{Value, json};

use crate::client::{CONTENT_TYPE, patiently, policy_target};

/// A process that ends with its test.
struct Running(Child);

/// A client of the admin interface.
struct Admin {
    http: reqwest::Client,
    address: String,
}

// === impl Running ===

impl Drop for Running {
    fn drop(&mut self) {
        // Fails if it has already ended, which is fine.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

// === impl Admin ===

impl Admin {
    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let mut request = self.http.request(method, format!("{}{path}", self.address));
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let response = request.send().await.unwrap();
        let status = response.status();
        let body = response.bytes().await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    async fn ok(&self, method: Method, path: &str, body: Value) {
        let (status, reply) = self.send(method, path, Some(body)).await;
        assert!(status.is_success(), "{path}: {status} {reply}");
    }

    async fn get(&self, path: &str) -> Value {
        let (status, body) = self.send(Method::GET, path, None).await;
        assert_eq!(status, 200, "{path}");
        body
    }
}

/// Starts the binary and returns its ready line.
fn start(arguments: &[&str]) -> (Running, Value) {
    let child = Command::new(env!("CARGO_BIN_EXE_isales-simulator"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut running = Running(child);
    let mut line = String::new();
    BufReader::new(running.0.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    (running, serde_json::from_str(&line).unwrap())
}

#[tokio::test]
async fn the_binary_serves_its_admin_interface_and_ends_on_a_signal() {
    let (mut running, ready) = start(&["--vdn", "25:46", "--shape", "quotes=double"]);
    let _ = rustls::crypto::ring::default_provider().install_default();
    let ca = std::fs::read(ready["ca_file"].as_str().unwrap()).unwrap();
    let http = reqwest::Client::builder()
        .tls_certs_only([Certificate::from_pem(&ca).unwrap()])
        .no_proxy()
        .build()
        .unwrap();
    let admin = Admin {
        http: http.clone(),
        address: ready["admin"].as_str().unwrap().to_owned(),
    };

    let policy =
        json!({"policy_type": 0, "policy_json": "[{'type':0,'retryTimes':1,'retryDay':1}]"});
    let (status, _) = admin
        .send(Method::GET, "/campaigns/25/46/policy", None)
        .await;
    assert_eq!(status, 404);
    admin
        .ok(Method::PUT, "/campaigns/25/46/policy", policy.clone())
        .await;
    let kept = admin.get("/campaigns/25/46/policy").await;
    assert_eq!(kept["policy_json"], policy["policy_json"]);
    let other = "/campaigns/25/47";
    let other_policy = "/campaigns/25/47/policy";
    let (status, _) = admin
        .send(Method::PUT, other_policy, Some(policy.clone()))
        .await;
    assert_eq!(status, 404);
    assert_eq!(admin.send(Method::PUT, other, None).await.0, 204);
    admin.ok(Method::PUT, other_policy, policy).await;
    assert_eq!(admin.send(Method::DELETE, other, None).await.0, 204);
    assert_eq!(admin.send(Method::DELETE, other, None).await.0, 404);
    assert_eq!(admin.send(Method::GET, other_policy, None).await.0, 404);

    assert_eq!(admin.get("/shape").await["quotes"], "double");
    admin
        .ok(Method::PUT, "/shape", json!({"common": "nested"}))
        .await;
    assert_eq!(admin.get("/shape").await["quotes"], "double");
    let (status, _) = admin
        .send(Method::PUT, "/shape", Some(json!({"common": "x"})))
        .await;
    assert_eq!(status, 400);
    let far = json!({"offset_seconds": -2_000_000_000_i64});
    assert_eq!(admin.send(Method::PUT, "/clock", Some(far)).await.0, 422);
    admin
        .ok(Method::PUT, "/keeps", json!("first-element"))
        .await;
    admin.ok(Method::PUT, "/lag", json!({"lag_ms": 300})).await;
    assert_eq!(admin.get("/lag").await, json!({"lag_ms": 300}));
    admin
        .ok(Method::PUT, "/latency", json!({"after_ms": 1}))
        .await;
    let faults = json!({"seed": 3, "probabilities": {"cut-short": 0.0}});
    admin.ok(Method::PUT, "/faults", faults.clone()).await;
    assert_eq!(admin.get("/faults").await, faults);

    let reply = json!({"status": 418, "headers": {"x-a": "b"}, "body": "scripted"});
    admin
        .ok(
            Method::POST,
            "/scripts",
            json!({"method": "GET", "action": {"reply": reply}}),
        )
        .await;
    let url = format!(
        "{}{}",
        ready["endpoint"].as_str().unwrap(),
        policy_target(25, 46)
    );
    let get = || http.get(&url).header("content-type", CONTENT_TYPE).send();
    let response = get().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["x-a"]),
        (418, &"b".parse().unwrap())
    );
    assert_eq!(response.text().await.unwrap(), "scripted");
    for action in [json!("stale"), json!({"shape": {"numbers": "decimals"}})] {
        let script = json!({"method": "PATCH", "action": action});
        admin.ok(Method::POST, "/scripts", script).await;
    }
    let script = json!({"action": {"shape": {"numbers": "roman"}}});
    let (status, _) = admin.send(Method::POST, "/scripts", Some(script)).await;
    assert_eq!(status, 422);
    assert_eq!(get().await.unwrap().status(), 401);
    let requests = admin.get("/requests").await;
    assert_eq!(
        (&requests[0]["status"], &requests[1]["status"]),
        (&json!(418), &json!(401))
    );
    assert_eq!(admin.get("/counters").await["requests"], 2);
    assert_eq!(admin.send(Method::DELETE, "/requests", None).await.0, 204);
    assert_eq!(admin.get("/requests").await, json!([]));

    let terminate = Command::new("kill")
        .arg(running.0.id().to_string())
        .status()
        .unwrap();
    assert!(terminate.success());
    let mut ended = None;
    patiently("the end of the process", || {
        ended = running.0.try_wait().unwrap();
        ended.is_some()
    })
    .await;
    assert!(ended.unwrap().success());
    assert!(!std::path::Path::new(ready["ca_file"].as_str().unwrap()).exists());
}
