//! Commands to the listener.

use std::time::Duration;

/// A command to the listener.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Command {
    /// Reset every connection, refuse new ones for this long, then continue.
    Restart(Duration),
    /// Let open requests finish, then stop.
    Stop,
}
