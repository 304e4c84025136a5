//! How a plugin introduces itself, and to whom.

use test_support::host::{Address, Identity, Launch};

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
    let launch = Launch::hosted().env("PLUGIN_MULTIPLEX_GRPC", "true");
    let plugin = launch.start().await;
    assert!(plugin.announcement.ends_with("|false"));
    assert_eq!(plugin.announcement.split('|').count(), 7);
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
        assert_eq!(exit.stdout, "", "no plaintext instead");
        assert!(
            exit.stderr.starts_with("PLUGIN_CLIENT_CERT "),
            "{}",
            exit.stderr
        );
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
