//! Retries: whether and when a failed request is repeated.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{
    client_inner::ClientInner,
    envelope::{Envelope, ReplyReader},
    reply::Reply,
    request::ApiRequest,
};
use crate::{
    call_context::CallContext,
    error::{Cancelled, Error, RefusedTime, RetryEnd, Sent, TransportKind, Tried},
};

/// The attempts of one call, over all its requests.
#[derive(Debug)]
pub(crate) struct Attempts<'a> {
    client: &'a ClientInner,
    context: CallContext,
    retries: u32,
    /// The failure of the last attempt, if there was one.
    last: Option<Error>,
    /// Retries that are not refunded to the budget yet.
    unpaid_retries: u32,
    correction: Correction,
    /// Whether the fate of a write is open, so that even an unreadable reply is worth a retry.
    has_lost_request: bool,
    /// The time that is left to a call without retries; `None` if it has them.
    time_left: Option<Duration>,
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
    pub(crate) fn new(client: &'a ClientInner, context: impl Into<CallContext>) -> Self {
        Self {
            client,
            context: context.into(),
            retries: 0,
            last: None,
            unpaid_retries: 0,
            correction: Correction::None,
            has_lost_request: false,
            time_left: None,
        }
    }

    /// Starts a call without retries that takes at most as long as `limit`, not counting waits for a
    /// permit. Within that time, a signature that was refused because of the clock is corrected.
    pub(crate) fn once(
        client: &'a ClientInner,
        limit: Duration,
        context: impl Into<CallContext>,
    ) -> Self {
        let mut attempts = Self::new(client, context);
        attempts.time_left = Some(limit);
        attempts
    }

    /// Returns the context of the call.
    pub(crate) fn context(&self) -> &CallContext {
        &self.context
    }

    /// Makes one attempt and checks its reply.
    pub(crate) async fn make(&mut self, request: &ApiRequest) -> Result<Envelope, Failure> {
        let ready = self.client.ready(request, &self.context.cancel).await?;
        let began = Instant::now();
        let longest = self.client.config.request_timeout;
        let limit = self.time_left.map_or(longest, |left| left.min(longest));
        let reply = self
            .client
            .exchange(ready, request, limit, &self.context.cancel)
            .await?;
        self.time_left = self
            .time_left
            .map(|left| left.saturating_sub(began.elapsed()));
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
    /// If there is no next attempt, the failure's own error, with the reason if another attempt might
    /// succeed; or that of a cancelled call.
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
            Verdict::GiveUp => Err(self.with_attempts(*failure.error)),
            Verdict::Wait if self.retries >= max_retries => {
                Err(self.not_retried(*failure.error, RetryEnd::MaxRetries))
            }
            Verdict::CorrectClock(_) if self.retries >= max_retries => Err(*failure.error),
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
            Verdict::Wait if self.time_left.is_some() => Err(*failure.error),
            Verdict::Wait => self.wait(request, failure).await,
        }
    }

    /// Creates the error of a call that is not tried again.
    fn not_retried(&self, last: Error, end: RetryEnd) -> Error {
        let attempts = self.retries.saturating_add(1);
        // Where retries are switched off, the number says nothing.
        if end == RetryEnd::MaxRetries && attempts == 1 {
            return last;
        }
        Error::NotRetried {
            last: Box::new(last),
            attempts,
            end,
        }
    }

    /// Adds the attempts so far to the error of a cancelled call.
    fn with_attempts(&self, error: Error) -> Error {
        match (error, &self.last) {
            (Error::Cancelled(error), Some(last)) => Cancelled {
                tried: Some(Tried {
                    attempts: self.retries,
                    last_error: last.to_string(),
                }),
                ..error
            }
            .into(),
            (error, _) => error,
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
        self.client.config.max_retries > 0 && !matches!(next, Err(Error::Cancelled(_)))
    }

    async fn wait(&mut self, request: &ApiRequest, failure: Failure) -> Result<(), Error> {
        let delay = self.client.config.backoff.delay(
            self.retries,
            self.client.fraction(),
            failure.retry_after,
        );
        if let Some(left) = self.context.too_short_for(delay) {
            let end = RetryEnd::TooLate {
                wait: delay,
                asked: failure.retry_after.filter(|asked| *asked >= left),
                left,
            };
            return Err(self.not_retried(*failure.error, end));
        }
        if !self.client.budget.take() {
            log::warn!("Too many requests fail: not trying again");
            return Err(self.not_retried(*failure.error, RetryEnd::Budget));
        }
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
        let is_open = failure.error.may_have_taken_effect();
        self.last = Some(*failure.error);
        tokio::select! {
            biased;
            () = self.context.cancel.cancelled() => {
                let sent = if is_open { Sent::Maybe } else { Sent::No };
                Err(self.with_attempts(request.cancelled(sent)))
            }
            () = sleep(delay) => Ok(()),
        }
    }
}

/// Returns whether another attempt may succeed. Whether it is safe is up to the caller.
fn classify(failure: &Failure, has_lost_request: bool) -> Verdict {
    match (&*failure.error, failure.status) {
        (Error::Cancelled(_) | Error::NotRetried { .. } | Error::SystemRoots(_), _) => {
            Verdict::GiveUp
        }
        (Error::Unauthorized(error), _) => match (error.time, failure.seconds_ahead) {
            (RefusedTime::Off(_), Some(seconds)) => Verdict::CorrectClock(seconds),
            _ => Verdict::GiveUp,
        },
        (_, Some(429 | 503)) => Verdict::Wait,
        (Error::Api(error), _) if error.is_throttle() => Verdict::Wait,
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
