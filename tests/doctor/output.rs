//! The output for people and for programs, and what it says in single cases.

use std::time::Duration;

use isales_simulator::{Accepts, Fault, Faults, Latency, LeafCertificate, Simulator};
use serde_json::Value;
use test_support::{server::ACCESS_KEY, terraform, tls_server::TlsServer};

use crate::command::{Doctor, Document, Outcome, SECRET_KEY};

fn server() -> isales_simulator::SimulatorBuilder {
    Simulator::builder()
        .credentials(ACCESS_KEY, SECRET_KEY)
        .campaigns(25, [])
        .data_set(3, 12)
}

#[test]
fn the_provider_block_has_all_that_the_server_needs() {
    let accepts = "timestamp-precision=seconds"
        .parse::<isales_simulator::Accepts>()
        .unwrap();
    let shape = "quotes=double,common=nested"
        .parse::<isales_simulator::Shape>()
        .unwrap();
    let server = server()
        .accepts(accepts)
        .shape(shape)
        .start_blocking()
        .unwrap();
    let outcome = Doctor::of(&server).run();
    let (_, block) = outcome.stdout.split_once("provider \"isales\"").unwrap();
    for line in [
        "  vdn_id          = 25\n",
        "  # secret_key comes from the environment variable ISALES_SECRET_KEY.\n",
        "  compatibility = {\n",
        "    timestamp_precision = \"seconds\"\n",
        "    # policy_json_quotes  = \"double\"\n",
        "    # common_policy_layout = \"nested\"\n",
    ] {
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            squeezed(block).contains(&squeezed(line)),
            "not {line} in {block}"
        );
    }
    // What was accepted is used from then on.
    assert_eq!(outcome.status, Some(1));
    assert!(
        outcome.stdout.contains("7 of 7 interfaces answer"),
        "{}",
        outcome.stdout
    );
    let requests = server.requests();
    assert!(
        requests.iter().all(|request| request.method == "GET"),
        "{requests:?}"
    );
}

#[test]
fn lines_are_plain_unless_color_is_asked_for() {
    let server = server().start_blocking().unwrap();
    let plain = Doctor::of(&server).run();
    assert_eq!(plain.status, Some(0), "{plain:?}");
    assert!(!plain.stdout.contains('\u{1b}'), "{plain:?}");
    assert_eq!(plain.stderr, "");
    assert!(
        plain
            .stdout
            .contains("✓ TLS             TLS 1.3; certificate for localhost")
    );
    let colored = Doctor::of(&server).arg("--color=always").run();
    assert!(colored.stdout.contains("\u{1b}[32m✓"), "{colored:?}");
}

#[test]
fn the_certificate_of_a_private_authority_is_shown_with_its_fingerprint() {
    let sending = TlsServer {
        sends_authority: true,
        ..TlsServer::default()
    };
    let running = sending.start();
    let (document, _) = Doctor::at(&format!("https://127.0.0.1:{}", running.port)).document();
    let text = document.text("certificate_of_unknown_issuer");
    for part in ["Example Corporation CA", "SHA-256 ", "ca_cert_file"] {
        assert!(text.contains(part), "not {part} in {text}");
    }
    // The text is what ca_cert_file wants.
    let begin = text.find("-----BEGIN").unwrap();
    let end = text.find("-----END CERTIFICATE-----").unwrap();
    let shown: String = text[begin..end].split_whitespace().collect();
    let authority: String = running.authority.split_whitespace().collect();
    assert!(authority.starts_with(&shown), "{text}");
    let (document, _) = Doctor::at(&format!("https://127.0.0.1:{}", running.port))
        .with("ISALES_CA_CERT_PEM", &text[begin..end + 25])
        .document();
    assert_eq!(document.codes("problem"), ["server_error"]);
}

#[test]
fn a_certificate_says_what_it_is_for() {
    let server = server()
        .certificate(LeafCertificate::WrongName)
        .start_blocking()
        .unwrap();
    let (document, _) = Doctor::of(&server).document();
    let text = document.text("certificate_for_another_name");
    assert!(
        text.contains("isales.invalid, and not for 127.0.0.1"),
        "{text}"
    );
    let server = self::server()
        .certificate(LeafCertificate::Expired)
        .start_blocking()
        .unwrap();
    let (document, _) = Doctor::of(&server).document();
    let text = document.text("certificate_expired");
    assert!(text.contains("expired on 2001-01-01"), "{text}");
}

#[test]
fn a_measurement_needs_to_be_asked_for_and_has_at_most_ten_at_a_time() {
    let server = server()
        .latency(Latency::before(Duration::from_millis(20)))
        .start_blocking()
        .unwrap();
    Doctor::of(&server).run();
    assert_eq!(server.counters().max_concurrent, 1);
    let (document, _) = Doctor::of(&server).arg("--measure").document();
    assert_eq!(server.counters().max_concurrent, 10);
    // On a busy machine, the least load may seem to be the fastest.
    let concurrency = |finding: &&serde_json::Value| finding["step"] == "concurrency";
    let finding = document.findings().find(concurrency).unwrap();
    let lines = finding["details"].to_string();
    assert!(lines.contains("10 at a time: "), "{finding}");
}

#[test]
fn the_provider_block_is_formatted_as_terraform_does() {
    let forms = ["timestamp-precision=seconds", "signed-headers=host"];
    let accepts = forms
        .iter()
        .try_fold(Accepts::default(), |accepts, form| accepts.with(form))
        .unwrap();
    let server = server()
        .accepts(accepts)
        .shape("quotes=double,common=nested".parse().unwrap())
        .start_blocking()
        .unwrap();
    let outcome = Doctor::of(&server)
        .with("ISALES_MAX_CONCURRENT_REQUESTS", "3")
        .run();
    let (_, block) = outcome.stdout.split_once("\n\nprovider").unwrap();
    let block = format!("provider{block}");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("main.tf"), &block).unwrap();
    let formatted = terraform::program()
        .command()
        .args(["fmt", "-check", "-diff", "-no-color"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(formatted.status.success(), "{block}\n{formatted:?}");
    let comments = block.matches("# The server refuses the default.").count();
    assert_eq!(comments, 1, "{block}");
}

#[test]
fn settings_that_reach_no_vdn_are_not_shown_as_those_for_the_server() {
    let server = server().start_blocking().unwrap();
    let doctor = Doctor::of(&server);
    let working = "The provider block for this server:";
    let failing = "The provider block with your settings, which do not work yet:";
    for (doctor, heading) in [
        (doctor.clone(), working),
        (doctor.clone().with("ISALES_VDN_ID", "99"), failing),
        (Doctor::at("https://127.0.0.1:1"), failing),
    ] {
        let outcome = doctor.run();
        assert!(outcome.stdout.contains(heading), "{outcome:?}");
    }
}

#[test]
fn a_signature_that_was_not_judged_is_not_blamed() {
    for (fault, cause) in [
        (Fault::InternalServerError, "HTTP status 500"),
        (Fault::TooManyRequestsSeconds, "HTTP status 429"),
        (Fault::ResetBeforeStored, "the connection"),
        (Fault::HtmlErrorPage, "a page that says"),
        (Fault::OversizedBody, "larger than"),
        (Fault::TruncatedJson, "limits replies"),
    ] {
        let (document, _) = of_fault(fault, 1.0).document();
        let problem = |finding: &&Value| finding["verdict"] == "problem";
        let code = document.findings().find(problem).unwrap()["code"].clone();
        let text = document.text(code.as_str().unwrap());
        assert!(text.starts_with("not known: "), "{fault}: {text}");
        assert!(text.contains(cause), "{fault}: {text}");
        let is_portal = fault == Fault::HtmlErrorPage;
        assert_eq!(text.contains("portal"), is_portal, "{fault}: {text}");
        let is_other = text.contains("something else than the API");
        assert_eq!(is_other, is_portal, "{fault}: {text}");
        assert!(skipped(&document).contains(&"clock".to_owned()), "{fault}");
    }
}

#[test]
fn a_step_that_fails_is_not_listed_as_not_examined_as_well() {
    for (fault, reason) in [
        (Fault::TooFast, "requests come too fast"),
        (Fault::InternalServerError, "no request has succeeded"),
    ] {
        let (document, _) = of_fault(fault, 1.0).document();
        let mut steps: Vec<_> = skipped(&document);
        steps.extend(
            document
                .findings()
                .filter(|finding| finding["verdict"] != "skipped")
                .map(|finding| finding["step"].as_str().unwrap().to_owned()),
        );
        steps.sort();
        let count = steps.len();
        steps.dedup();
        assert_eq!(steps.len(), count, "{:#}", document.0);
        let text = document.0.to_string();
        assert!(text.contains(reason) && !text.contains("no VDN"), "{text}");
    }
}

/// A run against a server with a fault.
fn of_fault(fault: Fault, probability: f64) -> Doctor {
    let faults = Faults {
        seed: 1,
        probabilities: [(fault, probability)].into(),
    };
    let server = server().faults(faults).start_blocking().unwrap();
    let doctor = Doctor::of(&server);
    // It runs for as long as the test.
    std::mem::forget(server);
    doctor
}

/// The steps that were not run.
fn skipped(document: &Document) -> Vec<String> {
    let is_skipped = |finding: &&Value| finding["verdict"] == "skipped";
    let skipped = document.findings().filter(is_skipped);
    let name = |finding: &Value| finding["step"].as_str().unwrap().to_owned();
    skipped.map(name).collect()
}

#[test]
fn a_campaign_that_does_not_exist_is_not_a_matter_of_permissions() {
    let server = server().start_blocking().unwrap();
    let (document, _) = Doctor::of(&server).arg("--campaign-id=999").document();
    let text = document.text("campaign_not_found");
    assert!(text.contains("25/999 does not exist"), "{text}");
    let text = document.text("interfaces_answer");
    assert_eq!(text, "7 of 7 interfaces answer");
}

#[test]
fn a_signature_that_needs_the_time_of_the_server_says_so() {
    let server = server().start_blocking().unwrap();
    server.set_clock_offset(3600);
    let (document, _) = Doctor::of(&server).document();
    let text = document.text("signature_accepted");
    assert_eq!(
        text,
        "accepted with the server's time; refused with this machine's"
    );
}

#[cfg(unix)]
#[test]
fn an_interrupted_step_is_no_problem_of_the_server() {
    use nix::{
        sys::signal::{Signal, kill},
        unistd::Pid,
    };

    let server = server()
        .latency(Latency::before(Duration::from_millis(400)))
        .start_blocking()
        .unwrap();
    let child = Doctor::of(&server).arg("--json").start();
    let queries = || {
        let requests = server.requests();
        let is_query = |path: &str| path.contains("/retryPolicy/");
        requests
            .iter()
            .filter(|request| is_query(&request.path))
            .count()
    };
    while queries() < 2 {
        std::thread::sleep(Duration::from_millis(10));
    }
    kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGINT).unwrap();
    let document = Outcome::of(child).document();
    assert_eq!(document.codes("problem"), [""; 0], "{:#}", document.0);
    let steps = skipped(&document);
    // How long the requests took that were answered is known.
    assert_eq!(steps, ["policies", "permissions"]);
    let skipped = document
        .findings()
        .filter(|finding| finding["verdict"] == "skipped");
    for finding in skipped {
        assert_eq!(finding["summary"], "interrupted", "{finding}");
    }
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_at_once_with_what_was_found() {
    use nix::{
        sys::signal::{Signal, kill},
        unistd::Pid,
    };
    use std::{io::Read as _, net::TcpListener, time::Instant};

    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let child = Doctor::at(&format!("https://127.0.0.1:{port}"))
            .with("ISALES_CONNECT_TIMEOUT", "1m")
            .arg("--json")
            .start();
        let (mut connection, _) = listener.accept().unwrap();
        // The handshake has begun, so the step before it has ended.
        connection.read_exact(&mut [0]).unwrap();
        let began = Instant::now();
        kill(Pid::from_raw(child.id().cast_signed()), signal).unwrap();
        let outcome = Outcome::of(child);
        assert!(began.elapsed() < Duration::from_secs(5));
        assert_eq!(outcome.status, Some(1), "{outcome:?}");
        let document = outcome.document();
        assert_eq!(document.0["interrupted"], true);
        assert_eq!(document.codes("ok").last().unwrap(), "connected");
    }
}
