//! TLS servers with any certificate, that give every request the same answer.

use std::{
    io::{Read as _, Write as _},
    net::{Ipv4Addr, TcpListener},
    sync::Arc,
    thread,
};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

/// A server for `127.0.0.1`.
#[derive(Clone, Copy, Debug)]
pub struct TlsServer {
    /// The years in which the validity of its certificate begins and ends.
    pub valid: (i32, i32),
    /// Whether it sends the certificate of its authority as well.
    pub sends_authority: bool,
    /// The whole answer to each request.
    pub answer: &'static str,
}

/// A running server.
#[derive(Debug)]
pub struct Running {
    pub port: u16,
    /// The certificate of its authority, in PEM form.
    pub authority: String,
}

// === impl TlsServer ===

impl Default for TlsServer {
    fn default() -> Self {
        Self {
            valid: (2000, 2100),
            sends_authority: false,
            answer: "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
        }
    }
}

impl TlsServer {
    /// Starts it on a free port. It runs until the process ends.
    pub fn start(self) -> Running {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(DnType::CommonName, "Example Corporation CA");
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key"));
        let authority = authority.expect("a certificate");

        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).expect("an address");
        params.not_before = date_time_ymd(self.valid.0, 1, 1);
        params.not_after = date_time_ymd(self.valid.1, 1, 1);
        let certificate = params.signed_by(&key, &authority).expect("a certificate");
        let mut chain = vec![certificate.der().clone()];
        if self.sends_authority {
            chain.push(authority.der().clone());
        }
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let tls = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("protocol versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a key that fits");

        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        thread::spawn(move || serve(&listener, &Arc::new(tls), self.answer));
        Running {
            port,
            authority: authority.pem(),
        }
    }
}

fn serve(listener: &TcpListener, tls: &Arc<ServerConfig>, answer: &'static str) {
    for client in listener.incoming() {
        let tls = ServerConnection::new(Arc::clone(tls)).expect("a configuration");
        thread::spawn(move || {
            let Ok(client) = client else {
                return;
            };
            let mut stream = StreamOwned::new(tls, client);
            // A client that does not trust the certificate leaves.
            while matches!(stream.read(&mut [0; 4096]), Ok(read) if read > 0) {
                if stream.write_all(answer.as_bytes()).is_err() {
                    return;
                }
            }
        });
    }
}
