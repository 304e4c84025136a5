//! A request body that knows whether it was asked for.

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

/// Tells whether a request was handed to a connection.
#[derive(Clone, Debug, Default)]
pub(crate) struct SentFlag(Arc<AtomicBool>);

/// A body that raises a flag when the connection asks for it. The connection does so before it
/// writes anything to the network, the head included: while the flag is down, nothing was sent.
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
}

// === impl TrackedBody ===

impl TrackedBody {
    pub(crate) fn new(data: Bytes, flag: SentFlag) -> Self {
        Self {
            data: Some(data),
            flag,
        }
    }
}

impl Body for TrackedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.flag.0.store(true, Ordering::Release);
        Poll::Ready(self.data.take().map(|data| Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.data.as_ref().map_or(0, |data| data.len() as u64))
    }
}
