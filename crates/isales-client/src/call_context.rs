//! What can end a call before it is done.

use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// What can end a call before it is done: its caller, or a deadline.
///
/// A token alone is a context without a deadline.
#[derive(Clone, Debug)]
pub struct CallContext {
    pub(crate) cancel: CancellationToken,
    deadline: Option<Instant>,
}

// === impl CallContext ===

impl CallContext {
    /// Creates the context of a call that the token cancels. At the deadline the caller cancels it, so
    /// no wait that would last longer is begun.
    #[must_use]
    pub fn new(cancel: &CancellationToken, deadline: Option<Instant>) -> Self {
        Self {
            cancel: cancel.clone(),
            deadline,
        }
    }

    /// Returns the time that is left, if a wait of this length would not end within it.
    pub(crate) fn too_short_for(&self, wait: Duration) -> Option<Duration> {
        let left = self.deadline?.saturating_duration_since(Instant::now());
        (wait >= left).then_some(left)
    }
}

impl From<CancellationToken> for CallContext {
    fn from(cancel: CancellationToken) -> Self {
        Self {
            cancel,
            deadline: None,
        }
    }
}

impl From<&CancellationToken> for CallContext {
    fn from(cancel: &CancellationToken) -> Self {
        cancel.clone().into()
    }
}

impl From<&CallContext> for CallContext {
    fn from(context: &CallContext) -> Self {
        context.clone()
    }
}
