//! Connections to a plugin, with the right identity or a wrong one.

use std::sync::Arc;

use hyper_util::rt::TokioIo;
use rustls::{
    ClientConfig, RootCertStore, SupportedProtocolVersion,
    crypto::ring,
    pki_types::{CertificateDer, ServerName},
    version::{TLS12, TLS13},
};
use tfplugin::proto::{
    health::{HealthCheckRequest, health_client::HealthClient},
    plugin::{
        grpc_broker_client::GrpcBrokerClient, grpc_controller_client::GrpcControllerClient,
        grpc_stdio_client::GrpcStdioClient,
    },
    tfplugin6::provider_client::ProviderClient,
};
#[cfg(unix)]
use tokio::net::UnixStream;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};
use tonic::{
    Status,
    transport::{Channel, Endpoint},
};

use super::{Address, Identity, PATIENCE, patiently};

/// How a client goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Without TLS.
    Plaintext,
    /// TLS 1.3, which Terraform uses.
    Tls(Identity),
    /// TLS 1.2, the oldest that go-plugin allows.
    Tls12(Identity),
}

/// Why a client did not get through.
#[derive(Debug)]
pub enum ConnectError {
    /// No connection, TLS session or HTTP/2 came about.
    Transport(String),
    /// A connection came about, but the first call failed on it.
    Call(Status),
}

/// A connection with its clients. Cheap to clone; calls run side by side.
#[derive(Clone, Debug)]
pub struct Client(Channel);

/// Terraform takes messages of any size, the plugin those up to 256 MiB.
const MAX_MESSAGE_SIZE: usize = i32::MAX as usize;

impl Client {
    /// Connects, and calls the health service once: under TLS 1.3 a client learns only then whether it
    /// was let in.
    pub async fn connect(
        address: &Address,
        server: Option<&CertificateDer<'static>>,
        transport: Transport,
    ) -> Result<Self, ConnectError> {
        let channel = patiently("a connection", channel(address, server, transport))
            .await
            .map_err(|error| ConnectError::Transport(format!("{error:?}")))?;
        let client = Self(channel);
        let request = HealthCheckRequest {
            service: "plugin".to_owned(),
        };
        patiently("the health service", client.health().check(request))
            .await
            .map_err(ConnectError::Call)?;
        Ok(client)
    }

    pub fn provider(&self) -> ProviderClient<Channel> {
        ProviderClient::new(self.0.clone())
            .max_decoding_message_size(MAX_MESSAGE_SIZE)
            .max_encoding_message_size(MAX_MESSAGE_SIZE)
    }

    pub fn controller(&self) -> GrpcControllerClient<Channel> {
        GrpcControllerClient::new(self.0.clone())
    }

    pub fn broker(&self) -> GrpcBrokerClient<Channel> {
        GrpcBrokerClient::new(self.0.clone())
    }

    pub fn stdio(&self) -> GrpcStdioClient<Channel> {
        GrpcStdioClient::new(self.0.clone())
    }

    pub fn health(&self) -> HealthClient<Channel> {
        HealthClient::new(self.0.clone())
    }
}

async fn channel(
    address: &Address,
    server: Option<&CertificateDer<'static>>,
    transport: Transport,
) -> Result<Channel, tonic::transport::Error> {
    let address = address.clone();
    let tls = match transport {
        Transport::Plaintext => None,
        Transport::Tls(identity) => Some(tls(server, identity, &TLS13)),
        Transport::Tls12(identity) => Some(tls(server, identity, &TLS12)),
    };
    // The connector is asked once: a connection that is refused stays refused.
    let connector = tower::service_fn(move |_| {
        let (address, tls) = (address.clone(), tls.clone());
        async move {
            let stream = address.connect().await?;
            let stream: Box<dyn Stream> = match tls {
                None => stream,
                Some(tls) => Box::new(secure(&tls, stream).await?),
            };
            Ok::<_, std::io::Error>(TokioIo::new(stream))
        }
    });
    Endpoint::from_static("http://localhost")
        .timeout(PATIENCE)
        .connect_with_connector(connector)
        .await
}

async fn secure<S: AsyncRead + AsyncWrite + Unpin>(
    tls: &TlsConnector,
    stream: S,
) -> std::io::Result<TlsStream<S>> {
    let name = ServerName::try_from("localhost").expect("a DNS name");
    let stream = tls.connect(name, stream).await?;
    assert_eq!(
        stream.get_ref().1.alpn_protocol(),
        Some(b"h2".as_slice()),
        "gRPC for Go refuses a server that does not choose h2"
    );
    Ok(stream)
}

/// As go-plugin's host: the plugin's certificate is the only root, and must hold for `localhost`.
fn tls(
    server: Option<&CertificateDer<'static>>,
    identity: Identity,
    version: &'static SupportedProtocolVersion,
) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    let server = server.expect("the plugin gave no certificate").clone();
    roots.add(server).expect("the plugin's certificate");
    let settings = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[version])
        .expect("a version of TLS")
        .with_root_certificates(roots);
    let mut settings = match identity.certified_key() {
        Some(key) => settings.with_client_cert_resolver(key),
        None => settings.with_no_client_auth(),
    };
    settings.alpn_protocols = vec![b"h2".to_vec()];
    TlsConnector::from(Arc::new(settings))
}

/// A byte stream, whatever carries it.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

impl Address {
    /// A bare connection, for clients that do not play by the rules.
    pub async fn connect(&self) -> std::io::Result<Box<dyn Stream>> {
        Ok(match self {
            #[cfg(unix)]
            Self::Unix(path) => Box::new(UnixStream::connect(path).await?),
            Self::Tcp(address) => Box::new(TcpStream::connect(address).await?),
        })
    }
}
