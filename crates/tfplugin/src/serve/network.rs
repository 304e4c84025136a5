//! The kinds of network on which a plugin can listen.

use std::fmt;

/// The kind of a listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// A Unix socket, which the system keeps from other users.
    #[cfg(unix)]
    Unix,
    /// A port of the loopback interface, on systems without Unix sockets.
    Tcp,
}

// === impl Network ===

impl Network {
    /// The kind that go-plugin uses on this platform.
    #[cfg(unix)]
    pub(super) const PLATFORM: Self = Self::Unix;
    /// The kind that go-plugin uses on this platform.
    #[cfg(not(unix))]
    pub(super) const PLATFORM: Self = Self::Tcp;
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            #[cfg(unix)]
            Self::Unix => "unix",
            Self::Tcp => "tcp",
        })
    }
}
