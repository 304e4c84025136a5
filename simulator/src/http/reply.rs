//! Replies and how they are delivered: complete, cut short, byte by byte or endless.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use hyper::{
    Response, StatusCode,
    body::{Body, Bytes, Frame, SizeHint},
};
use tokio::time::{Sleep, sleep};

/// The pause between two bytes of a slow reply.
const DRIP: Duration = Duration::from_millis(250);
/// Long enough for written bytes to be sent before the connection closes.
const FLUSH: Duration = Duration::from_millis(20);
/// The size of one piece of an endless body.
const CHUNK: usize = 16 * 1024;

/// How a connection responds to a request.
#[derive(Debug)]
pub(crate) enum Outcome {
    Reply(Reply),
    Reset,
    /// The connection closes without a reply and without the end of TLS.
    Close,
}

/// A reply to a request.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) delivery: Delivery,
}

/// How the body of a reply is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    Complete,
    /// The first half, then the connection closes.
    CutShort,
    /// The body, then padding until the client disconnects.
    Endless,
    /// One byte at a time.
    SlowDrip,
}

/// A body that is being sent.
pub(crate) struct ReplyBody {
    rest: Bytes,
    delivery: Delivery,
    pause: Option<Pin<Box<Sleep>>>,
    /// Dropped with the body.
    _guard: Option<Box<dyn Send>>,
}

// === impl Reply ===

impl Reply {
    pub(crate) fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "application/json; charset=UTF-8", body)
    }

    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self {
            status,
            headers,
            body: body.into(),
            delivery: Delivery::Complete,
        }
    }

    /// The page of a server that does not serve the path.
    pub(crate) fn not_found() -> Self {
        Self::new(
            404,
            "text/html",
            "<html><body><h1>404 Not Found</h1></body></html>",
        )
    }

    /// A success without a body.
    pub(crate) fn no_content() -> Self {
        Self {
            status: 204,
            headers: Vec::new(),
            body: Vec::new(),
            delivery: Delivery::Complete,
        }
    }

    /// The page of a server that serves the path with other methods.
    pub(crate) fn method_not_allowed(allow: &str) -> Self {
        Self::new(
            405,
            "text/html",
            "<html><body><h1>405 Method Not Allowed</h1></body></html>",
        )
        .with_header("allow", allow)
    }

    pub(crate) fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn with_delivery(mut self, delivery: Delivery) -> Self {
        self.delivery = delivery;
        self
    }

    /// Converts the reply to a response; a status or header that HTTP does not allow becomes 500.
    /// `guard` is dropped when the body has been sent or the client has disconnected.
    pub(crate) fn into_response(self, guard: impl Send + 'static) -> Response<ReplyBody> {
        let mut response = Response::builder().status(self.status);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        // A reply with status 204 has no length.
        if self.delivery != Delivery::Endless && self.status != 204 {
            response = response.header("content-length", self.body.len());
        }
        let mut rest = Bytes::from(self.body);
        if self.delivery == Delivery::CutShort {
            rest.truncate(rest.len() / 2);
        }
        let body = ReplyBody {
            rest,
            delivery: self.delivery,
            pause: None,
            _guard: Some(Box::new(guard)),
        };
        response.body(body).unwrap_or_else(|_| {
            let body = ReplyBody {
                rest: Bytes::new(),
                delivery: Delivery::Complete,
                pause: None,
                _guard: None,
            };
            let mut response = Response::new(body);
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response
        })
    }
}

// === impl ReplyBody ===

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(pause) = &mut self.pause {
            std::task::ready!(pause.as_mut().poll(context));
            self.pause = None;
            if self.delivery == Delivery::CutShort {
                return Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into())));
            }
        }
        let next = match self.delivery {
            Delivery::SlowDrip if !self.rest.is_empty() => {
                self.pause = Some(Box::pin(sleep(DRIP)));
                self.rest.split_to(1)
            }
            Delivery::Endless if self.rest.is_empty() => Bytes::from_static(&[b' '; CHUNK]),
            Delivery::CutShort => {
                self.pause = Some(Box::pin(sleep(FLUSH)));
                std::mem::take(&mut self.rest)
            }
            _ if self.rest.is_empty() => return Poll::Ready(None),
            _ => std::mem::take(&mut self.rest),
        };
        Poll::Ready(Some(Ok(Frame::data(next))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && matches!(self.delivery, Delivery::Complete | Delivery::SlowDrip)
    }

    fn size_hint(&self) -> SizeHint {
        match self.delivery {
            Delivery::Complete => SizeHint::with_exact(self.rest.len() as u64),
            _ => SizeHint::default(),
        }
    }
}
