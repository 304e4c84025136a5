//! The way to a server in single steps.

use std::time::{Duration, SystemTime};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use super::{
    server::{Answer, Server},
    *,
};
use crate::{
    error::TlsFailure,
    probe::{self, ConnectFailure, HandshakeFailure, Roots, TunnelFailure},
};

const LIMIT: Duration = Duration::from_secs(5);

/// A certificate for `127.0.0.1` from 2020 to 2030, and that of its authority after it.
fn chain() -> rustls::ServerConfig {
    let authority_key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
        .distinguished_name
        .push(DnType::CommonName, "An Authority");
    let authority = params.self_signed(&authority_key).unwrap().der().clone();
    let issuer = Issuer::new(params, authority_key);
    let key = KeyPair::generate().unwrap();
    let names = ["127.0.0.1".to_owned(), "a.example.com".to_owned()];
    let mut params = CertificateParams::new(names).unwrap();
    params
        .distinguished_name
        .push(DnType::CommonName, "A Server");
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2030, 1, 1);
    let certificate = params.signed_by(&key, &issuer).unwrap().der().clone();
    rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate, authority],
            key.serialize_der().try_into().unwrap(),
        )
        .unwrap()
}

async fn connected(port: u16) -> TcpStream {
    let address = ([127, 0, 0, 1], port).into();
    probe::connect(address, LIMIT).await.unwrap()
}

/// The first of January of a year around 2025.
fn year(year: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs((year - 1970) * 31_556_952 + 86_400)
}

#[tokio::test]
async fn a_certificate_is_recorded_although_it_is_not_trusted() {
    let date = "Date: Thu, 02 Jan 2025 03:04:05 GMT\r\n";
    let server = Server::https([Answer::with_headers(200, date, "")], chain()).await;
    let endpoint: Endpoint = format!("https://127.0.0.1:{}", server.port)
        .parse()
        .unwrap();
    let stream = connected(server.port).await;
    let handshake = probe::handshake(stream, "127.0.0.1", None, LIMIT).await;
    let handshake = handshake.unwrap();
    assert_eq!(handshake.version, "TLS 1.3");
    assert_eq!(handshake.client_issuers, None);
    let [own, authority] = handshake.chain.as_slice() else {
        panic!("{:?}", handshake.chain);
    };
    let content = own.content().unwrap();
    assert_eq!(
        (content.subject.as_str(), content.issuer.as_str()),
        ("A Server", "An Authority")
    );
    assert_eq!(content.names, ["127.0.0.1", "a.example.com"]);
    assert!(!content.is_self_issued && !content.is_authority);
    assert!(content.not_before < year(2021) && content.not_after > year(2029));
    let content = authority.content().unwrap();
    assert!(content.is_self_issued && content.is_authority);
    assert_eq!(own.fingerprint().len(), 32 * 3 - 1);

    // What it takes to trust it, and what is then verified.
    let given = Authorities::from_pem(&authority.to_pem()).unwrap();
    let given = Roots::of(&ServerTrust::Authorities(given))
        .await
        .unwrap()
        .unwrap();
    let only = Roots::only(authority).unwrap();
    let verdict = |host, roots, moment| probe::verify(&handshake.chain, host, roots, moment);
    for roots in [&given, &only] {
        assert_eq!(verdict("127.0.0.1", roots, year(2025)), Ok(()));
        assert_eq!(
            verdict("127.0.0.1", roots, year(2031)),
            Err(TlsFailure::Expired)
        );
        assert_eq!(
            verdict("127.0.0.1", roots, year(2019)),
            Err(TlsFailure::NotValidYet)
        );
        assert_eq!(
            verdict("b.example.com", roots, year(2025)),
            Err(TlsFailure::WrongName)
        );
    }
    // The server's own certificate says nothing about its issuer.
    let own = Roots::only(own).unwrap();
    let unknown = verdict("127.0.0.1", &own, year(2025));
    assert_eq!(unknown, Err(TlsFailure::UnknownIssuer));
    assert!(Roots::of(&ServerTrust::Anyone).await.unwrap().is_none());

    let date = probe::server_date(handshake.stream, &endpoint, LIMIT).await;
    assert_eq!(date, Some(UNIX_EPOCH + Duration::from_secs(1_735_787_045)));
    // Nothing was signed.
    assert_eq!(server.requests()[0].header("authorization"), None);
}

#[tokio::test]
async fn a_port_without_tls_and_one_without_anything_are_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let answering = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 1024]).await;
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    });
    let failure = probe::handshake(connected(port).await, "127.0.0.1", None, LIMIT).await;
    let failure = failure.err().unwrap();
    assert_eq!(failure, HandshakeFailure::Tls(TlsFailure::NotTls));
    answering.await.unwrap();
    let address = ([127, 0, 0, 1], port).into();
    let refused = probe::connect(address, LIMIT).await.unwrap_err();
    assert_eq!(refused, ConnectFailure::Refused);
    let found = probe::resolve("127.0.0.1", 1, LIMIT).await.unwrap();
    assert_eq!(found, [([127, 0, 0, 1], 1).into()]);
    assert!(matches!(
        probe::resolve("isales.invalid", 1, LIMIT).await,
        Err(Some(_))
    ));
}

#[tokio::test]
async fn a_tunnel_is_asked_for_with_the_login_and_its_refusal_has_a_status() {
    let endpoint: Endpoint = "https://isales.example.com".parse().unwrap();
    for (answer, url, failure) in [
        (
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
            "http://proxy:1",
            TunnelFailure::Status(403),
        ),
        (
            "HTTP/1.1 407 Login\r\nContent-Length: 0\r\n\r\n",
            "http://proxy:1",
            TunnelFailure::Login { has_login: false },
        ),
        (
            "HTTP/1.1 407 Login\r\nContent-Length: 0\r\n\r\n",
            "http://me:pass%20word@proxy:1",
            TunnelFailure::Login { has_login: true },
        ),
    ] {
        let proxy = Proxy::new(url.parse().unwrap(), "proxy_url");
        let (ours, mut theirs) = tokio::io::duplex(4096);
        let asked = tokio::spawn(async move {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                theirs.read_buf(&mut head).await.unwrap();
            }
            theirs.write_all(answer.as_bytes()).await.unwrap();
            String::from_utf8(head).unwrap()
        });
        let refused = probe::tunnel(ours, &proxy, &endpoint, LIMIT).await;
        assert_eq!(refused.err(), Some(failure));
        let head = asked.await.unwrap().to_lowercase();
        assert!(
            head.starts_with("connect isales.example.com:443 http/1.1\r\n"),
            "{head}"
        );
        let login = "proxy-authorization: basic bwu6cgfzcyb3b3jk";
        assert_eq!(head.contains(login), url.contains('@'), "{head}");
    }
}
