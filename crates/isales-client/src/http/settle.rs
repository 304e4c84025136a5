//! Writes that are settled by reading.
//!
//! A request whose reply is lost may have been carried out or not. Repeating a write blindly could
//! carry it out twice, so the call first reads the object and repeats the write only if it has not
//! taken effect.

use super::{
    client_inner::ClientInner,
    envelope::{Envelope, ReplyReader},
    request::ApiRequest,
    retry::Attempts,
};
use crate::{
    call_context::CallContext,
    error::{ApiError, Cancelled, Error, ProtocolProblem, Sent},
};

/// The state of a write whose reply was lost, according to a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WriteState<T> {
    /// The object is as the write would leave it, with the result that the lost reply had.
    Applied(T),
    /// The object is not as the write would leave it.
    NotApplied,
    /// The server does not say.
    Unknown,
}

/// Reads the result of a write from its reply, or its effect from the server. Each object implements
/// it for its writes.
pub(crate) trait ReadEffect {
    /// The result, such as the ID of a new object.
    type Output: Send;

    /// Reads the result from a successful reply.
    ///
    /// # Errors
    ///
    /// The problem of a reply without the result.
    fn read_reply(&self, reply: &Envelope) -> Result<Self::Output, ProtocolProblem>;

    /// Returns whether a refusal may mean that the object is already as the write would leave it. The
    /// object is then read, and the write succeeds if it is.
    fn may_be_in_effect(&self, refusal: &ApiError) -> bool {
        let _ = refusal;
        false
    }

    /// Reads the object, as part of the call whose attempts these are.
    ///
    /// # Errors
    ///
    /// Any [`Error`], which leaves the effect open.
    fn read_effect(
        &self,
        attempts: &mut Attempts<'_>,
    ) -> impl Future<Output = Result<WriteState<Self::Output>, Error>> + Send;
}

/// Makes a write, with retries.
///
/// After each failure that leaves its effect open, `effect` is read. The write is repeated only
/// if the answer is [`WriteState::NotApplied`]. After a refusal that leaves open whether there is
/// anything to do, `effect` is read as well. The reads share the retries of the call. If a repetition
/// meets a conflict, such as a name that is already used, `effect` is read too: the conflict may be with
/// an earlier request of the call, which took effect after it was read.
///
/// Returns the result, from the reply or from the read that showed the effect of a write whose reply
/// was lost.
///
/// # Errors
///
/// Any [`Error`]. [`Error::may_have_taken_effect`] tells whether the write may still take effect,
/// including one that a read did not find: it may be on its way.
pub(crate) async fn write_and_settle<E: ReadEffect>(
    client: &ClientInner,
    context: impl Into<CallContext>,
    request: &ApiRequest,
    effect: &E,
) -> Result<E::Output, Error> {
    let mut attempts = Attempts::new(client, context);
    let mut open = None;
    loop {
        let failure = match attempts.make(request).await {
            Ok(reply) => {
                return effect.read_reply(&reply).map_err(|problem| {
                    ReplyReader::new(client, request.operation).problem(problem)
                });
            }
            Err(failure) => failure,
        };
        if let Error::Api(refusal) = &*failure.error
            && effect.may_be_in_effect(refusal)
        {
            return match effect.read_effect(&mut attempts).await {
                Ok(WriteState::Applied(output)) => {
                    log::info!(
                        operation:% = request.operation, code:% = refusal.code;
                        "The request was refused, but there was nothing left to do"
                    );
                    Ok(output)
                }
                // The refusal says what happened.
                Ok(WriteState::NotApplied | WriteState::Unknown) | Err(_) => {
                    Err(final_error(*failure.error, open))
                }
            };
        }
        let is_conflict = matches!(&*failure.error, Error::Api(error) if error.is_conflict());
        let conflict = open.clone().filter(|_| is_conflict);
        let lost = Some(Error::clone(&failure.error)).filter(Error::may_have_taken_effect);
        open = lost.clone().or(open);
        let next = attempts.prepare_next(request, failure).await;
        if let Some(lost) = lost.or(conflict)
            && attempts.may_read(&next)
        {
            match effect.read_effect(&mut attempts).await {
                Ok(WriteState::Applied(output)) => {
                    log::info!(
                        operation:% = request.operation,
                        path = request.path.as_str();
                        "The request whose reply was lost has taken effect"
                    );
                    return Ok(output);
                }
                Ok(WriteState::NotApplied) => {}
                Err(Error::Cancelled(error)) => {
                    let (operation, sent) = (request.operation, Sent::Maybe);
                    return Err(Cancelled {
                        operation,
                        sent,
                        ..error
                    }
                    .into());
                }
                // The failure that led here says what happened.
                Ok(WriteState::Unknown) | Err(_) => return Err(lost),
            }
        }
        if let Err(error) = next {
            return Err(final_error(error, open));
        }
    }
}

/// Chooses the error of a call that ends after the fate of one of its requests was open.
///
/// A code that rejects the request settles it: every request of the call has the same content.
/// Otherwise the earlier failure stays open. A refused signature settles nothing, because each
/// request has its own.
pub(super) fn final_error(error: Error, open: Option<Error>) -> Error {
    let Some(open) = open else { return error };
    match error {
        error if error.rejects_equal_requests() => error,
        error if error.may_have_taken_effect() => error,
        Error::Cancelled(error) => Cancelled {
            sent: Sent::Maybe,
            ..error
        }
        .into(),
        last => {
            log::warn!(
                reason = last.summary();
                "The last attempt failed for another reason, but an earlier one may have taken effect"
            );
            open
        }
    }
}
