//! The settings of a client. This module depends on no object of the API.

mod backoff;
mod client_config;
mod compatibility;
mod credentials;
mod endpoint;
mod error;
mod file;
pub(crate) mod insecure;
mod locale;
mod no_proxy;
mod pem;
pub(crate) mod pinned;
mod proxy;
pub(crate) mod tls;

pub use self::{
    backoff::Backoff,
    client_config::ClientConfig,
    compatibility::{CommonPolicyLayout, Compatibility, Encoding, Quotes},
    credentials::{Credentials, CredentialsError, StrayCharacter},
    endpoint::{Endpoint, EndpointError},
    error::ConfigError,
    file::FileProblem,
    locale::Locale,
    pem::{PemFinding, PemKind},
    proxy::{Proxy, ProxyUrl},
    tls::{Authorities, ClientCertificate, ServerTrust},
};
