//! The settings: where each comes from, and what is wrong with them.

use isales_simulator::Simulator;
use test_support::server::ACCESS_KEY;

use crate::command::{Doctor, SECRET_KEY};

fn server() -> Simulator {
    Simulator::builder()
        .credentials(ACCESS_KEY, SECRET_KEY)
        .campaign(25, 46)
        .start_blocking()
        .unwrap()
}

#[test]
fn a_flag_comes_before_its_variable_and_the_source_is_shown() {
    let server = server();
    let (document, _) = Doctor::of(&server)
        .with("ISALES_VDN_ID", "77")
        .arg("--vdn-id=25")
        .document();
    let text = document.text("settings_read");
    for line in [
        "vdn_id = 25 (from --vdn-id)",
        "access_key = EX… (9 characters) (from ISALES_ACCESS_KEY)",
        "secret_key = set, not shown (from ISALES_SECRET_KEY)",
        "connect_timeout = \"2s\" (from ISALES_CONNECT_TIMEOUT)",
    ] {
        assert!(text.contains(line), "not {line} in {text}");
    }
    assert_eq!(document.0["settings"]["vdn_id"], 25);
    assert_eq!(document.codes("problem"), [""; 0]);
}

#[test]
fn the_secret_key_may_be_in_a_file() {
    let server = server();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key");
    std::fs::write(&file, format!("{SECRET_KEY}\n")).unwrap();
    let doctor = Doctor::of(&server).without("ISALES_SECRET_KEY");
    let with = |path: &str| {
        let doctor = doctor.clone().arg("--secret-key-file").arg(path);
        let (document, outcome) = doctor.document();
        outcome.assert_no_secret();
        document.codes("problem")
    };
    assert_eq!(with(file.to_str().unwrap()), [""; 0]);
    assert_eq!(with("missing"), ["secret_key_file_unreadable"]);
}

#[test]
fn everything_that_is_wrong_with_the_settings_is_reported_at_once() {
    let (document, _) = Doctor::at("https://127.0.0.1:1")
        .with("ISALES_CA_CERT_FILE", "missing.pem")
        .with("ISALES_CLIENT_CERT_FILE", "missing-too.pem")
        .with("ISALES_CLIENT_KEY_FILE", "missing-key.pem")
        .with("ISALES_SECRET_KEY", "a key with a line break\n")
        .document();
    assert_eq!(document.codes("problem"), ["setting_invalid"; 3]);

    // Settings that are right by themselves and do not fit together.
    let (document, _) = Doctor::at("http://127.0.0.1:1")
        .with("ISALES_PROXY_URL", "http://127.0.0.1:2")
        .document();
    assert_eq!(document.codes("problem"), ["setting_invalid"]);
    assert_eq!(document.0["settings"], serde_json::json!({}));

    let (document, _) = Doctor::at("http://isales.example.com")
        .arg("--connect-timeout=soon")
        .arg("--policy-json-quotes=triple")
        .document();
    assert_eq!(document.codes("problem"), ["setting_invalid"; 3]);
    // Each names its setting.
    for finding in document
        .findings()
        .filter(|finding| finding["code"] == "setting_invalid")
    {
        let summary = finding["summary"].to_string();
        let names = [
            "access",
            "endpoint",
            "connect_timeout",
            "policy_json_quotes",
        ];
        assert!(names.iter().any(|name| summary.contains(name)), "{summary}");
    }
    let texts = document.0.to_string();
    assert!(
        texts.contains("The value is that of --connect-timeout"),
        "{texts}"
    );
}

#[test]
fn all_that_is_missing_is_listed_with_what_is_set() {
    let (document, _) = Doctor::bare()
        .arg("--endpoint=https://127.0.0.1:1")
        .document();
    assert_eq!(document.codes("problem"), ["setting_missing"; 3]);
    assert_eq!(document.codes("notice"), [""; 0]);
    let text = document.text("setting_missing");
    assert!(
        text.contains("endpoint = \"https://127.0.0.1:1\""),
        "{text}"
    );
    assert!(document.0.to_string().contains("vdn_id is not set"));

    let (document, _) = Doctor::at("https://127.0.0.1:1")
        .arg("--vdn-id=abc")
        .document();
    let text = document.text("setting_invalid");
    assert!(text.starts_with("vdn_id: "), "{text}");
    assert!(
        document
            .0
            .to_string()
            .contains("the settings cannot be used")
    );
}

#[test]
fn wrong_usage_ends_with_status_2_and_help_with_0() {
    for arguments in [
        &["--endpint=x"][..],
        &["--secret-key", SECRET_KEY],
        &["--yes"],
    ] {
        let outcome = arguments
            .iter()
            .fold(Doctor::bare(), |doctor, argument| doctor.arg(*argument));
        let outcome = outcome.run();
        assert_eq!(outcome.status, Some(2), "{outcome:?}");
        assert!(outcome.stderr.contains("--help"), "{outcome:?}");
        outcome.assert_no_secret();
    }
    let help = Doctor::bare().arg("--help").run();
    assert_eq!(help.status, Some(0));
    assert!(help.stdout.contains("ISALES_SIGNED_HEADERS"));
}
