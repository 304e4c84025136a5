//! The client, which each object extends with its calls.

use std::sync::Arc;

use crate::{
    clock::{Clock, SystemClock},
    config::{ClientConfig, ConfigError},
    http::ClientInner,
};

/// A client of one CC-iSales server. Clones share connections, limits and the retry budget.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) inner: Arc<ClientInner>,
}

// === impl Client ===

impl Client {
    /// Returns the server as the Host header names it.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.inner.host
    }

    /// Creates a client with the system's clock. It connects with the first request.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] if the settings do not fit together.
    pub fn new(config: ClientConfig) -> Result<Self, ConfigError> {
        Self::with(config, Arc::new(SystemClock), fastrand::Rng::new())
    }

    /// Creates a client with the given clock and random-number generator.
    ///
    /// # Errors
    ///
    /// As for [`Self::new`].
    pub fn with(
        config: ClientConfig,
        clock: Arc<dyn Clock>,
        random: fastrand::Rng,
    ) -> Result<Self, ConfigError> {
        Ok(Self {
            inner: Arc::new(ClientInner::new(config, clock, random)?),
        })
    }
}
