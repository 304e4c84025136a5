//! The report of a run: no value of the user is in it, whatever the server answers.

use std::{collections::BTreeMap, path::Path};

use isales_client::is_unprintable;
use isales_simulator::{Script, Simulator};
use serde_json::{Value, json};
use test_support::encodings::forms_within;

use crate::command::Doctor;

/// Values that a server or a user can set, each of which is in one place only.
const MARKERS: [(&str, &str); 30] = [
    ("the access key", "QAMARKERaccess7"),
    ("the secret key", "mk-SecretMarker/8+q"),
    ("the user of the proxy", "proxymarkeruser"),
    ("the password of the proxy", "pr0xyMarkerPassword"),
    ("the locale", "mk_LOCALEMARKER"),
    ("the folder of the CA certificate", "camarkerfolder"),
    ("the VDN", "7391"),
    ("the ID of a campaign", "6402918375501"),
    ("the name of a campaign", "Campaignmarker"),
    ("a name in Chinese", "电话营销标记"),
    ("a name with an accent", "Márkerñame"),
    ("a date", "2027-03-19"),
    ("a time", "11:13:17"),
    ("a number", "918273645"),
    ("a fraction", "73.62519"),
    ("an ID in a string", "markerid-83-xq"),
    ("a member that is an ID", "55510293"),
    ("a member that is no name", "member marker"),
    ("a number type", "NTMARKER"),
    ("a code", "MKC77"),
    ("a text in a text", "NestedMarker"),
    ("a text in a text in a text", "DeeperMarker"),
    ("an escaped text", "Escapedmarkér"),
    ("a description", "Descriptionmarker"),
    ("the name in a description", "Quotedmarker"),
    ("a server header", "ServermarkerX"),
    ("a cookie", "c00kiemarkerValue"),
    ("a target", "targetmarker.example.org"),
    ("a page", "Pagemarker"),
    ("a damaged reply", "Damagedmarker"),
];

/// Returns a marker by its description.
fn marker(what: &str) -> &'static str {
    let (_, marker) = MARKERS.iter().find(|(known, _)| *known == what).unwrap();
    marker
}

fn envelope(data: Value) -> Value {
    let mut reply = json!({"resultCode": "0200000", "resultDesc": "", "data": data});
    reply[marker("a member that is an ID")] = json!(1);
    reply[marker("a member that is no name")] = json!("");
    reply[marker("the access key")] = json!(1);
    reply[format!("x{}", marker("the user of the proxy"))] = json!(1);
    reply
}

fn campaigns() -> String {
    let mut reply = envelope(json!([{
        "id": marker("the ID of a campaign").parse::<u64>().unwrap(),
        "name": marker("the name of a campaign"),
        "owner": marker("a name in Chinese"),
        "city": marker("a name with an accent"),
        "status": 3,
        "deviceType": 2,
        "strBeginTime": format!("{} {}", marker("a date"), marker("a time")),
        "quota": marker("a number").parse::<u64>().unwrap(),
        "rate": marker("a fraction").parse::<f64>().unwrap(),
        "externalId": marker("an ID in a string"),
    }]));
    reply["totalSize"] = json!(1);
    reply.to_string()
}

fn policy() -> String {
    let deeper = json!([{
        "x": marker("a text in a text in a text"),
        "status": marker("the user of the proxy"),
    }]);
    let deeper = deeper.to_string();
    let extra = json!([{ "note": marker("a text in a text"), "more": deeper }]).to_string();
    let policy_json = format!(
        "[{{'dataType':'{}','type':0,'retryTimes':3,'retryDay':2,'noRetryPolicy':['{}']}}]",
        marker("a number type"),
        marker("a code"),
    );
    let reply = envelope(json!({
        "retryPolicyId": marker("an ID in a string"),
        "policyType": 1,
        "policyJson": policy_json,
        "busiPolicy": extra,
        "kept": "ESCAPED",
    }));
    let escaped = marker("an escaped text").replace('é', "\\u00E9");
    reply.to_string().replace("ESCAPED", &escaped)
}

/// A server with a marker in every value.
fn server() -> Simulator {
    let vdn_id = marker("the VDN");
    let base = format!("/rest/isales/v1/openapi/campaigns/{vdn_id}");
    let simulator = Simulator::builder()
        .credentials(marker("the access key"), marker("the secret key"))
        .campaign(vdn_id.parse().unwrap(), 1)
        .start_blocking()
        .expect("the simulator starts");
    let headers = |script: Script| {
        script
            .header("server", &format!("{}/7.1", marker("a server header")))
            .header(
                "set-cookie",
                &format!("session={}; Path=/", marker("a cookie")),
            )
            .header("link", &format!("<https://{}/>", marker("a target")))
            .header(
                &format!("x-auth-v2-{}", marker("the access key").to_lowercase()),
                "1",
            )
            .header("x-mk-secretmarker-8-q", "1")
    };
    let reply =
        |path: String, script: Script| simulator.script(headers(script).path(&path).times(9));
    reply(base.clone(), Script::reply(200, campaigns()));
    reply(
        format!("{base}/retryPolicy/*"),
        Script::reply(200, policy()).header(
            "content-type",
            &format!("application/json; charset={}", marker("the secret key")),
        ),
    );
    let description = format!(
        "{} of \"{}\": [{}] {}\u{9b}31m\u{202e}",
        marker("a description"),
        marker("the name in a description"),
        marker("the ID of a campaign"),
        marker("the access key"),
    );
    reply(
        format!("{base}/queryOBSResults"),
        Script::codes("0200001", "0200001", &description),
    );
    // Whatever it gets hold of.
    let page = format!(
        "<html><body><h1>{}</h1>{} {} {} {}<a href=\"https://{}/?k={}\">x</a></body></html>",
        marker("a page"),
        marker("the secret key"),
        marker("the user of the proxy"),
        marker("the password of the proxy"),
        marker("the locale"),
        marker("a target"),
        marker("a cookie"),
    );
    let html =
        |status, page: String| Script::reply(status, page).header("content-type", "text/html");
    reply(format!("{base}/queryOBSResultCode"), html(403, page));
    reply(
        format!("{base}/queryBusinessResults"),
        Script::reply(302, "").header("location", &format!("https://{}/", marker("a target"))),
    );
    reply(
        format!("{base}/callNoType/query"),
        Script::reply(
            200,
            format!("{{\"resultDesc\":\"{}\",", marker("a damaged reply")),
        ),
    );
    simulator
}

/// A run that examines a server, with a report.
fn to(simulator: &Simulator, report: &Path) -> Doctor {
    Doctor::of(simulator)
        .with("ISALES_VDN_ID", marker("the VDN"))
        .arg("--report")
        .arg(report.display().to_string())
}

/// Runs the command with markers in its settings.
fn examined(folder: &Path) -> (Simulator, String) {
    let simulator = server();
    let ca = folder.join(marker("the folder of the CA certificate"));
    std::fs::create_dir(&ca).unwrap();
    let ca = ca.join("ca.pem");
    std::fs::copy(simulator.ca_file(), &ca).unwrap();
    let report = folder.join("report.json");
    let proxy = format!(
        "http://{}:{}@192.0.2.1:3128",
        marker("the user of the proxy"),
        marker("the password of the proxy")
    );
    let outcome = to(&simulator, &report)
        .with("ISALES_ACCESS_KEY", marker("the access key"))
        .with("ISALES_SECRET_KEY", marker("the secret key"))
        .with("ISALES_LOCALE", marker("the locale"))
        .with("ISALES_CA_CERT_FILE", &ca.display().to_string())
        .with("HTTPS_PROXY", &proxy)
        .with("NO_PROXY", "127.0.0.1")
        .run();
    assert_eq!(outcome.status, Some(1), "{outcome:?}");
    let report = std::fs::read_to_string(&report).expect("there is a report");
    (simulator, report)
}

#[test]
fn no_value_is_in_a_report_in_any_encoding() {
    let folder = tempfile::tempdir().unwrap();
    let (simulator, report) = examined(folder.path());
    let port = simulator.endpoint().rsplit(':').next().unwrap().to_owned();
    let own = [("the address", "127.0.0.1"), ("the port", port.as_str())];
    let lower = report.to_lowercase();
    for (what, value) in MARKERS.iter().copied().chain(own) {
        for form in forms_within(value) {
            // A few characters may be anywhere.
            if form.len() >= 4 {
                assert!(!report.contains(&form), "{what} is in the report");
            }
        }
        assert!(
            !lower.contains(&value.to_lowercase()),
            "{what} is in the report"
        );
    }
    let controls = |character| is_unprintable(character) && character != '\n';
    assert!(!report.contains(controls), "a control character is there");
    // Parts that say enough.
    for part in ["电话", "标记", "márker", "marker", "secret", "ntmark"] {
        assert!(!lower.contains(part), "{part} is in the report");
    }
    for signature in simulator
        .requests()
        .iter()
        .filter_map(|request| request.signature.as_ref())
    {
        assert!(
            !report.contains(signature.reveal()),
            "a signature is in the report"
        );
    }
}

#[test]
fn what_a_shape_is_made_of_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (_simulator, report) = examined(folder.path());
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["format"], 1);
    assert!(
        report["about"]
            .as_array()
            .is_some_and(|lines| lines.len() > 5)
    );
    let exchanges = report["exchanges"].as_array().unwrap();
    let reply = |operation: &str| {
        let mut exchanges = exchanges.iter();
        &exchanges
            .find(|exchange| exchange["operation"] == operation)
            .unwrap()["reply"]
    };
    let list = reply("list the outbound campaigns");
    let json = &list["body"]["json"];
    assert_eq!(
        (&list["status"], &json["resultCode"]),
        (&json!(200), &json!("0200000"))
    );
    let row = &json["data"][0];
    assert_eq!(row["status"], 3);
    let names: Vec<&String> = row.as_object().unwrap().keys().collect();
    let expected = [
        "city",
        "deviceType",
        "externalId",
        "id",
        "name",
        "owner",
        "quota",
        "rate",
        "status",
        "strBeginTime",
    ];
    assert_eq!(names, expected);
    for (name, value) in row.as_object().unwrap() {
        let is_alike = match name.as_str() {
            "id" | "quota" | "deviceType" | "status" => value.is_u64(),
            "rate" => value.is_f64(),
            _ => value.is_string(),
        };
        assert!(is_alike, "{name}: {value}");
    }
    let content_type = json!("content-type: application/json; charset=UTF-8");
    assert!(list["headers"].as_array().unwrap().contains(&content_type));
    // The campaign has the same ID wherever it is named.
    let query = exchanges
        .iter()
        .find(|exchange| exchange["operation"] == "query the retry policy");
    let path = query.unwrap()["request"]["path"].as_str().unwrap();
    let expected = format!(
        "/rest/isales/v1/openapi/campaigns/{}/retryPolicy/{}",
        report["vdn_id"], row["id"]
    );
    assert_eq!(path, expected);
    // The escape keeps the policy from being shown as JSON.
    let policy = query.unwrap()["reply"]["body"]["text"].as_str().unwrap();
    for kept in [
        "\"busiPolicy\":\"[{\\\"more\\\":\\\"[{\\\\\\\"status\\\\\\\":",
        "\"policyJson\":\"[{'dataType':'",
        "','type':0,'retryTimes':",
        ",'noRetryPolicy':['",
        "\"policyType\":1,",
        "\\u",
    ] {
        assert!(policy.contains(kept), "{kept} is not in {policy}");
    }
    let page = reply("list the OBS result codes");
    assert_eq!(page["status"], 403);
    assert!(
        page["body"]["text"]
            .as_str()
            .unwrap()
            .starts_with("<html><body><h1>")
    );
    let refused = reply("list the definitions of outbound call results");
    assert_eq!(refused["body"]["json"]["returnCode"], "0200001");
}

#[test]
fn values_are_replaced_anew_in_each_report() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let ids = folders.map(|folder| {
        let (_simulator, report) = examined(folder.path());
        let report: Value = serde_json::from_str(&report).unwrap();
        report["exchanges"][0]["reply"]["body"]["json"]["data"][0]["id"].clone()
    });
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn an_existing_file_is_refused_before_the_first_request() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    std::fs::write(&report, "mine").unwrap();
    let simulator = server();
    let outcome = to(&simulator, &report).run();
    assert_eq!(outcome.status, Some(2), "{outcome:?}");
    assert!(outcome.stderr.contains("exists already"), "{outcome:?}");
    assert!(outcome.stderr.contains("--report"), "{outcome:?}");
    assert_eq!(std::fs::read_to_string(&report).unwrap(), "mine");
    assert!(simulator.requests().is_empty());
}

#[test]
fn a_report_is_written_after_a_failure_too() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    let simulator = server();
    // Nothing listens there.
    let doctor = to(&simulator, &report).with("ISALES_ENDPOINT", "https://127.0.0.1:9");
    let outcome = doctor.run();
    assert_eq!(outcome.status, Some(1), "{outcome:?}");
    let text = std::fs::read_to_string(&report).expect("there is a report");
    let report_json: Value = serde_json::from_str(&text).unwrap();
    let codes: BTreeMap<_, _> = report_json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            (
                finding["step"].as_str().unwrap(),
                finding["verdict"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(codes["tcp"], "problem");
    assert_eq!(codes["policies"], "skipped");
    assert_eq!(report_json["exchanges"], json!([]));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;

        let mode = std::fs::metadata(&report).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
