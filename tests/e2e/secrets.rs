//! No secret is in a log, in the state or in a plan.

use std::{collections::BTreeSet, fs, time::UNIX_EPOCH};

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use isales_simulator::{RecordedRequest, Script, Simulator};
use terraform_provider_isales::isales::sign::{
    AuthStringPrefix, Authorization, CanonicalRequest, RequestToSign, SignedHeaders, SigningKey,
    Timestamp, TimestampPrecision,
};

use crate::{
    policies::{GLOBAL_COMMON, common, resource},
    server::{ACCESS_KEY, server},
    terraform::{Outcome, Workspace, connection},
};

const THIS: &str = "isales_retry_policy.this";

/// Not a part of any word in a log.
const SECRET: &str = "c2VjcmV0LWtleS1mb3ItdGVzdHM";
const WRONG_SECRET: &str = "bm90LXRoZS1zZWNyZXQta2V5LWF0LWFsbA";

/// What may be written down nowhere: a key in its forms.
fn forms(secret: &str) -> Vec<String> {
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    vec![
        secret.to_owned(),
        hex.to_uppercase(),
        hex,
        // Without padding, this is a part of the padded form, too.
        STANDARD_NO_PAD.encode(secret),
    ]
}

/// The signature that a request had, and the key it was made with.
fn signature(request: &RecordedRequest, secret: &str) -> [String; 2] {
    let time = request.timestamp.as_deref().expect("it was signed");
    let since = humantime::parse_rfc3339(time)
        .expect("a timestamp")
        .duration_since(UNIX_EPOCH)
        .expect("after 1970");
    let timestamp = Timestamp::new(UNIX_EPOCH + since, TimestampPrecision::Milliseconds);
    assert_eq!(timestamp.to_string(), time);
    let names = request.signed_headers.as_deref().expect("it was signed");
    let names: SignedHeaders = names.parse().expect("names of headers");
    let headers: Vec<_> = request
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| names.iter().any(|signed| signed == *name))
        .collect();
    let to_sign = RequestToSign {
        method: &request.method,
        path: &request.path,
        query: &[],
        headers: &headers,
        body: request.body.as_bytes(),
    };
    let prefix = AuthStringPrefix::new(ACCESS_KEY, &timestamp, &names);
    let key = SigningKey::new(secret, &prefix);
    let canonical = CanonicalRequest::new(&to_sign, &names);
    let header = Authorization::new(&prefix, &key, &canonical);
    let signature = header.reveal().rsplit('/').next().expect("a signature");
    [signature.to_owned(), key.reveal().to_owned()]
}

fn assert_absent(secrets: &BTreeSet<String>, name: &str, content: &[u8]) {
    let text = String::from_utf8_lossy(content);
    for secret in secrets {
        if let Some(at) = text.find(secret.as_str()) {
            // The message must not repeat it.
            panic!("a secret is in {name}, at byte {at}");
        }
    }
}

/// The whole cycle, with failures on the way. Returns what Terraform shows of a saved plan.
fn live_through_everything(server: &Simulator, workspace: &mut Workspace) -> Outcome {
    workspace.env("ISALES_SECRET_KEY", SECRET);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.plan_with(&["-out=create.plan"]).finds_changes();
    workspace.apply_with(&["create.plan"]).succeeds();
    let plan = workspace.run(&["show", "-json", "create.plan"]).succeeds();
    workspace.plan().finds_no_changes();
    workspace.write(&resource(46, &common(2, 2)));
    server.script(Script::reply(503, "busy").method("POST"));
    server.script(Script::reply(500, "down").method("GET"));
    workspace.apply().succeeds();
    workspace.run(&["state", "rm", THIS]).succeeds();
    workspace.import(THIS, "25/46").succeeds();
    workspace
        .plan_with(&["-destroy", "-out=destroy.plan"])
        .finds_changes();
    workspace.apply_with(&["destroy.plan"]).succeeds();

    workspace.env("ISALES_SECRET_KEY", WRONG_SECRET);
    workspace.apply().fails().error().says(&["401"]);
    let other = self::server();
    workspace.configure(&connection(&other).replace(other.endpoint(), server.endpoint()));
    workspace.apply().fails().error().says(&["unknown issuer"]);

    // The key in the configuration, where Terraform itself reads it.
    let block = format!("{}  secret_key = \"{SECRET}\"\n", connection(server));
    workspace.configure(&block);
    workspace.apply().succeeds();
    workspace.plan().finds_no_changes();
    plan
}

#[test]
fn a_trace_of_everything_holds_no_secret() {
    let server = Simulator::builder()
        .credentials(ACCESS_KEY, SECRET)
        .start_blocking()
        .unwrap();
    let mut workspace = Workspace::new(&server);
    workspace.env("TF_LOG", "TRACE");
    let log = workspace.path("trace.log");
    workspace.env("TF_LOG_PATH", log.to_str().unwrap());
    let plan = live_through_everything(&server, &mut workspace);

    let mut secrets: BTreeSet<String> =
        [SECRET, WRONG_SECRET].into_iter().flat_map(forms).collect();
    let (accepted, refused): (Vec<_>, Vec<_>) = server
        .requests()
        .into_iter()
        .partition(|request| request.signature_error.is_none());
    assert!(!accepted.is_empty() && !refused.is_empty());
    for (requests, secret) in [(accepted, SECRET), (refused, WRONG_SECRET)] {
        secrets.extend(requests.iter().flat_map(|one| signature(one, secret)));
    }

    let trace = fs::read_to_string(&log).unwrap();
    for word in [
        "[TRACE]",
        "provider.terraform-provider-isales",
        "request is made again",
    ] {
        assert!(trace.contains(word), "the log to search has no {word}");
    }
    let wait = trace
        .lines()
        .find(|line| line.contains("request is made again"));
    for word in ["reason=", "wait_ms=", "retry=1 "] {
        assert!(wait.unwrap().contains(word), "{wait:?} has no {word}");
    }
    assert!(!trace.contains("auth-v2/"));
    for (path, content) in workspace.files() {
        let is_configuration = path.extension().is_some_and(|extension| extension == "tf");
        if !is_configuration {
            assert_absent(&secrets, &path.display().to_string(), &content);
        }
    }
    // The file of a plan is compressed, so it is searched as Terraform shows it.
    assert!(plan.stdout.contains("policy_json"));
    assert_absent(&secrets, "the plan", plan.stdout.as_bytes());
}
