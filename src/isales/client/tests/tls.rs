//! Handshakes that fail, each with its reason, and those that do not.

use base64::{Engine as _, prelude::BASE64_STANDARD as STANDARD};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;

use super::{
    server::{Answer, Server},
    *,
};
use crate::isales::error::TlsFailure;

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

fn authority(name: &str) -> Authority {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new([]).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let base64 = STANDARD.encode(params.self_signed(&key).unwrap().der());
    let pem = format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n");
    Authority {
        issuer: Issuer::new(params, key),
        pem,
    }
}

impl Authority {
    fn server(&self, name: &str, until: i32) -> rustls::ServerConfig {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        rustls::ServerConfig::builder_with_provider(Arc::new(
            rustls::crypto::ring::default_provider(),
        ))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap()
    }
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
    assert!(!error.may_have_been_stored());
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

#[tokio::test]
async fn insecure_trusts_anyone() {
    let server = authority("A").server("isales.example.com", 2001);
    assert_eq!(call(server, ServerTrust::Anyone).await, Ok(()));
}

#[tokio::test]
async fn a_port_without_tls_is_told_as_such() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 1024]).await;
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        std::future::pending::<()>().await;
    });
    let client = client(config(&format!("https://127.0.0.1:{port}")));
    assert_eq!(failure(set(&client).await), TlsFailure::NotTls);
}
