//! The client, which the calls of each object extend.

use std::sync::Arc;

use crate::{
    clock::{Clock, SystemClock},
    config::{ClientConfig, ConfigError},
    http::ClientInner,
};

/// A client of one CC-iSales server. Clones share connections, limits and the retry budget.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) shared: Arc<ClientInner>,
}

// === impl Client ===

impl Client {
    /// Creates a client with the machine's clock. It connects with the first request.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] for settings that do not fit together.
    pub fn new(config: ClientConfig) -> Result<Self, ConfigError> {
        Self::with(config, Arc::new(SystemClock), fastrand::Rng::new())
    }

    /// Creates a client with the given clock and random-number generator.
    ///
    /// # Errors
    ///
    /// As [`Self::new`].
    pub fn with(
        config: ClientConfig,
        clock: Arc<dyn Clock>,
        random: fastrand::Rng,
    ) -> Result<Self, ConfigError> {
        Ok(Self {
            shared: Arc::new(ClientInner::new(config, clock, random)?),
        })
    }
}
