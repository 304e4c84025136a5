//! A search for secrets in everything that Terraform leaves behind.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use isales_simulator::{RecordedRequest, Simulator};
use ring::hmac;
use serde_json::Value as Json;

use crate::{
    encodings::forms,
    terraform::{Outcome, Workspace},
};

/// The secrets to look for, each with its description: a failure prints only that.
#[derive(Default)]
pub struct Secrets(BTreeMap<String, &'static str>);

/// The remains of commands: their output, and each file as it was after each of them.
#[derive(Default)]
pub struct Remains {
    pieces: BTreeMap<String, BTreeSet<Vec<u8>>>,
}

/// In a log, where Terraform writes none of its own requests: the scheme of the signature, and
/// the header as HTTP and as JSON or `Debug` write it.
const HEADER: [&str; 3] = ["auth-v2/", "uthorization:", "uthorization\":"];

// === impl Secrets ===

impl Secrets {
    /// The keys, every signature that a server has got, and the keys that it was made with.
    pub fn of(server: &Simulator, access_key: &str, secret_keys: &[&str]) -> Self {
        let mut secrets = Self::default();
        secrets.add("the Authorization header", HEADER.map(str::to_owned));
        for secret_key in secret_keys {
            secrets.add("a secret key", forms(secret_key));
        }
        let requests = server.requests();
        assert!(!requests.is_empty());
        for request in &requests {
            let signature = request.signature.as_ref().expect("it was signed");
            secrets.add("a signature", [signature.reveal().to_owned()]);
            for secret_key in secret_keys {
                let key = signing_key(secret_key, &prefix(access_key, request));
                secrets.add("a signing key", [key]);
            }
        }
        secrets
    }

    /// Looks for more.
    pub fn add(&mut self, what: &'static str, texts: impl IntoIterator<Item = String>) {
        self.0.extend(texts.into_iter().map(|text| (text, what)));
    }
}

fn prefix(access_key: &str, request: &RecordedRequest) -> String {
    let timestamp = request.timestamp.as_deref().expect("it was signed");
    let signed_headers = request.signed_headers.as_deref().expect("it was signed");
    format!("auth-v2/{access_key}/{timestamp}/{signed_headers}")
}

/// API reference, section 4.2. Made here once more, so that a mistake of the provider's signer
/// does not hide what is looked for.
fn signing_key(secret_key: &str, prefix: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret_key.as_bytes());
    let digest = hmac::sign(&key, prefix.as_bytes());
    let bytes = digest.as_ref().iter();
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

// === impl Remains ===

impl Remains {
    /// Keeps what a command has left behind.
    pub fn after(&mut self, workspace: &Workspace, outcome: Outcome) -> Outcome {
        self.add("standard output", outcome.stdout.as_bytes());
        self.add("standard error", outcome.stderr.as_bytes());
        for (path, content) in workspace.files() {
            // What the user wrote.
            if path.extension().is_some_and(|extension| extension == "tf") {
                continue;
            }
            let name = path.display().to_string();
            for private in private_parts(&content) {
                self.add(PRIVATE, &private);
            }
            self.add(&name, &content);
        }
        outcome
    }

    fn add(&mut self, name: &str, content: &[u8]) {
        let pieces = self.pieces.entry(name.to_owned()).or_default();
        // A log grows: what it was before is a part of what it is.
        pieces.retain(|piece| !content.starts_with(piece));
        pieces.insert(content.to_owned());
    }

    /// All of a name's pieces as text.
    pub fn text(&self, name: &str) -> String {
        let named = self.pieces.iter().filter(|(path, _)| path.ends_with(name));
        let pieces = named.flat_map(|(_, pieces)| pieces);
        pieces
            .map(|piece| String::from_utf8_lossy(piece).into_owned())
            .collect()
    }

    /// Fails the test, without repeating it, where there is a secret.
    pub fn hold_none_of(&self, secrets: &Secrets) {
        // Otherwise there was nothing to find.
        assert!(self.text("terraform.tfstate").contains("policy_json"));
        assert!(self.text(PRIVATE).contains("before"), "no private state");
        for (name, pieces) in &self.pieces {
            for piece in pieces {
                let text = String::from_utf8_lossy(piece);
                for (secret, what) in &secrets.0 {
                    if let Some(at) = text.find(secret) {
                        let line = text[..at].lines().count();
                        panic!("{what} is in {name}, line {line}");
                    }
                }
            }
        }
    }
}

/// The decoded private state of each resource.
const PRIVATE: &str = "the private state";

fn private_parts(content: &[u8]) -> Vec<Vec<u8>> {
    let state: Json = serde_json::from_slice(content).unwrap_or_default();
    let resources = state["resources"].as_array().into_iter().flatten();
    let instances = resources.filter_map(|resource| resource["instances"].as_array());
    instances
        .flatten()
        .filter_map(|instance| instance["private"].as_str())
        .map(|private| STANDARD.decode(private).expect("base64"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signing_key_is_that_of_the_vectors() {
        let vectors =
            include_str!("../../../crates/isales-client/tests/data/c2-signature-vectors.json");
        let vectors: Json = serde_json::from_str(vectors).unwrap();
        let cases = vectors["cases"].as_array().unwrap();
        assert!(!cases.is_empty());
        for case in cases {
            let text = |value: &Json| value.as_str().unwrap().to_owned();
            let expected = &case["expect"];
            let key = signing_key(
                &text(&case["secret_key"]),
                &text(&expected["auth_string_prefix"]),
            );
            assert_eq!(key, text(&expected["signing_key"]));
        }
    }

    #[test]
    #[should_panic(expected = "a secret key is in trace.log, line 2")]
    fn a_secret_is_found_in_each_form() {
        let mut secrets = Secrets::default();
        secrets.add("a secret key", forms("a>b&c/d+e"));
        let mut remains = Remains::default();
        remains.add("terraform.tfstate", b"policy_json");
        remains.add(PRIVATE, b"before");
        for found in [
            "a\\u003eb\\u0026c/d+e",
            "613E6226632F642B65",
            "YT5iJmMvZCtl",
            "a%3Eb%26c%2Fd%2Be",
        ] {
            assert!(secrets.0.contains_key(found), "{found}");
        }
        remains.hold_none_of(&secrets);
        remains.add("trace.log", b"begin\n");
        remains.add("trace.log", b"begin\nend: 613e6226632f642b65");
        remains.hold_none_of(&secrets);
    }
}
