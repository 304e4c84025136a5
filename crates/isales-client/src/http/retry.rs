//! Retries: whether and when a failed request is repeated.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{
    client_inner::ClientInner,
    envelope::{Envelope, ReplyReader},
    reply::Reply,
    request::ApiRequest,
};
use crate::error::{Error, RefusedTime, Sent, TransportKind};

/// The attempts of one call, over all its requests.
#[derive(Debug)]
pub(crate) struct Attempts<'a> {
    client: &'a ClientInner,
    cancel: &'a CancellationToken,
    retries: u32,
    /// Retries that are not refunded to the budget yet.
    unpaid_retries: u32,
    correction: Correction,
    /// Whether the fate of a write is open, so that even an unreadable reply is worth a retry.
    has_lost_request: bool,
}

/// The state of this call's correction of the clock offset, which all calls share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Correction {
    /// No correction yet.
    None,
    /// The former offset was replaced, and no signature has been accepted with the current one yet.
    OnTrial { former: i64, current: i64 },
    /// It is known whether a correction helps, and none is tried again.
    Done,
}

/// The reaction to a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Return the error: another attempt would fail alike.
    GiveUp,
    /// Wait and try again.
    Wait,
    /// Sign again, with the clock corrected by this many seconds.
    CorrectClock(i64),
}

/// A failed attempt, and what its reply says about another attempt.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) error: Box<Error>,
    /// The HTTP status, if there was a reply.
    status: Option<u16>,
    /// `Retry-After`.
    retry_after: Option<Duration>,
    /// How far the server's clock is ahead, in seconds, if the reply has a date.
    seconds_ahead: Option<i64>,
}

// === impl Failure ===

impl Failure {
    fn of_reply(error: Error, reply: &Reply) -> Self {
        Self {
            error: Box::new(error),
            status: Some(reply.status),
            retry_after: reply.retry_after(),
            seconds_ahead: reply.seconds_ahead(),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            error: Box::new(error),
            status: None,
            retry_after: None,
            seconds_ahead: None,
        }
    }
}

// === impl Attempts ===

impl<'a> Attempts<'a> {
    /// Starts a call.
    pub(crate) const fn new(client: &'a ClientInner, cancel: &'a CancellationToken) -> Self {
        Self {
            client,
            cancel,
            retries: 0,
            unpaid_retries: 0,
            correction: Correction::None,
            has_lost_request: false,
        }
    }

    /// Makes one attempt and checks its reply.
    pub(crate) async fn make(&mut self, request: &ApiRequest) -> Result<Envelope, Failure> {
        let reply = self.client.exchange(request, self.cancel).await?;
        log::debug!(
            operation:% = request.operation,
            path = request.path.as_str(),
            status = reply.status;
            "The server has replied"
        );
        let members = ReplyReader::new(self.client, request.operation)
            .read(&reply)
            .map_err(|error| Failure::of_reply(error, &reply))?;
        if self.correction != Correction::None {
            self.correction = Correction::Done;
        }
        self.client
            .budget
            .give_back(std::mem::take(&mut self.unpaid_retries));
        Ok(members)
    }

    /// Makes attempts until one succeeds or another one is pointless. For reads, which are always
    /// safe to repeat.
    pub(crate) async fn make_until_done(
        &mut self,
        request: &ApiRequest,
    ) -> Result<Envelope, Error> {
        loop {
            match self.make(request).await {
                Ok(members) => return Ok(members),
                Err(failure) => self.prepare_next(request, failure).await?,
            }
        }
    }

    /// Waits until the next attempt is due.
    ///
    /// # Errors
    ///
    /// The failure's own error if there is no next attempt, or that of a cancelled call.
    pub(crate) async fn prepare_next(
        &mut self,
        request: &ApiRequest,
        failure: Failure,
    ) -> Result<(), Error> {
        let max_retries = self.client.config.max_retries;
        self.has_lost_request |= failure.error.may_have_taken_effect();
        if let Error::Unauthorized(_) = *failure.error {
            self.undo_correction();
        }
        match classify(&failure, self.has_lost_request) {
            _ if self.retries >= max_retries => Err(*failure.error),
            Verdict::GiveUp => Err(*failure.error),
            Verdict::CorrectClock(seconds) => {
                if self.correction != Correction::None {
                    return Err(*failure.error);
                }
                // The former offset is the shared one, not that of the refused signature: another
                // call may already have set a correction that works.
                let former = self.client.offset.replace(seconds);
                self.correction = Correction::OnTrial {
                    former,
                    current: seconds,
                };
                log::warn!(
                    seconds_ahead = seconds;
                    "The server refused the signature and its clock differs: signing once more with its time"
                );
                Ok(())
            }
            Verdict::Wait => {
                if !self.client.budget.take() {
                    log::warn!("Too many requests fail: not trying again");
                    return Err(*failure.error);
                }
                self.wait(request, failure).await
            }
        }
    }

    /// Removes a correction that did not help, so that other calls do not use it.
    fn undo_correction(&mut self) {
        if let Correction::OnTrial { former, current } = self.correction {
            self.client.offset.restore(current, former);
            self.correction = Correction::Done;
            log::warn!("The server refused the signature with its own time as well");
        }
    }

    /// Returns whether the call may read how a lost write ended: not if it is cancelled, nor if
    /// retries are switched off.
    pub(crate) fn may_read(&self, next: &Result<(), Error>) -> bool {
        self.client.config.max_retries > 0 && !matches!(next, Err(Error::Cancelled { .. }))
    }

    async fn wait(&mut self, request: &ApiRequest, failure: Failure) -> Result<(), Error> {
        let delay = self.client.config.backoff.delay(
            self.retries,
            self.client.fraction(),
            failure.retry_after,
        );
        self.retries += 1;
        self.unpaid_retries += 1;
        log::warn!(
            reason = failure.error.summary(),
            status = failure.status,
            retry = self.retries,
            max_retries = self.client.config.max_retries,
            wait_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
            "Waiting before the request is made again"
        );
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => {
                let is_open = failure.error.may_have_taken_effect();
                Err(request.cancelled(if is_open { Sent::Maybe } else { Sent::No }))
            }
            () = sleep(delay) => Ok(()),
        }
    }
}

/// Returns whether another attempt may succeed. Whether it is safe is up to the caller.
fn classify(failure: &Failure, has_lost_request: bool) -> Verdict {
    match (&*failure.error, failure.status) {
        (Error::Cancelled { .. } | Error::SystemRoots(_), _) => Verdict::GiveUp,
        (Error::Unauthorized(error), _) => match (error.time, failure.seconds_ahead) {
            (RefusedTime::Off(_), Some(seconds)) => Verdict::CorrectClock(seconds),
            _ => Verdict::GiveUp,
        },
        (_, Some(429 | 503)) => Verdict::Wait,
        (Error::Api(_), _) => Verdict::GiveUp,
        (Error::Protocol(_), Some(500 | 502 | 504 | 506..=599)) => Verdict::Wait,
        // An unreadable reply: the endpoint may not be CC-iSales at all, which the user should learn
        // soon, unless the fate of a write is open.
        (Error::Protocol(_), Some(200)) if has_lost_request => Verdict::Wait,
        (Error::Protocol(_), _) => Verdict::GiveUp,
        (Error::Transport(error), _) => match error.kind {
            TransportKind::Connect(_)
            | TransportKind::ProxyConnect(_)
            | TransportKind::ProxyRefused(_)
            | TransportKind::ConnectTimeout
            | TransportKind::Timeout
            | TransportKind::Reset(_)
            | TransportKind::CutShort => Verdict::Wait,
            TransportKind::ProxyLogin
            | TransportKind::Tls(_)
            | TransportKind::NotHttp(_)
            | TransportKind::Request(_) => Verdict::GiveUp,
        },
    }
}
