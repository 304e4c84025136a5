//! Creates of objects whose ID the server chooses.
//!
//! Without the reply, nobody knows the ID of the new object, or whether there is one. A call that
//! loses the reply looks for an object that is as the new one was sent and did not exist before.

use std::{collections::BTreeSet, fmt};

use tokio::time::sleep;

use super::{
    client_inner::ClientInner,
    envelope::{Envelope, ReplyReader},
    request::ApiRequest,
    retry::Attempts,
    settle::final_error,
};
use crate::{
    call_context::CallContext,
    error::{Error, ProtocolProblem},
};

/// How often the server is asked for a new object, as lists may lag behind a create.
const LOOKS: u32 = 3;

/// The create of an object whose ID the server chooses.
pub(crate) trait Creation {
    /// The ID.
    type Id: Ord + fmt::Debug + Send;

    /// Whether the server refuses a second object like this one, for example because of its name. No
    /// other create is ever sent again while it is open whether it has taken effect.
    const IS_UNIQUE: bool;

    /// Reads the ID from a successful reply.
    ///
    /// # Errors
    ///
    /// The problem of a reply without the ID. The object is then looked for, as after a lost reply:
    /// an interface that returns no ID always leads here.
    fn read_reply(&self, reply: &Envelope) -> Result<Self::Id, ProtocolProblem>;

    /// Returns the objects on the server that are as the new one was sent, and are not in `before`.
    ///
    /// # Errors
    ///
    /// Any [`Error`], which leaves it open whether there is a new object.
    fn find(
        &self,
        before: &BTreeSet<Self::Id>,
    ) -> impl Future<Output = Result<Vec<Self::Id>, Error>> + Send;
}

/// The failure of a create.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct CreateError<I: fmt::Debug> {
    /// The failure, of which [`Error::may_have_taken_effect`] tells whether there may be a new object.
    pub error: Error,
    /// The objects that may be the new one: they are as it was sent, and did not exist before. `None`
    /// if the server could not be asked for them.
    pub candidates: Option<Vec<I>>,
}

/// What a look for the new object has found.
enum Look<I> {
    /// One object, which is the new one.
    Found(I),
    /// No object.
    Nothing,
    /// Several objects, any of which may be the new one.
    Several(Vec<I>),
    /// The server could not be asked.
    Failed,
}

// === impl CreateError ===

impl<I: fmt::Debug> From<Error> for CreateError<I> {
    fn from(error: Error) -> Self {
        Self {
            error,
            candidates: None,
        }
    }
}

// === impl Look ===

impl<I: fmt::Debug> Look<I> {
    /// Returns the new object, or the error of a create that stays open.
    fn or_open(self, error: Error) -> Result<I, CreateError<I>> {
        let candidates = match self {
            Self::Found(id) => {
                log::info!(id:? = id; "Found the new object, whose reply was lost");
                return Ok(id);
            }
            Self::Nothing => Some(Vec::new()),
            Self::Several(ids) => Some(ids),
            Self::Failed => None,
        };
        Err(CreateError { error, candidates })
    }
}

/// Creates an object, with retries, and returns its ID: from the reply, or else that of the one
/// object that is as it was sent and is not among those that existed `before`.
///
/// The caller sees to it that nobody it knows of creates an equal object meanwhile.
///
/// # Errors
///
/// Any [`Error`], with the objects that may be the new one.
pub(crate) async fn create_and_settle<C: Creation + Sync>(
    client: &ClientInner,
    context: &CallContext,
    request: &ApiRequest,
    before: &BTreeSet<C::Id>,
    creation: &C,
) -> Result<C::Id, CreateError<C::Id>> {
    let mut attempts = Attempts::new(client, context);
    let mut open = None;
    loop {
        let failure = match attempts.make(request).await {
            Ok(reply) => {
                let problem = match creation.read_reply(&reply) {
                    Ok(id) => return Ok(id),
                    Err(problem) => problem,
                };
                // The server says that the object exists, so the request is not repeated.
                let found = look(client, context, before, creation, LOOKS).await;
                let error = ReplyReader::new(client, request.operation).problem(problem);
                return found.or_open(error);
            }
            Err(failure) => failure,
        };
        let is_lost = failure.error.may_have_taken_effect();
        if is_lost {
            open = Some(Error::clone(&failure.error));
        }
        if let Some(open) = &open
            && (is_lost || is_conflict(&failure.error))
        {
            let looks = if C::IS_UNIQUE && is_lost { 1 } else { LOOKS };
            match look(client, context, before, creation, looks).await {
                // Sending the request again is safe, as the server refuses a second object.
                Look::Nothing if C::IS_UNIQUE && is_lost => {}
                // Somebody else's object is in the way.
                Look::Nothing if !is_lost => return Err((*failure.error).into()),
                found => return found.or_open(open.clone()),
            }
        }
        if let Err(error) = attempts.prepare_next(request, failure).await {
            return Err(CreateError {
                candidates: open.as_ref().map(|_| Vec::new()),
                error: final_error(error, open),
            });
        }
    }
}

/// Asks the server for the new object, several times if there is none.
async fn look<C: Creation>(
    client: &ClientInner,
    context: &CallContext,
    before: &BTreeSet<C::Id>,
    creation: &C,
    looks: u32,
) -> Look<C::Id> {
    for number in 0..looks {
        if number > 0 {
            let pause = client.config.backoff.delay(number, client.fraction(), None);
            tokio::select! {
                biased;
                () = context.cancel.cancelled() => return Look::Failed,
                () = sleep(pause) => {}
            }
        }
        let mut found = match creation.find(before).await {
            Ok(found) => found,
            Err(error) => {
                log::warn!(reason = error.summary(); "Cannot look for the new object");
                return Look::Failed;
            }
        };
        match (found.pop(), found.is_empty()) {
            (Some(id), true) => return Look::Found(id),
            (Some(id), false) => {
                found.push(id);
                return Look::Several(found);
            }
            (None, _) => {}
        }
    }
    Look::Nothing
}

fn is_conflict(error: &Error) -> bool {
    matches!(error, Error::Api(error) if error.is_conflict())
}
