//! The configuration of a client.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    sync::Arc,
    time::Duration,
};

use super::{
    Backoff, ClientCertificate, Compatibility, Credentials, Endpoint, Locale, Proxy, ServerTrust,
};
use crate::observer::ExchangeObserver;

/// The configuration of a client.
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// The server to call.
    pub endpoint: Endpoint,
    /// The keys that sign each request.
    pub credentials: Credentials,
    /// The `locale` header; `None` sends no such header.
    pub locale: Option<Locale>,
    /// The server certificates to trust.
    pub server_trust: ServerTrust,
    /// The certificate to present if the server asks for one.
    pub client_certificate: Option<ClientCertificate>,
    /// The proxy. `None` connects directly; [`Proxy::from_environment`] finds the one that the
    /// environment names.
    pub proxy: Option<Proxy>,
    /// Time limit for establishing a connection, including TLS.
    pub connect_timeout: Duration,
    /// Time limit for one attempt, including the connection but not the wait for a permit.
    pub request_timeout: Duration,
    /// How long a cancelled call waits for the reply to a write that was already sent.
    pub cancel_grace: Duration,
    /// Maximum number of retries per call. 0 switches retries off.
    pub max_retries: u32,
    /// The delays between retries.
    pub backoff: Backoff,
    /// Maximum number of concurrent requests.
    pub max_concurrent_requests: NonZeroUsize,
    /// Maximum number of requests started per second; `None` sets no limit.
    pub requests_per_second: Option<NonZeroU32>,
    /// Settings for servers that deviate from the API reference.
    pub compatibility: Compatibility,
    /// The `User-Agent` header.
    pub user_agent: String,
    /// Receives each exchange.
    pub observer: Option<Arc<dyn ExchangeObserver>>,
}

// === impl ClientConfig ===

impl ClientConfig {
    /// Default of `connect_timeout`.
    pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

    /// Default of `request_timeout`.
    pub const DEFAULT_REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

    /// Default of `max_retries`.
    pub const DEFAULT_MAX_RETRIES: u32 = 4;

    /// Default of `max_concurrent_requests`.
    pub const DEFAULT_MAX_CONCURRENT_REQUESTS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(9);

    /// Creates a configuration for a server, with defaults for everything else.
    #[must_use]
    pub fn new(endpoint: Endpoint, credentials: Credentials) -> Self {
        Self {
            endpoint,
            credentials,
            locale: None,
            server_trust: ServerTrust::SystemRoots,
            client_certificate: None,
            proxy: None,
            connect_timeout: Self::DEFAULT_CONNECT_TIMEOUT,
            request_timeout: Self::DEFAULT_REQUEST_TIMEOUT,
            cancel_grace: Duration::from_secs(2),
            max_retries: Self::DEFAULT_MAX_RETRIES,
            backoff: Backoff::default(),
            max_concurrent_requests: Self::DEFAULT_MAX_CONCURRENT_REQUESTS,
            requests_per_second: None,
            compatibility: Compatibility::default(),
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
            observer: None,
        }
    }
}
