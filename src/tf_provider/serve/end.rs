//! What ends the process: the host's request, a signal, or the host's own end.

use std::{fmt, io};

use tokio_util::sync::CancellationToken;

use super::Mode;

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
pub(super) enum End {
    /// The host called `Shutdown`.
    Requested,
    /// SIGTERM.
    Terminated,
    /// Ctrl-C, which counts only in debug mode.
    Interrupted,
    /// The host is gone without having said so.
    HostGone,
}

/// Watches for the end. While one exists, signals no longer kill the process.
///
/// SIGHUP stays as the process was given it: under `nohup` it is ignored, and so it should be.
#[derive(Debug)]
pub(super) struct EndWatch {
    mode: Mode,
    requested: CancellationToken,
    #[cfg(unix)]
    terminate: Signal,
    #[cfg(unix)]
    interrupt: Signal,
    #[cfg(unix)]
    parent: u32,
}

impl EndWatch {
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
            parent: parent_id(),
        })
    }

    /// Waits for the end.
    ///
    /// A host passes Ctrl-C on as `StopProvider`, which ends calls and not the process. The
    /// terminal sends it to the plugin as well, so a hosted plugin does not heed it.
    #[cfg(unix)]
    pub(super) async fn wait(mut self) -> End {
        let mut host_check = interval(HOST_CHECK_INTERVAL);
        loop {
            tokio::select! {
                () = self.requested.cancelled() => return End::Requested,
                _ = self.terminate.recv() => return End::Terminated,
                _ = self.interrupt.recv() => match self.mode {
                    Mode::Debug => return End::Interrupted,
                    Mode::Hosted => log::debug!("Ctrl-C is left to the host"),
                },
                _ = host_check.tick(), if self.mode == Mode::Hosted => {
                    if parent_id() != self.parent {
                        return End::HostGone;
                    }
                }
            }
        }
    }

    /// Waits for the end. Ctrl-C counts in debug mode only.
    #[cfg(not(unix))]
    pub(super) async fn wait(self) -> End {
        loop {
            tokio::select! {
                () = self.requested.cancelled() => return End::Requested,
                Ok(()) = tokio::signal::ctrl_c() => match self.mode {
                    Mode::Debug => return End::Interrupted,
                    Mode::Hosted => log::debug!("Ctrl-C is left to the host"),
                },
            }
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Requested => "the host asked for it",
            Self::Terminated => "the process was told to terminate",
            Self::Interrupted => "the user pressed Ctrl-C",
            Self::HostGone => "the host is gone",
        })
    }
}
