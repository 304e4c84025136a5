//! The state that clones of a client share.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use super::{budget::RetryBudget, limit::Limits, name_locks::NameLocks, skew::ClockOffset};
use crate::{
    clock::Clock,
    config::{ClientConfig, ConfigError, ServerTrust, tls},
    error::Error,
};

/// The state that clones of a client share: connections, limits, clock offset and retry budget.
#[derive(Debug)]
pub(crate) struct ClientInner {
    pub(crate) config: ClientConfig,
    /// The value of the Host header.
    pub(crate) host: String,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) limits: Limits,
    pub(crate) offset: ClockOffset,
    pub(crate) budget: RetryBudget,
    /// Creates of objects with a unique name that are in progress.
    pub(crate) names: NameLocks,
    random: Mutex<fastrand::Rng>,
    http: OnceCell<reqwest::Client>,
}

// === impl ClientInner ===

impl ClientInner {
    pub(crate) fn new(
        config: ClientConfig,
        clock: Arc<dyn Clock>,
        random: fastrand::Rng,
    ) -> Result<Self, ConfigError> {
        if config.proxy.is_some() && !config.endpoint.is_https() {
            return Err(ConfigError::ProxyInClear);
        }
        let roots = tls::given_roots(&config.server_trust)?;
        // Certificates and keys are checked now in any case. Only the system's roots, which are slow
        // to read, are loaded with the first request.
        let http = http_client(&config, roots)?;
        let http = match config.server_trust {
            ServerTrust::SystemRoots if config.endpoint.is_https() => OnceCell::new(),
            _ => OnceCell::new_with(Some(http)),
        };
        Ok(Self {
            host: config.endpoint.host_header(),
            limits: Limits::new(config.max_concurrent_requests, config.requests_per_second),
            offset: ClockOffset::default(),
            budget: RetryBudget::new(),
            names: NameLocks::default(),
            random: Mutex::new(random),
            clock,
            http,
            config,
        })
    }

    /// Returns the HTTP client, which is created on first use.
    pub(crate) async fn http(&self) -> Result<&reqwest::Client, Error> {
        self.http
            .get_or_try_init(|| async {
                let roots = tokio::task::spawn_blocking(tls::system_roots)
                    .await
                    .map_err(|error| Error::SystemRoots(error.to_string()))?
                    .map_err(Error::SystemRoots)?;
                http_client(&self.config, roots)
                    .map_err(|error| Error::SystemRoots(error.to_string()))
            })
            .await
    }

    /// Returns a random number from 0 to 1.
    pub(crate) fn fraction(&self) -> f64 {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        random.f64()
    }
}

fn http_client(
    config: &ClientConfig,
    roots: rustls::RootCertStore,
) -> Result<reqwest::Client, ConfigError> {
    let error = |error: reqwest::Error| ConfigError::Http(error.without_url().to_string());
    let tls = tls::tls_config(
        &config.server_trust,
        roots,
        config.client_certificate.as_ref(),
    )?;
    let mut builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .http1_only()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        // The library's own reading of the environment knows no ports in NO_PROXY, passes over
        // variables that it cannot use, and does not say which one it used.
        .no_proxy()
        .connect_timeout(config.connect_timeout)
        .user_agent(config.user_agent.as_str());
    if let Some(proxy) = &config.proxy {
        let proxy = reqwest::Proxy::all(proxy.url().clone()).map_err(error)?;
        builder = builder.proxy(proxy);
    }
    builder.build().map_err(error)
}
