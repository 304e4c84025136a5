//! Errors of serving, each with a fix.

use std::io;

use thiserror::Error;

use super::{environment::EnvironmentError, listener::ListenError, tls::TlsSetupError};

/// The process cannot serve Terraform.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The program was not started by Terraform.
    #[error(
        "{name} is a provider plugin, which Terraform starts by itself; it does nothing when run directly. \
         Name the provider under required_providers in your configuration and run `terraform init`. \
         To run it under a debugger, start it with --debug."
    )]
    NotHosted {
        /// The program's name.
        name: &'static str,
    },
    /// A variable of the host cannot be used.
    #[error(transparent)]
    Environment(#[from] EnvironmentError),
    /// The listener cannot be opened.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// TLS cannot be set up.
    #[error("{0}. This is a bug in the provider; please report it.")]
    Tls(#[from] TlsSetupError),
    /// The event loop cannot be started.
    #[error("cannot start the event loop: {0}. Check the limits on open files and on memory.")]
    Runtime(#[source] io::Error),
    /// Signal handlers cannot be installed.
    #[error("cannot handle signals: {0}. Check the limits on open files.")]
    Signals(#[source] io::Error),
    /// Standard output is closed.
    #[error(
        "cannot write to standard output: {0}. Start the provider with an open standard output."
    )]
    Announce(#[source] io::Error),
    /// The reattach variable cannot be written as JSON.
    #[error(
        "cannot write TF_REATTACH_PROVIDERS: {0}. This is a bug in the provider; please report it."
    )]
    Reattach(#[source] serde_json::Error),
}
