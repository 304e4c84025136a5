//! When a call is made again.

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{envelope::Envelope, exchange::ApiRequest, failure::Failure, shared::ClientInner};
use crate::error::{Error, RefusedTime, Sent, TransportKind};

/// The attempts of one call, all its requests taken together.
#[derive(Debug)]
pub(crate) struct Attempts<'a> {
    shared: &'a ClientInner,
    cancel: &'a CancellationToken,
    retries: u32,
    /// The retries whose cost the budget has not got back.
    unpaid_retries: u32,
    correction: Correction,
    /// Whether a policy was sent whose fate is open, so that no reply should be left unasked for.
    has_lost_request: bool,
}

/// What this call has done to the offset of the clock, which all calls share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Correction {
    /// Nothing yet.
    None,
    /// Put another one in the place of the former, and no signature has been accepted with it yet.
    OnTrial { former: i64, current: i64 },
    /// Has found out whether another one helps. It is not tried again.
    Done,
}

/// What to do after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Nothing: another attempt would end the same.
    GiveUp,
    /// Wait and try again.
    Wait,
    /// Sign again, with the clock corrected by what the server says.
    CorrectClock(i64),
}

// === impl Attempts ===

impl<'a> Attempts<'a> {
    pub(crate) const fn new(shared: &'a ClientInner, cancel: &'a CancellationToken) -> Self {
        Self {
            shared,
            cancel,
            retries: 0,
            unpaid_retries: 0,
            correction: Correction::None,
            has_lost_request: false,
        }
    }

    /// Makes one attempt and judges its reply.
    pub(crate) async fn make(&mut self, outgoing: &ApiRequest) -> Result<Envelope, Failure> {
        let reply = self.shared.exchange(outgoing, self.cancel).await?;
        log::debug!(
            operation:% = outgoing.operation,
            path = outgoing.path.as_str(),
            status = reply.status;
            "The server has replied"
        );
        let members = self.shared.reader(outgoing.operation).read(&reply)?;
        if self.correction != Correction::None {
            self.correction = Correction::Done;
        }
        self.shared
            .budget
            .give_back(std::mem::take(&mut self.unpaid_retries));
        Ok(members)
    }

    /// Makes attempts until one succeeds, or a further one makes no sense. For requests that are
    /// always safe to repeat.
    pub(crate) async fn make_until_done(
        &mut self,
        outgoing: &ApiRequest,
    ) -> Result<Envelope, Error> {
        loop {
            match self.make(outgoing).await {
                Ok(members) => return Ok(members),
                Err(failure) => self.prepare_next(outgoing, failure).await?,
            }
        }
    }

    /// Returns when it is time for the next attempt.
    ///
    /// # Errors
    ///
    /// The failure's own error if there should be no next attempt, or that of a cancelled call.
    pub(crate) async fn prepare_next(
        &mut self,
        outgoing: &ApiRequest,
        failure: Failure,
    ) -> Result<(), Error> {
        let max_retries = self.shared.config.max_retries;
        self.has_lost_request |= failure.error.may_have_been_stored();
        if let Error::Unauthorized(_) = *failure.error {
            self.take_correction_back();
        }
        match judge(&failure, self.has_lost_request) {
            _ if self.retries >= max_retries => Err(*failure.error),
            Verdict::GiveUp => Err(*failure.error),
            Verdict::CorrectClock(seconds) => {
                if self.correction != Correction::None {
                    return Err(*failure.error);
                }
                // Not the offset of the refused signature: another call may have put this one there
                // already, and may have had success with it.
                let former = self.shared.offset.replace(seconds);
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
                if !self.shared.budget.take() {
                    log::warn!("Too many requests fail: not trying again");
                    return Err(*failure.error);
                }
                self.wait(outgoing, failure).await
            }
        }
    }

    /// An offset that does not help is not left to the calls that follow.
    fn take_correction_back(&mut self) {
        if let Correction::OnTrial { former, current } = self.correction {
            self.shared.offset.restore(current, former);
            self.correction = Correction::Done;
            log::warn!("The server refused the signature with its own time as well");
        }
    }

    /// Whether a query may tell how a lost request ended, whatever comes next: not in a call that
    /// is cancelled, nor where retries are switched off.
    pub(crate) fn may_query(&self, next: &Result<(), Error>) -> bool {
        self.shared.config.max_retries > 0 && !matches!(next, Err(Error::Cancelled { .. }))
    }

    async fn wait(&mut self, outgoing: &ApiRequest, failure: Failure) -> Result<(), Error> {
        let delay = self.shared.config.backoff.delay(
            self.retries,
            self.shared.fraction(),
            failure.retry_after,
        );
        self.retries += 1;
        self.unpaid_retries += 1;
        log::warn!(
            reason = failure.error.summary(),
            status = failure.status,
            retry = self.retries,
            max_retries = self.shared.config.max_retries,
            wait_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
            "Waiting before the request is made again"
        );
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => {
                let is_open = failure.error.may_have_been_stored();
                Err(outgoing.cancelled(if is_open { Sent::Maybe } else { Sent::No }))
            }
            () = sleep(delay) => Ok(()),
        }
    }
}

/// Whether another attempt may end better. Whether it is safe is for the caller to know.
fn judge(failure: &Failure, has_lost_request: bool) -> Verdict {
    match (&*failure.error, failure.status) {
        (Error::Cancelled { .. } | Error::SystemRoots(_), _) => Verdict::GiveUp,
        (Error::Unauthorized(error), _) => match (error.time, failure.seconds_ahead) {
            (RefusedTime::Off(_), Some(seconds)) => Verdict::CorrectClock(seconds),
            _ => Verdict::GiveUp,
        },
        (_, Some(429 | 503)) => Verdict::Wait,
        (Error::Api(_), _) => Verdict::GiveUp,
        (Error::Protocol(_), Some(500 | 502 | 504 | 506..=599)) => Verdict::Wait,
        // A reply that cannot be read: the endpoint may not be CC-iSales at all, and the user should
        // hear so soon, unless a policy was sent already.
        (Error::Protocol(_), Some(200)) if has_lost_request => Verdict::Wait,
        (Error::Protocol(_), _) => Verdict::GiveUp,
        (Error::Transport(error), _) => match error.kind {
            TransportKind::Connect(_)
            | TransportKind::ConnectTimeout
            | TransportKind::Timeout
            | TransportKind::Reset(_)
            | TransportKind::CutShort => Verdict::Wait,
            TransportKind::Tls(_) | TransportKind::NotHttp(_) | TransportKind::Request(_) => {
                Verdict::GiveUp
            }
        },
    }
}
