//! The whole life of policies under every fault at `TF_LOG=TRACE`, and what it leaves behind:
//! logs, output, state and plan files. None of it may hold a secret.

use std::{collections::BTreeSet, fmt::Write as _, path::PathBuf};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE},
};
use isales_simulator::{Fault, RecordedRequest, Script, Simulator};
use serde_json::Value as Json;
use terraform_provider_isales::isales::sign::{
    AuthStringPrefix, Authorization, RequestToSign, SignedHeaders, SigningKey, Timestamp,
    TimestampPrecision,
};

use crate::{
    policies::{common, common_json, named},
    server::{Observed as _, VDN},
    terraform::{Outcome, Workspace, connection},
};

const ACCESS_KEY: &str = "EXAMPLEAK";
/// With characters that look otherwise in every encoding.
const SECRET_KEY: &str = "t0p>Secret?Key~with=odd&characters+0123456789";

#[test]
fn no_secret_is_left_behind_by_any_fault_at_any_log_level() {
    let server = Simulator::builder()
        .credentials(ACCESS_KEY, SECRET_KEY)
        .start_blocking()
        .unwrap();
    let mut workspace = Workspace::new(&server);
    workspace.env("ISALES_ACCESS_KEY", ACCESS_KEY);
    workspace.env("ISALES_SECRET_KEY", SECRET_KEY);
    let log = workspace.path("trace.log");
    workspace.env("TF_LOG", "TRACE");
    workspace.env("TF_LOG_PATH", log.to_str().unwrap());
    let arguments = "  request_timeout = \"2s\"\n  max_retries     = 3\n";
    workspace.configure(&format!("{}{arguments}", connection(&server)));

    let campaigns = 1..=Fault::ALL.len() as i64 + 2;
    let configuration = |retry_times, deletion_policy: &str| {
        campaigns.clone().fold(String::new(), |mut hcl, id| {
            let policy =
                common(retry_times, 1) + &format!("  deletion_policy = \"{deletion_policy}\"\n");
            let _ = hcl.write_str(&named(&format!("campaign_{id}"), id, &policy));
            hcl
        })
    };
    for id in campaigns.clone() {
        server.set_policy(VDN, id, 0, &common_json(9, 9)).unwrap();
    }
    let many = ["-parallelism=30"];
    let mut output = String::new();
    let mut run = |outcome: Outcome| {
        output += &outcome.stdout;
        output += &outcome.stderr;
    };

    workspace.write(&configuration(1, "abandon"));
    for method in ["GET", "POST"] {
        lay_down(&server, method);
        run(workspace.apply_with(&many));
        server.clear_scripts();
    }
    run(workspace.apply_with(&many).succeeds());
    server.remove_policy(VDN, 2);
    lay_down(&server, "GET");
    run(workspace.plan_with(&many));
    server.clear_scripts();
    workspace.write(&configuration(2, "restore"));
    run(workspace
        .plan_with(&["-out=changes.tfplan"])
        .finds_changes());
    run(workspace
        .run(&["show", "-json", "changes.tfplan"])
        .succeeds());
    lay_down(&server, "POST");
    run(workspace.run(&["apply", "-json", "-parallelism=30", "changes.tfplan"]));
    server.clear_scripts();
    run(workspace.apply_with(&many).succeeds());
    run(workspace.run(&["state", "rm", "isales_retry_policy.campaign_1"]));
    run(workspace.import("isales_retry_policy.campaign_1", "25/1"));
    workspace.env("ISALES_SECRET_KEY", &format!("{SECRET_KEY}, but wrong"));
    run(workspace.plan_with(&many));
    workspace.env("ISALES_SECRET_KEY", SECRET_KEY);
    run(workspace.destroy().succeeds());

    let met: BTreeSet<_> = server.counters().faults.into_keys().collect();
    assert_eq!(met.len(), Fault::ALL.len(), "{met:?}");
    let mut left: Vec<(PathBuf, Vec<u8>)> = workspace.files();
    let trace = left.iter().find(|(path, _)| path.ends_with("trace.log"));
    let trace = String::from_utf8_lossy(&trace.unwrap().1);
    assert!(trace.contains("Waiting before the request is made again"));
    left.push((PathBuf::from("output"), output.into_bytes()));
    left.extend(private_states(&left));
    let secrets = secrets(&server);
    assert!(secrets.len() > 300, "{}", secrets.len());
    for (path, content) in &left {
        let text = String::from_utf8_lossy(content);
        for secret in &secrets {
            let found = text.find(secret).map(|at| text[..at].lines().count());
            assert_eq!(found, None, "line of {secret} in {}", path.display());
        }
    }
}

/// Every fault for one method, each on a campaign of its own; and two servers that say what they
/// were sent.
fn lay_down(server: &Simulator, method: &str) {
    let path = |id: i64| format!("/rest/isales/v1/openapi/campaigns/{VDN}/retryPolicy/{id}");
    for (fault, id) in Fault::ALL.into_iter().zip(1..) {
        server.script(Script::fault(fault).method(method).path(&path(id)).times(2));
    }
    let signature = "5e".repeat(32);
    let echo = format!("auth-v2/{ACCESS_KEY}/now/host/{signature} was made with {SECRET_KEY}");
    let id = Fault::ALL.len() as i64 + 1;
    let refusal = Script::codes("0200001", "0200001", &echo);
    server.script(refusal.method(method).path(&path(id)).times(2));
    let page = Script::reply(502, echo).header("content-type", "text/plain");
    server.script(page.method(method).path(&path(id + 1)).times(2));
}

/// The private part of each resource in a state file, decoded.
fn private_states(files: &[(PathBuf, Vec<u8>)]) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for (path, content) in files {
        let state: Json = serde_json::from_slice(content).unwrap_or_default();
        let resources = state["resources"].as_array().cloned().unwrap_or_default();
        for resource in resources {
            if let Some(private) = resource["instances"][0]["private"].as_str() {
                found.push((path.join("private"), STANDARD.decode(private).unwrap()));
            }
        }
    }
    found
}

/// The key in several forms, the header, and each signature with its key.
fn secrets(server: &Simulator) -> Vec<String> {
    let hex: String = SECRET_KEY.bytes().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let mut secrets = vec![
        SECRET_KEY.to_owned(),
        hex.to_uppercase(),
        hex,
        STANDARD_NO_PAD.encode(SECRET_KEY),
        URL_SAFE.encode(SECRET_KEY),
        "auth-v2/".to_owned(),
        "uthorization:".to_owned(),
        "uthorization\":".to_owned(),
    ];
    let requests = [server.received("GET"), server.received("POST")].concat();
    for request in &requests {
        let (key, signature) = sign(request);
        secrets.extend([key, signature]);
    }
    secrets
}

/// What the request was signed with. The simulator does not record it, so it is made once more.
fn sign(request: &RecordedRequest) -> (String, String) {
    let time = request.timestamp.as_ref().unwrap();
    let timestamp = Timestamp::new(
        humantime::parse_rfc3339(time).unwrap(),
        TimestampPrecision::Milliseconds,
    );
    let headers: Vec<_> = request
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let request = RequestToSign {
        method: &request.method,
        path: &request.path,
        query: &[],
        headers: &headers,
        body: request.body.as_bytes(),
    };
    let signed = SignedHeaders::default();
    let authorization = Authorization::sign(&request, &signed, ACCESS_KEY, SECRET_KEY, &timestamp);
    let (_, signature) = authorization.reveal().rsplit_once('/').unwrap();
    let prefix = AuthStringPrefix::new(ACCESS_KEY, &timestamp, &request.signed_headers(&signed));
    let key = SigningKey::new(SECRET_KEY, &prefix);
    (key.reveal().to_owned(), signature.to_owned())
}
