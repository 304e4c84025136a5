//! Handshakes that succeed, and those that fail, each with its reason.

use base64::{Engine as _, prelude::BASE64_STANDARD as STANDARD};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, PrivateKeyDer},
    server::WebPkiClientVerifier,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::{
    server::{Answer, Server},
    *,
};
use crate::error::TlsFailure;

struct Authority {
    der: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

fn authority(name: &str) -> Authority {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let der = params.self_signed(&key).unwrap().der().clone();
    Authority {
        pem: pem("CERTIFICATE", &der),
        issuer: Issuer::new(params, key),
        der,
    }
}

impl Authority {
    fn server(&self, name: &str, until: i32) -> rustls::ServerConfig {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        server(certificate.der().clone(), &key, None)
    }

    /// The authority's own certificate as that of a server.
    fn itself(&self) -> rustls::ServerConfig {
        server(self.der.clone(), self.issuer.key(), None)
    }
}

/// A server that may ask for a client certificate of an authority.
fn server(
    certificate: CertificateDer<'static>,
    key: &KeyPair,
    clients: Option<&Authority>,
) -> rustls::ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .unwrap();
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(authority) => {
            let mut roots = RootCertStore::empty();
            roots.add(authority.der.clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().unwrap())
        }
    };
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    builder.with_single_cert(vec![certificate], key).unwrap()
}

fn pem(label: &str, der: &[u8]) -> String {
    let base64 = STANDARD.encode(der);
    format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n")
}

async fn call(tls: rustls::ServerConfig, trust: ServerTrust) -> Result<(), Error> {
    let server = Server::https([Answer::json(200, SUCCESS)], tls).await;
    let mut config = config(&format!("https://127.0.0.1:{}", server.port));
    config.server_trust = trust;
    let result = set(&client(config)).await;
    assert_eq!(server.requests().len(), usize::from(result.is_ok()));
    result
}

fn trust(authority: &Authority) -> ServerTrust {
    ServerTrust::Authorities(Authorities::from_pem(&authority.pem).unwrap())
}

fn failure(result: Result<(), Error>) -> TlsFailure {
    let error = result.unwrap_err();
    assert!(!error.may_have_taken_effect());
    match transport_kind(&error) {
        TransportKind::Tls(failure) => failure.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_certificate_of_the_given_authority_is_trusted() {
    let authority = authority("A");
    assert_eq!(
        call(authority.server("127.0.0.1", 2100), trust(&authority)).await,
        Ok(())
    );
}

#[tokio::test]
async fn clones_share_a_connection() {
    let tls = authority("A").server("127.0.0.1", 2100);
    let server = Server::https((0..3).map(|_| Answer::json(200, SUCCESS)), tls).await;
    let client = client(config(&format!("https://127.0.0.1:{}", server.port)));
    for _ in 0..3 {
        set(&client.clone()).await.unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn every_other_certificate_is_refused_with_its_reason() {
    let (ours, theirs, renewed) = (authority("A"), authority("B"), authority("A"));
    let reason = async |authority: &Authority, name, until| {
        failure(call(authority.server(name, until), trust(&ours)).await)
    };
    assert_eq!(
        reason(&theirs, "127.0.0.1", 2100).await,
        TlsFailure::UnknownIssuer
    );
    // An authority of the same name whose key is another one.
    assert_eq!(
        reason(&renewed, "127.0.0.1", 2100).await,
        TlsFailure::UnknownIssuer
    );
    assert_eq!(reason(&ours, "127.0.0.1", 2001).await, TlsFailure::Expired);
    assert_eq!(
        reason(&ours, "isales.example.com", 2100).await,
        TlsFailure::WrongName
    );
}

/// A certificate for this name that is signed by itself and marked as that of an authority, and a
/// server that shows it.
fn marked(name: &str, until: i32) -> (ServerTrust, rustls::ServerConfig) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new([name.to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.not_before = date_time_ymd(2000, 1, 1);
    params.not_after = date_time_ymd(until, 1, 1);
    let certificate = params.self_signed(&key).unwrap().der().clone();
    let given = Authorities::from_pem(&pem("CERTIFICATE", &certificate)).unwrap();
    (
        ServerTrust::Authorities(given),
        server(certificate, &key, None),
    )
}

#[tokio::test]
async fn a_given_certificate_is_trusted_for_its_server_even_if_marked_as_an_authority() {
    let (given, server) = marked("127.0.0.1", 2100);
    assert_eq!(call(server, given).await, Ok(()));
}

#[tokio::test]
async fn a_given_certificate_is_still_checked_for_its_name_its_validity_and_its_key() {
    let (given, server) = marked("isales.example.com", 2100);
    let reason = failure(call(server, given).await);
    assert_eq!(reason, TlsFailure::WrongName);

    let (given, server) = marked("127.0.0.1", 2001);
    let reason = failure(call(server, given).await);
    assert_eq!(reason, TlsFailure::Expired);

    // The server has the certificate, which is public, and another key.
    let given = authority("A");
    let provider = rustls::crypto::ring::default_provider();
    let other = KeyPair::generate().unwrap().serialize_der();
    let other = provider
        .key_provider
        .load_private_key(PrivateKeyDer::try_from(other).unwrap())
        .unwrap();
    let certified = rustls::sign::CertifiedKey::new(vec![given.der.clone()], other);
    let server = rustls::ServerConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(rustls::sign::SingleCertAndKey::from(certified)));
    let error = call(server, trust(&given)).await.unwrap_err();
    assert!(
        matches!(transport_kind(&error), TransportKind::Tls(_)),
        "{error}"
    );
}

#[tokio::test]
async fn the_certificate_of_an_authority_that_is_not_given_is_refused_for_a_server() {
    let (given, other) = (authority("A"), authority("B"));
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issued = params.signed_by(&key, &given.issuer).unwrap();
    let shown = server(issued.der().clone(), &key, None);
    let reason = failure(call(shown, trust(&given)).await);
    assert_eq!(reason, TlsFailure::AuthorityAsServer);

    let reason = failure(call(other.itself(), trust(&given)).await);
    assert_eq!(reason, TlsFailure::AuthorityAsServer);
}

#[tokio::test]
async fn a_client_certificate_is_presented_and_its_lack_is_reported() {
    let authority = authority("A");
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &authority.issuer).unwrap();
    let tls = server(certificate.der().clone(), &key, Some(&authority));
    let folder = tempfile::tempdir().unwrap();
    let (certificate_file, key_file) = (folder.path().join("c.pem"), folder.path().join("k.pem"));
    std::fs::write(&certificate_file, pem("CERTIFICATE", certificate.der())).unwrap();
    std::fs::write(&key_file, pem("PRIVATE KEY", &key.serialize_der())).unwrap();

    let server = Server::https([Answer::json(200, SUCCESS)], tls).await;
    let mut config = config(&format!("https://127.0.0.1:{}", server.port));
    config.server_trust = trust(&authority);
    let reason = failure(set(&client(config.clone())).await);
    assert!(
        matches!(reason, TlsFailure::ClientCertificate(_)),
        "{reason:?}"
    );

    let shown = ClientCertificate::from_files(&certificate_file, &key_file)
        .await
        .unwrap();
    config.client_certificate = Some(shown);
    set(&client(config)).await.unwrap();

    let swapped = ClientCertificate::from_files(&certificate_file, &certificate_file).await;
    assert!(matches!(
        swapped,
        Err(ConfigError::Pem {
            setting: "client_key_file",
            ..
        })
    ));
}

#[tokio::test]
async fn a_setting_whose_file_cannot_be_used_is_named_on_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.pem\n");
    let error = Authorities::from_file(&path).await.unwrap_err().to_string();
    assert!(error.starts_with("ca_cert_file names \"/"), "{error}");
    assert!(error.contains("/ca.pem\\n\", which cannot be read: there is no such file"));

    let empty = Authorities::from_file("".as_ref()).await.unwrap_err();
    assert!(empty.to_string().starts_with("ca_cert_file is empty"));

    std::fs::write(&path, "nonsense").unwrap();
    let error = Authorities::from_file(&path).await.unwrap_err().to_string();
    let words = "ca_cert_file contains no usable certificate in PEM form: ";
    assert!(error.starts_with(words), "{error}");
}

#[tokio::test]
async fn a_key_with_a_passphrase_is_reported_as_such() {
    let authority = authority("A");
    let folder = tempfile::tempdir().unwrap();
    let (certificate_file, key_file) = (folder.path().join("c.pem"), folder.path().join("k.pem"));
    std::fs::write(&certificate_file, &authority.pem).unwrap();
    let traditional = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    for key in [
        pem("ENCRYPTED PRIVATE KEY", &[0; 9]),
        traditional.to_owned(),
    ] {
        std::fs::write(&key_file, key).unwrap();
        let error = ClientCertificate::from_files(&certificate_file, &key_file)
            .await
            .unwrap_err();
        assert!(error.to_string().contains("passphrase"), "{error}");
    }
}

#[tokio::test]
async fn insecure_trusts_anyone() {
    let server = authority("A").server("isales.example.com", 2001);
    assert_eq!(call(server, ServerTrust::Anyone).await, Ok(()));
}

/// A port that answers the first bytes of each connection with these.
async fn answering(bytes: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 1024]).await;
        let _ = stream.write_all(bytes).await;
        std::future::pending::<()>().await;
    });
    port
}

#[tokio::test]
async fn a_port_without_tls_is_reported_as_such() {
    let port = answering(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    let client = client(config(&format!("https://127.0.0.1:{port}")));
    assert_eq!(failure(set(&client).await), TlsFailure::NotTls);
}

#[tokio::test]
async fn a_handshake_that_is_refused_may_lack_a_client_certificate() {
    // The reply of a TLS 1.2 server that requires a client certificate and gets none: the fatal
    // alert 40, handshake_failure.
    let port = answering(&[21, 3, 3, 0, 2, 2, 40]).await;
    let client = client(config(&format!("https://127.0.0.1:{port}")));
    let error = set(&client).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("client_cert_file and client_key_file"),
        "{error}"
    );
    assert_eq!(failure(Err(error)), TlsFailure::HandshakeRefused);
}

/// A server whose connections each answer one request: the first with these bytes in TLS and then
/// some that are not TLS, the others with success.
async fn breaking_after(head: &'static str) -> u16 {
    let tls = authority("A").server("127.0.0.1", 2100);
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(tls));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        for number in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = acceptor.accept(stream).await.unwrap();
            let _ = stream.read(&mut [0; 4096]).await;
            if number == 0 {
                let _ = stream.write_all(head.as_bytes()).await;
                let _ = stream.flush().await;
                let _ = stream.get_mut().0.write_all(&[23, 3, 3, 0, 2, 7, 7]).await;
            } else {
                let length = SUCCESS.len();
                let reply = format!(
                    "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{SUCCESS}"
                );
                let _ = stream.write_all(reply.as_bytes()).await;
                let _ = stream.flush().await;
            }
            // The client closes the connection, or keeps it to the end of the test.
            tokio::spawn(async move { stream.read(&mut [0; 1]).await });
        }
    });
    port
}

#[tokio::test]
async fn tls_that_breaks_after_the_handshake_is_a_broken_connection() {
    let head = "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{";
    for head in ["", head] {
        let endpoint = format!("https://127.0.0.1:{}", breaking_after(head).await);
        assert_eq!(
            query(&client(config(&endpoint))).await,
            Ok(PolicyLookup::NotSet)
        );

        let endpoint = format!("https://127.0.0.1:{}", breaking_after(head).await);
        let mut config = config(&endpoint);
        config.max_retries = 0;
        let error = set(&client(config)).await.unwrap_err();
        // Which of the two depends on how many bytes come at once.
        let kind = transport_kind(&error);
        assert!(
            matches!(kind, TransportKind::Reset(_) | TransportKind::CutShort),
            "{kind:?}"
        );
        assert!(error.may_have_taken_effect());
    }
}
