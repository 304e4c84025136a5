//! How a plugin introduces itself, and to whom.

use serde_json::Value;

use test_support::host::{Address, Exit, Identity, Launch};

#[tokio::test]
async fn without_a_cookie_it_tells_a_person_what_to_do() {
    let almost = Launch::hosted().env("TF_PLUGIN_MAGIC_COOKIE", "something else");
    for launch in [Launch::bare(), almost] {
        let exit = launch.run().await;
        assert_eq!(exit.status.code(), Some(1));
        assert_eq!(exit.stdout, "");
        for messages in ["terraform-provider-isales", "terraform init", "--debug"] {
            assert!(exit.stderr.contains(messages), "{}", exit.stderr);
        }
    }
}

#[tokio::test]
async fn the_line_says_where_and_with_which_certificate() {
    let plugin = Launch::hosted().start().await;
    let fields: Vec<_> = plugin.announcement.split('|').collect();
    let [core, protocol, network, _, kind, certificate] = fields[..] else {
        panic!("{fields:?}");
    };
    assert_eq!((core, protocol, network, kind), ("1", "6", "unix", "grpc"));
    // go-plugin takes anything shorter for no certificate at all.
    assert!(certificate.len() > 50);

    let ended = plugin.shutdown().await;
    assert_eq!(ended.stdout, "", "one line, and nothing after it");
    assert!(ended.stderr.is_empty(), "{:?}", ended.stderr);
}

#[tokio::test]
async fn every_start_makes_another_certificate() {
    let first = Launch::hosted().start().await;
    let second = Launch::hosted().start().await;
    assert_ne!(first.certificate, second.certificate);
}

#[tokio::test]
async fn a_host_without_tls_gets_an_empty_field() {
    let plugin = Launch::hosted_in_plaintext().start().await;
    assert!(plugin.announcement.ends_with("|grpc|"));
    plugin.client().await;
}

#[tokio::test]
async fn a_host_that_multiplexes_gets_a_seventh_field() {
    for (value, fields) in [
        ("true", 7),
        ("1", 7),
        ("false", 6),
        ("0", 6),
        ("multiplex", 6),
    ] {
        let launch = Launch::hosted().env("PLUGIN_MULTIPLEX_GRPC", value);
        let plugin = launch.start().await;
        assert_eq!(plugin.announcement.split('|').count(), fields, "{value}");
        assert_eq!(
            plugin.announcement.ends_with("|false"),
            fields == 7,
            "{value}"
        );
    }
}

#[tokio::test]
async fn a_host_that_speaks_another_version_is_told_ours() {
    let launch = Launch::hosted()
        .env("PLUGIN_PROTOCOL_VERSIONS", "5")
        .env("TF_LOG", "ERROR");
    let mut plugin = launch.start().await;
    assert!(plugin.announcement.starts_with("1|6|"));
    plugin.stderr_line("No common protocol version").await;
}

#[tokio::test]
async fn the_socket_is_where_the_host_wants_it() {
    let wanted = tempfile::tempdir().unwrap();
    let launch = Launch::hosted().env("PLUGIN_UNIX_SOCKET_DIR", wanted.path().to_str().unwrap());
    let plugin = launch.start().await;
    let Address::Unix(socket) = &plugin.address else {
        panic!("{:?}", plugin.address);
    };
    assert!(socket.starts_with(wanted.path()));
    plugin.shutdown().await;
    assert_eq!(std::fs::read_dir(wanted.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_certificate_that_cannot_be_pinned_ends_the_start() {
    let host = Identity::Host.certificate_pem();
    let two = format!("{host}{}", Identity::Foreign.certificate_pem());
    let cut = &host[..host.len() / 2];
    let not_x509 = "-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----\n";
    for bad in ["yes", cut, not_x509, &two] {
        let exit = Launch::hosted().env("PLUGIN_CLIENT_CERT", bad).run().await;
        assert_eq!(exit.status.code(), Some(1), "{bad}");
        // No handshake, and so no plaintext.
        says_why_it_does_not_start(&exit, "PLUGIN_CLIENT_CERT ");
    }
}

#[tokio::test]
async fn a_start_that_fails_says_why_to_its_host() {
    let group = Launch::hosted().env("PLUGIN_UNIX_SOCKET_GROUP", "no|such|group");
    says_why_it_does_not_start(&group.run().await, "cannot give the socket to the group");
    let port = Launch::hosted().env("PLUGIN_MIN_PORT", "none");
    says_why_it_does_not_start(&port.run().await, "PLUGIN_MIN_PORT is");

    // A person reads standard error.
    let person = Launch::debug().env("PLUGIN_UNIX_SOCKET_GROUP", "no|such|group");
    let exit = person.run().await;
    assert_eq!((exit.status.code(), exit.stdout.as_str()), (Some(1), ""));
    let reason = "cannot give the socket to the group \"no|such|group\"";
    assert!(exit.stderr.starts_with(reason), "{}", exit.stderr);
}

/// go-plugin shows the first line of standard output if it is no handshake, and logs standard error.
#[track_caller]
fn says_why_it_does_not_start(exit: &Exit, reason: &str) {
    assert_eq!(exit.status.code(), Some(1), "{exit:?}");
    assert_eq!(exit.stdout.lines().count(), 1, "{exit:?}");
    assert!(
        exit.stdout.starts_with(reason) && !exit.stdout.contains('|'),
        "{exit:?}"
    );
    let line: Value = serde_json::from_str(&exit.stderr).expect("one line of hclog");
    assert_eq!(line["@level"], "error");
    assert!(
        line["@message"].as_str().unwrap().starts_with(reason),
        "{line}"
    );
}

#[tokio::test]
async fn a_folder_for_temporary_files_that_is_of_no_use_is_passed_over() {
    for unusable in ["/nowhere/at/all", "/proc", "/dev/null"] {
        let plugin = Launch::hosted().env("TMPDIR", unusable).start().await;
        let Address::Unix(socket) = &plugin.address else {
            panic!("{:?}", plugin.address);
        };
        assert!(socket.starts_with("/tmp"), "{socket:?}");
        let folder = socket.parent().unwrap().to_owned();
        plugin.client().await;
        plugin.shutdown().await;
        assert!(!folder.exists());
    }
}

#[tokio::test]
async fn flags_for_people() {
    let version = Launch::bare().arg("--version").run().await;
    assert!(version.status.success());
    assert!(version.stdout.contains(env!("CARGO_PKG_VERSION")));

    let help = Launch::bare().arg("--help").run().await;
    assert!(help.status.success());
    assert!(help.stdout.contains("TF_REATTACH_PROVIDERS"));

    let unknown = Launch::bare().arg("--debugger").run().await;
    assert_eq!(unknown.status.code(), Some(2));
    assert_eq!(unknown.stdout, "");
    assert!(unknown.stderr.contains("--debugger"), "{}", unknown.stderr);
}
