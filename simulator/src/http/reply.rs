//! What the server sends back, and how: whole, cut short, drop by drop or without end.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::{Response, StatusCode};
use tokio::time::{Sleep, sleep};

use crate::served::OpenRequest;

/// The pause between two bytes of a slow reply.
const DRIP: Duration = Duration::from_millis(250);
/// Long enough for what was written to leave before the connection closes.
const FLUSH: Duration = Duration::from_millis(20);
const CHUNK: usize = 16 * 1024;

/// One reply.
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
    Whole,
    /// The first half, then the connection closes.
    CutShort,
    /// The body, then filling until the client goes away.
    Endless,
    /// A byte at a time.
    SlowDrip,
}

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
            delivery: Delivery::Whole,
        }
    }

    pub(crate) fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The reply for hyper; 500 where the status or a header is not one of HTTP's. The request is
    /// open until the body has left.
    pub(crate) fn into_response(self, open: OpenRequest) -> Response<ReplyBody> {
        let mut response = Response::builder().status(self.status);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        if self.delivery != Delivery::Endless {
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
            _open: Some(open),
        };
        response.body(body).unwrap_or_else(|_| {
            let body = ReplyBody {
                rest: Bytes::new(),
                delivery: Delivery::Whole,
                pause: None,
                _open: None,
            };
            let mut response = Response::new(body);
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response
        })
    }
}

/// A body on its way out.
#[derive(Debug)]
pub(crate) struct ReplyBody {
    rest: Bytes,
    delivery: Delivery,
    pause: Option<Pin<Box<Sleep>>>,
    _open: Option<OpenRequest>,
}

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
        self.rest.is_empty() && matches!(self.delivery, Delivery::Whole | Delivery::SlowDrip)
    }

    fn size_hint(&self) -> SizeHint {
        match self.delivery {
            Delivery::Whole => SizeHint::with_exact(self.rest.len() as u64),
            _ => SizeHint::default(),
        }
    }
}
