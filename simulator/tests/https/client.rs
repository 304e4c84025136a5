//! A client for the simulator's tests. Signs as in section 4.2 of the API reference.

use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac};
use isales_simulator::{Simulator, SimulatorBuilder};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Certificate, Method, RequestBuilder, Response};
use serde_json::Value;
use sha2::Sha256;
use time::{OffsetDateTime, macros::format_description};
use tokio::time::{sleep, timeout};

pub(crate) const AK: &str = "TESTAK";
pub(crate) const SK: &str = "TEST-SECRET-KEY";
pub(crate) const CONTENT_TYPE: &str = "application/json; charset=UTF-8";
/// A POST body with a common policy.
pub(crate) const COMMON: &str =
    r#"{"policyJson":"[{'type':0,'retryTimes':1,'retryDay':1}]","policyType":0}"#;
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// An HTTPS client of one simulator.
pub(crate) struct Client {
    http: reqwest::Client,
    endpoint: String,
}

/// Starts a simulator with campaigns 46 and 47 in VDN 25.
pub(crate) fn start() -> (Simulator, Client) {
    start_with(Simulator::builder().campaigns(25, [46, 47]))
}

/// Starts a simulator with the client's key pair.
pub(crate) fn start_with(builder: SimulatorBuilder) -> (Simulator, Client) {
    let simulator = builder.credentials(AK, SK).start_blocking().unwrap();
    let client = Client::new(&simulator);
    (simulator, client)
}

// === impl Client ===

impl Client {
    pub(crate) fn new(simulator: &Simulator) -> Self {
        // Fails if another test in the process has installed the provider, which is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let ca = Certificate::from_pem(simulator.ca_pem().as_bytes()).unwrap();
        let http = reqwest::Client::builder()
            .tls_certs_only([ca])
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .build()
            .unwrap();
        Self {
            http,
            endpoint: simulator.endpoint().to_owned(),
        }
    }

    /// Sends requests to another server, with the same trusted CAs.
    pub(crate) fn at(self, simulator: &Simulator) -> Self {
        Self {
            endpoint: simulator.endpoint().to_owned(),
            ..self
        }
    }

    pub(crate) fn signed(&self, method: Method, target: &str, body: &str) -> RequestBuilder {
        self.signed_at(now(), method, target, body)
    }

    /// Builds a request that is signed over `host` and `content-type`.
    pub(crate) fn signed_at(
        &self,
        timestamp: OffsetDateTime,
        method: Method,
        target: &str,
        body: &str,
    ) -> RequestBuilder {
        let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
        let prefix = format!(
            "auth-v2/{AK}/{}/content-type;host",
            timestamp.format(&format).unwrap()
        );
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut parameters: Vec<String> = form_urlencoded::parse(query.as_bytes())
            .map(|(name, value)| format!("{}={}", encode(&name), encode(&value)))
            .collect();
        parameters.sort();
        let host = self.endpoint.strip_prefix("https://").unwrap();
        let canonical = format!(
            "{method}\n{path}\n{}{}content-type;host\ncontent-type:{}\nhost:{}\n{}",
            parameters.join("&"),
            if parameters.is_empty() { "" } else { "\n" },
            encode(CONTENT_TYPE),
            encode(host),
            encode(body)
        );
        let signature = digest(&digest(SK, &prefix), &canonical);
        let request = self
            .http
            .request(method, format!("{}{target}", self.endpoint))
            .header("authorization", format!("{prefix}/{signature}"))
            .header("content-type", CONTENT_TYPE);
        if body.is_empty() {
            request
        } else {
            request.body(body.to_owned())
        }
    }

    pub(crate) fn unsigned(&self, target: &str) -> RequestBuilder {
        self.http
            .get(format!("{}{target}", self.endpoint))
            .header("content-type", CONTENT_TYPE)
    }

    pub(crate) async fn get(&self, target: &str) -> Response {
        self.signed(Method::GET, target, "").send().await.unwrap()
    }

    pub(crate) async fn get_json(&self, target: &str) -> Value {
        json(self.get(target).await).await
    }

    pub(crate) async fn post(&self, target: &str, body: &str) -> Value {
        self.send_json(Method::POST, target, body).await
    }

    /// Sends a request of any method, and returns the body of the reply.
    pub(crate) async fn send_json(&self, method: Method, target: &str, body: &str) -> Value {
        json(self.signed(method, target, body).send().await.unwrap()).await
    }
}

/// Returns the body of a reply with status 200.
pub(crate) async fn json(response: Response) -> Value {
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], CONTENT_TYPE);
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}

/// Returns the rows of a list.
pub(crate) fn rows(reply: &Value) -> &Vec<Value> {
    reply["data"].as_array().unwrap()
}

/// Returns the path of a campaign's retry policy.
pub(crate) fn policy_target(vdn_id: u16, campaign_id: i64) -> String {
    format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/retryPolicy/{campaign_id}")
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test client signs with the current time"
)]
pub(crate) fn now() -> OffsetDateTime {
    std::time::SystemTime::now().into()
}

/// Longer than anything takes. Limits hangs and measures nothing.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until `is_there` returns true, or fails the test with a message that names `what`.
pub(crate) async fn patiently(what: &str, mut is_there: impl FnMut() -> bool) {
    let there = async {
        while !is_there() {
            sleep(Duration::from_millis(1)).await;
        }
    };
    if timeout(PATIENCE, there).await.is_err() {
        panic!("timed out waiting for {what}");
    }
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

fn digest(key: &str, message: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(message.as_bytes());
    mac.finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
