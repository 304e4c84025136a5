//! The HTTP client.

mod backoff;
mod body;
mod call_results;
mod campaigns;
mod config;
mod credentials;
mod endpoint;
mod envelope;
mod exchange;
mod failure;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod insecure;
mod limit;
mod number_types;
mod pages;
mod redact;
mod retry;
mod retry_policy;
mod row;
mod shared;
mod skew;
mod tls;
mod transport;

#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use backoff::{Backoff, parse_retry_after};
pub use config::{ClientConfig, Compatibility, ConfigError, Locale, ProxyUrl};
pub use credentials::{Credentials, CredentialsError};
pub use endpoint::{Endpoint, EndpointError};
pub use pages::Pages;
pub use tls::{Authorities, ClientCertificate, ServerTrust};

use super::clock::{Clock, SystemClock};
pub use super::policy::decode::StoredPolicy;
use shared::Shared;

/// A client of one CC-iSales server. Clones share connections, limits and the retry budget.
#[derive(Clone, Debug)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What a query finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// The campaign has this policy.
    Set(StoredPolicy),
    /// The campaign exists and has no policy.
    NotSet,
    /// The campaign does not exist (code `0200-01`).
    CampaignGone,
    /// The server has no query interface.
    Unsupported,
}

// === impl Client ===

impl Client {
    /// A client with the machine's clock. Nothing is connected yet.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] for settings that do not fit together.
    pub fn new(config: ClientConfig) -> Result<Self, ConfigError> {
        Self::with(config, Arc::new(SystemClock), fastrand::Rng::new())
    }

    /// A client with a clock and a source of chance of the caller's.
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
            shared: Arc::new(Shared::new(config, clock, random)?),
        })
    }
}
