//! A request body that records whether the request was handed to a connection.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::error::Sent;

/// A flag that records whether a request was handed to a connection.
#[derive(Clone, Debug, Default)]
pub(crate) struct SentFlag(Arc<AtomicBool>);

/// A body that raises a flag when a connection takes the request, with content or without.
///
/// The connection asks the body whether it has ended, to choose the framing, and only then writes
/// the head to its buffer. An empty body is asked nothing else. So while the flag is down, nothing
/// was sent. Should a layer above the connection ever ask earlier, requests count as sent too
/// early, which is safe; tests of this crate would notice.
#[derive(Debug)]
pub(crate) struct TrackedBody {
    data: Option<Bytes>,
    flag: SentFlag,
}

// === impl SentFlag ===

impl SentFlag {
    pub(crate) fn get(&self) -> Sent {
        if self.0.load(Ordering::Acquire) {
            Sent::Maybe
        } else {
            Sent::No
        }
    }

    fn raise(&self) {
        self.0.store(true, Ordering::Release);
    }
}

// === impl TrackedBody ===

impl TrackedBody {
    /// Creates a body with these bytes; an empty body if there are none.
    pub(crate) fn new(data: Option<Bytes>, flag: SentFlag) -> Self {
        let data = data.filter(|data| !data.is_empty());
        Self { data, flag }
    }
}

impl Body for TrackedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.flag.raise();
        Poll::Ready(self.data.take().map(|data| Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.flag.raise();
        self.data.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.data.as_ref().map_or(0, |data| data.len() as u64))
    }
}
