//! The output for people and for programs, and what it says in single cases.

use std::time::Duration;

use isales_simulator::{Latency, LeafCertificate, Simulator};
use test_support::{server::ACCESS_KEY, tls_server::TlsServer};

use crate::command::{Doctor, Outcome, SECRET_KEY};

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
