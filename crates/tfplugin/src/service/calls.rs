//! Calls in flight: stopping them, and answering for those that panic.

use std::{
    future::Future,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use tokio::{
    runtime::Handle,
    sync::{oneshot, watch},
    task::spawn_blocking,
};
use tokio_util::sync::CancellationToken;

use super::incoming::Incoming;
use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    erased::BoxFuture,
};

/// The size of a request, in bytes, above which its handler runs on a thread of its own. Below, it is
/// done in a few milliseconds.
const LARGE: usize = 32 * 1024;

/// The calls of one instance of the provider, which can end together with those of others.
#[derive(Debug)]
pub(super) struct Calls {
    /// Cancelled when no call of this instance or its siblings may run any longer.
    over: CancellationToken,
    /// Shared by the calls in flight of this instance, and replaced by a stop.
    current: Mutex<CancellationToken>,
    /// Every call in flight holds a receiver, including those of siblings.
    in_flight: watch::Sender<()>,
}

/// A handler panicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Panicked {
    rpc: &'static str,
}

// === impl Calls ===

impl Calls {
    pub(super) fn new() -> Self {
        let over = CancellationToken::new();
        Self {
            current: Mutex::new(over.child_token()),
            over,
            in_flight: watch::Sender::new(()),
        }
    }

    /// Returns the calls of another instance: stopped separately, wound down together.
    pub(super) fn sibling(&self) -> Self {
        Self {
            over: self.over.clone(),
            current: Mutex::new(self.over.child_token()),
            in_flight: self.in_flight.clone(),
        }
    }

    /// Returns the token for a new call.
    pub(super) fn begin(&self) -> CancellationToken {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.clone()
    }

    /// Cancels the calls in flight. Later ones are not affected.
    pub(super) fn stop(&self) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *current, self.over.child_token()).cancel();
    }

    /// Cancels the calls in flight and all later ones, and waits until none is left.
    pub(super) async fn wind_down(&self) {
        self.over.cancel();
        self.in_flight.closed().await;
    }

    /// Runs a handler independently of the connection that asked for it: it is not dropped half way
    /// when the host hangs up, and a panic becomes a diagnostic.
    ///
    /// The thread that serves the connection, and with it StopProvider and Shutdown, also runs the
    /// handlers, as handing each call to another thread costs more than the call. Only a large request,
    /// whose values take long to decode, check and encode, gets a thread of its own.
    ///
    /// # Errors
    /// The handler panicked.
    pub(super) async fn guarded<T: Send + 'static>(
        &self,
        incoming: Incoming,
        handler: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Panicked> {
        let rpc = incoming.context.rpc;
        let (answer, answered) = oneshot::channel();
        let handler = async move {
            // Without a host nobody waits for it.
            let _unread = answer.send(handler.await);
        };
        self.spawn(incoming, Box::pin(handler));
        answered.await.map_err(|_| Panicked { rpc })
    }

    /// Runs a handler of any type: a task has kilobytes of code for each type of its future.
    fn spawn(&self, Incoming { context, size }: Incoming, handler: BoxFuture<'static, ()>) {
        let in_flight = self.in_flight.subscribe();
        let handler = context.scope(async move {
            let _in_flight = in_flight;
            let begun = Instant::now();
            log::trace!("Received request");
            handler.await;
            log::trace!(
                tf_req_duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
                "Served request"
            );
        });
        if size > LARGE {
            let runtime = Handle::current();
            spawn_blocking(move || runtime.block_on(handler));
        } else {
            tokio::spawn(handler);
        }
    }
}

// === impl Panicked ===

impl From<Panicked> for Diagnostic {
    fn from(Panicked { rpc }: Panicked) -> Self {
        Self::error(
            "Provider Panic",
            format!(
                "The provider panicked in {rpc}. This is a bug in the provider; please report \
                 it with the log of TF_LOG=DEBUG."
            ),
        )
    }
}

impl From<Panicked> for Diagnostics {
    fn from(panicked: Panicked) -> Self {
        Diagnostic::from(panicked).into()
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{Arc, mpsc},
        thread,
        time::Duration,
    };

    use super::*;
    use crate::log::CallContext;

    #[test]
    fn a_stop_reaches_the_calls_in_flight_alone() {
        let calls = Calls::new();
        let (one, two) = (calls.begin(), calls.begin());
        calls.stop();
        assert!(one.is_cancelled() && two.is_cancelled());
        assert!(!calls.begin().is_cancelled());
    }

    #[test]
    fn a_stop_leaves_other_instances_alone_and_the_end_does_not() {
        let calls = Calls::new();
        let sibling = calls.sibling();
        let (own, others) = (calls.begin(), sibling.begin());
        calls.stop();
        assert!(own.is_cancelled() && !others.is_cancelled());
        calls.over.cancel();
        assert!(others.is_cancelled());
    }

    /// A call with a request of this size.
    fn incoming(rpc: &'static str, size: usize) -> Incoming {
        Incoming {
            context: Arc::new(CallContext::new(rpc, None)),
            size,
        }
    }

    #[tokio::test]
    async fn a_large_request_leaves_the_thread_of_the_connection_free() {
        let thread = || thread::current().id();
        let calls = Calls::new();
        let run = async |size| {
            calls
                .guarded(incoming("Validate", size), async move { thread() })
                .await
        };
        assert_eq!(run(LARGE).await, Ok(thread()));
        assert_ne!(run(LARGE + 1).await, Ok(thread()));

        // It waits for nothing, and yet the other call is answered within it.
        let (answered, is_answered) = mpsc::channel();
        let busy = calls.guarded(incoming("Validate", LARGE + 1), async move {
            is_answered.recv_timeout(Duration::from_secs(60))
        });
        let (busy, _) = tokio::join!(busy, async { answered.send(()) });
        assert_eq!(busy, Ok(Ok(())));
    }

    #[tokio::test]
    async fn a_panic_becomes_a_diagnostic_that_names_the_call() {
        for size in [0, LARGE + 1] {
            let panicked = Calls::new()
                .guarded(incoming("ReadResource", size), async {
                    panic!("on purpose")
                })
                .await
                .map(|(): ()| ())
                .unwrap_err();
            let error = Diagnostic::from(panicked);
            assert!(error.detail.contains("ReadResource"), "{}", error.detail);
            assert!(!error.detail.contains("on purpose"), "{}", error.detail);
        }
    }

    #[tokio::test]
    async fn the_end_cancels_every_call_and_waits_for_it() {
        let calls = Arc::new(Calls::new());
        calls.stop();
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let call = {
            let calls = Arc::clone(&calls);
            let cancel = calls.begin();
            tokio::spawn(async move {
                let handler = async move {
                    begun.send(()).unwrap();
                    cancel.cancelled().await;
                    "stopped"
                };
                let incoming = incoming("ApplyResourceChange", 0);
                calls.guarded(incoming, handler).await
            })
        };
        has_begun.await.unwrap();
        calls.wind_down().await;
        assert!(calls.begin().is_cancelled(), "a call that comes later");
        assert_eq!(call.await.unwrap(), Ok("stopped"));
    }
}
