//! Failures to start.

use std::{io, path::PathBuf};

use thiserror::Error;

/// A failure to start the simulator.
#[derive(Debug, Error)]
pub enum StartError {
    /// A listener could not be bound.
    #[error("cannot listen on 127.0.0.1:{port} ({source}); choose a free port, or 0 for any")]
    Listen {
        /// The requested port.
        port: u16,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The CA file could not be written.
    #[error("cannot write the CA certificate to {path} ({source}); choose another --ca-file", path = path.display())]
    CaFile {
        /// The path of the file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The state file could not be read or is malformed.
    #[error("cannot use the state file {path} ({reason}); repair or remove it", path = path.display())]
    StateFile {
        /// The path of the file.
        path: PathBuf,
        /// The defect.
        reason: String,
    },
    /// A certificate could not be generated.
    #[error("cannot generate a certificate ({0})")]
    Certificate(#[from] rcgen::Error),
    /// The certificate authority of clients could not be parsed.
    #[error(
        "cannot parse the certificate authority of clients ({0:?}); pass its certificate as PEM"
    )]
    ClientAuthority(rustls::pki_types::pem::Error),
    /// The certificate authority of clients was rejected.
    #[error("cannot use the certificate authority of clients ({0})")]
    ClientVerifier(#[from] rustls::server::VerifierBuilderError),
    /// The TLS library rejected the configuration.
    #[error("cannot configure TLS ({0})")]
    Tls(#[from] rustls::Error),
    /// The runtime or its thread could not be started.
    #[error("cannot start the server's thread ({0})")]
    Runtime(#[source] io::Error),
}
