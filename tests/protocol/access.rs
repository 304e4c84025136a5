//! Who may connect: the host, and nobody else.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use test_support::host::{Identity, Launch, Transport, patiently};

/// The beginning of a TLS record that holds a ClientHello of 512 bytes, which never come.
const HALF_A_CLIENT_HELLO: [u8; 6] = [22, 3, 1, 2, 0, 1];

#[tokio::test]
async fn the_host_is_let_in() {
    let plugin = Launch::hosted().start().await;
    for transport in [
        Transport::Tls(Identity::Host),
        Transport::Tls12(Identity::Host),
    ] {
        plugin.connect(transport).await.expect("the host is let in");
    }
}

#[tokio::test]
async fn nobody_else_is_let_in_while_the_host_is_served() {
    let mut plugin = Launch::hosted().env("TF_LOG", "WARN").start().await;
    let before = plugin.client().await;
    let strangers = [Identity::Nobody, Identity::Foreign, Identity::Impostor];
    let attempts = strangers
        .iter()
        .flat_map(|stranger| [Transport::Tls(*stranger), Transport::Tls12(*stranger)])
        .chain([Transport::Plaintext]);
    for attempt in attempts {
        let refused = plugin.connect(attempt).await;
        assert!(refused.is_err(), "{attempt:?} was let in");
    }
    plugin
        .stderr_line("Refused a client that is not the host")
        .await;

    let health = || crate::services::health("plugin");
    before.health().check(health()).await.expect("still served");
    plugin.client().await;
}

#[tokio::test]
async fn who_is_the_host_is_what_the_environment_says() {
    // The stranger of the other tests passes here, so there it is the pinning that keeps it out.
    let pem = Identity::Foreign.certificate_pem();
    let its_own = Launch::hosted()
        .env("PLUGIN_CLIENT_CERT", pem)
        .start()
        .await;
    its_own
        .connect(Transport::Tls(Identity::Foreign))
        .await
        .expect("it is the host here");
    assert!(
        its_own
            .connect(Transport::Tls(Identity::Host))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn clients_that_stall_hold_up_nobody() {
    let plugin = Launch::hosted().start().await;
    let mut stalled = Vec::new();
    for bytes in [&[][..], &HALF_A_CLIENT_HELLO, &HALF_A_CLIENT_HELLO[..1]] {
        let mut stream = plugin.address.connect().await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stalled.push(stream);
    }
    plugin.client().await;

    let mut nonsense = plugin.address.connect().await.unwrap();
    nonsense.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    // Either way the connection is closed: with an alert, or without.
    let _closed = patiently("the end", nonsense.read_to_end(&mut answer)).await;
    assert!(!answer.starts_with(b"HTTP"));
    plugin.client().await;
}

#[cfg(unix)]
#[tokio::test]
async fn the_socket_is_closed_to_other_users() {
    use std::os::unix::fs::PermissionsExt as _;

    let plugin = Launch::debug().start_debug().await;
    let test_support::host::Address::Unix(socket) = &plugin.address else {
        panic!("{:?}", plugin.address);
    };
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(socket), 0o600);
    assert_eq!(mode(socket.parent().unwrap()), 0o700);
}
