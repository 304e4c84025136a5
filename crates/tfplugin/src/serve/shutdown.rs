//! What ends the process: the host's request, a signal, or the host's own end.

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

/// How often to look whether the host still lives.
#[cfg(unix)]
const HOST_CHECK_INTERVAL: Duration = Duration::from_secs(3);

/// Why the process ends.
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
    /// Ctrl-C or the closing of the terminal, which count only in debug mode.
    Interrupted,
    /// The host is gone without having said so.
    HostGone,
}

/// Watches for the end. While one exists, SIGTERM, SIGINT and SIGHUP no longer kill the process.
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

    /// Waits for the end, or for the next sign of it.
    ///
    /// The terminal sends Ctrl-C and its own closing to the plugin as well as to its host. A hosted plugin
    /// heeds neither: the host passes the first on as `StopProvider`, which ends calls and not the process,
    /// and the second either ends the host or, under `nohup`, does not.
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

    /// Waits for the end. Ctrl-C counts in debug mode only.
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
            Self::Requested => "the host asked for it",
            Self::Terminated => "the process was told to terminate",
            Self::Interrupted => "the user ended it",
            Self::HostGone => "the host is gone",
        })
    }
}
