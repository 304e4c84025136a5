//! Why the simulator could not start, or could not do what it was told.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// A failure to start the simulator.
#[derive(Debug, Error)]
pub enum StartError {
    /// A listener could not be bound.
    #[error("cannot listen on 127.0.0.1:{port} ({source}); choose a free port, or 0 for any")]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// What the system answered.
        source: io::Error,
    },
    /// The CA file could not be written.
    #[error("cannot write the CA certificate to {path} ({source}); choose another --ca-file", path = path.display())]
    CaFile {
        /// Where it should have gone.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// The state file could not be read or does not hold a state.
    #[error("cannot use the state file {path} ({reason}); repair or remove it", path = path.display())]
    StateFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A certificate could not be made.
    #[error("cannot make a certificate ({0})")]
    Certificate(#[from] rcgen::Error),
    /// The authority for clients cannot be read.
    #[error("cannot read the authority for clients ({0:?}); give its certificate as PEM")]
    ClientAuthority(rustls::pki_types::pem::Error),
    /// The authority for clients cannot be used.
    #[error("cannot use the authority for clients ({0})")]
    ClientVerifier(#[from] rustls::server::VerifierBuilderError),
    /// The TLS library refused the configuration.
    #[error("cannot configure TLS ({0})")]
    Tls(#[from] rustls::Error),
    /// The runtime or its thread could not be started.
    #[error("cannot start the server's thread ({0})")]
    Runtime(#[source] io::Error),
}

/// A policy that could not be set.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SetError {
    /// The campaign is not there.
    #[error("VDN {vdn_id} has no campaign {campaign_id}; add it first")]
    NoSuchCampaign {
        /// The VDN.
        vdn_id: u16,
        /// The campaign.
        campaign_id: i64,
    },
    /// The policy breaks a rule of Tables 3 to 5.
    #[error("the interface would refuse this policy: {0}")]
    Refused(String),
}
