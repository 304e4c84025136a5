//! Shutdown of the process: by the host, by a signal, or when the host is gone.

use std::{fmt, io};

use tokio_util::sync::CancellationToken;

use super::mode::Mode;

#[cfg(unix)]
use std::{os::unix::process::parent_id, time::Duration};
#[cfg(unix)]
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    time::interval,
};

/// The interval of checks that the host still runs.
#[cfg(unix)]
const HOST_CHECK_INTERVAL: Duration = Duration::from_secs(3);

/// The reason that the process ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(unix),
    allow(dead_code, reason = "some ends are known on Unix only")
)]
pub(super) enum ShutdownReason {
    /// The host called `Shutdown`.
    Requested,
    /// SIGTERM.
    Terminated,
    /// Ctrl-C or a closed terminal, in debug mode only.
    Interrupted,
    /// The host is gone without having called `Shutdown`.
    HostGone,
}

/// Waits for a reason to end. While it exists, SIGTERM, SIGINT and SIGHUP do not kill the process.
#[derive(Debug)]
pub(super) struct ShutdownSignals {
    mode: Mode,
    requested: CancellationToken,
    #[cfg(unix)]
    terminate: Signal,
    #[cfg(unix)]
    interrupt: Signal,
    #[cfg(unix)]
    hangup: Signal,
    #[cfg(unix)]
    parent: u32,
}

impl ShutdownSignals {
    /// Installs the signal handlers. `requested` is cancelled when the host calls `Shutdown`.
    pub(super) fn install(mode: Mode, requested: CancellationToken) -> io::Result<Self> {
        Ok(Self {
            mode,
            requested,
            #[cfg(unix)]
            terminate: signal(SignalKind::terminate())?,
            #[cfg(unix)]
            interrupt: signal(SignalKind::interrupt())?,
            #[cfg(unix)]
            hangup: signal(SignalKind::hangup())?,
            #[cfg(unix)]
            parent: parent_id(),
        })
    }

    /// Waits for the next reason to end.
    ///
    /// The terminal sends SIGINT and SIGHUP to the plugin as well as to its host. A hosted plugin ignores
    /// both: the host passes the first on as `StopProvider`, which ends calls and not the process, and
    /// the second ends the host, unless that runs under `nohup`.
    #[cfg(unix)]
    pub(super) async fn wait(&mut self) -> ShutdownReason {
        let mut host_check = interval(HOST_CHECK_INTERVAL);
        loop {
            tokio::select! {
                () = self.requested.cancelled() => return ShutdownReason::Requested,
                _ = self.terminate.recv() => return ShutdownReason::Terminated,
                _ = self.interrupt.recv() => if self.heeds_terminal("Ctrl-C") {
                    return ShutdownReason::Interrupted;
                },
                _ = self.hangup.recv() => if self.heeds_terminal("The closing of the terminal") {
                    return ShutdownReason::Interrupted;
                },
                _ = host_check.tick(), if self.mode == Mode::Hosted => {
                    if parent_id() != self.parent {
                        return ShutdownReason::HostGone;
                    }
                }
            }
        }
    }

    /// Waits for the next reason to end. Ctrl-C counts in debug mode only.
    #[cfg(not(unix))]
    pub(super) async fn wait(&mut self) -> ShutdownReason {
        loop {
            tokio::select! {
                () = self.requested.cancelled() => return ShutdownReason::Requested,
                Ok(()) = tokio::signal::ctrl_c() => if self.heeds_terminal("Ctrl-C") {
                    return ShutdownReason::Interrupted;
                },
            }
        }
    }

    fn heeds_terminal(&self, event: &str) -> bool {
        match self.mode {
            Mode::Debug => true,
            Mode::Hosted => {
                log::debug!("{event} is left to the host");
                false
            }
        }
    }
}

impl fmt::Display for ShutdownReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Requested => "the host called Shutdown",
            Self::Terminated => "the process received SIGTERM",
            Self::Interrupted => "the user interrupted it",
            Self::HostGone => "the host is gone",
        })
    }
}
