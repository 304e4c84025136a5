//! The HTTP client.

mod config;
mod credentials;
mod endpoint;
mod insecure;
mod tls;

use tokio_util::sync::CancellationToken;

pub use config::{ClientConfig, Compatibility, ConfigError, Locale, ProxyUrl};
pub use credentials::{Credentials, CredentialsError};
pub use endpoint::{Endpoint, EndpointError};
pub use tls::{Authorities, ClientCertificate, ServerTrust};

pub use super::policy::decode::StoredPolicy;
use super::{
    error::{Error, Operation, Sent},
    id::CampaignRef,
    policy::RetryPolicy,
};

/// A client of one CC-iSales server. Clones share connections and limits.
#[derive(Clone, Debug)]
pub struct Client {
    config: std::sync::Arc<ClientConfig>,
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
        Ok(Self {
            config: std::sync::Arc::new(config),
        })
    }

    /// Queries the retry policy of a campaign (GET).
    ///
    /// # Errors
    ///
    /// Any [`Error`]; nothing has changed on the server.
    pub async fn query_retry_policy(
        &self,
        _campaign: CampaignRef,
        _cancel: &CancellationToken,
    ) -> Result<Query, Error> {
        let _ = &self.config;
        Err(Error::Cancelled {
            operation: Operation::QueryRetryPolicy,
            sent: Sent::No,
        })
    }

    /// Sets the retry policy of a campaign (POST), in place of any it has.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::may_have_been_stored`] tells whether the server may have carried
    /// it out all the same.
    pub async fn set_retry_policy(
        &self,
        _campaign: CampaignRef,
        _policy: &RetryPolicy,
        _cancel: &CancellationToken,
    ) -> Result<(), Error> {
        Err(Error::Cancelled {
            operation: Operation::SetRetryPolicy,
            sent: Sent::No,
        })
    }
}
