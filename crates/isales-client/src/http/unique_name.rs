//! Creates of objects with a unique name.
//!
//! The name tells whether a create whose reply was lost has taken effect, and so does the reply of a
//! server that does not return the ID. An object that had the name before is never taken for the new
//! one: the name is looked for first, and creates with the same name take turns.

use std::{collections::BTreeSet, fmt};

use super::{
    client_inner::ClientInner,
    create::{Creation, create_and_settle},
    envelope::Envelope,
    request::ApiRequest,
    retry::Attempts,
};
use crate::{
    call_context::CallContext,
    error::{Error, ProtocolProblem, Sent},
};

/// The outcome of a create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Created<Id> {
    /// The call has created the object with this ID.
    New(Id),
    /// The object with this ID had the name before. Nothing was sent.
    NameTaken(Id),
}

/// An object to be created, whose name no other object in its list has.
pub(crate) trait NamedObject {
    /// The ID that the server gives to the object.
    type Id: Ord + fmt::Debug + Send + Sync;

    /// Returns the name.
    fn name(&self) -> &str;

    /// Reads the ID from a successful reply.
    ///
    /// # Errors
    ///
    /// The problem of a reply without the ID. The name then finds the object.
    fn read_reply(&self, reply: &Envelope) -> Result<Self::Id, ProtocolProblem>;

    /// Finds the object that has exactly this name, as part of the call whose attempts these are.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    fn find(
        &self,
        attempts: &mut Attempts<'_>,
    ) -> impl Future<Output = Result<Option<Self::Id>, Error>> + Send;
}

/// Creates an object, unless its name is taken.
///
/// # Errors
///
/// Any [`Error`]. [`Error::may_have_taken_effect`] tells whether the server may have created the
/// object nevertheless; from then on, its name finds it.
pub(crate) async fn create_named<N: NamedObject + Sync>(
    client: &ClientInner,
    context: &CallContext,
    request: &ApiRequest,
    object: &N,
) -> Result<Created<N::Id>, Error> {
    let lock = client.names.of(&request.path, object.name());
    let _turn = tokio::select! {
        biased;
        () = context.cancel.cancelled() => return Err(request.cancelled(Sent::No)),
        turn = lock.lock() => turn,
    };
    if let Some(id) = object.find(&mut Attempts::new(client, context)).await? {
        return Ok(Created::NameTaken(id));
    }
    let creation = Named {
        client,
        context,
        object,
    };
    let created = create_and_settle(client, context, request, &BTreeSet::new(), &creation).await;
    created.map(Created::New).map_err(|failure| failure.error)
}

/// The create of an object that its name finds.
struct Named<'a, N> {
    client: &'a ClientInner,
    context: &'a CallContext,
    object: &'a N,
}

// === impl Named ===

impl<N: NamedObject + Sync> Creation for Named<'_, N> {
    type Id = N::Id;

    const IS_UNIQUE: bool = true;

    fn read_reply(&self, reply: &Envelope) -> Result<N::Id, ProtocolProblem> {
        self.object.read_reply(reply)
    }

    async fn find(&self, before: &BTreeSet<N::Id>) -> Result<Vec<N::Id>, Error> {
        let mut attempts = Attempts::new(self.client, self.context);
        let found = self.object.find(&mut attempts).await?;
        Ok(found
            .into_iter()
            .filter(|id| !before.contains(id))
            .collect())
    }
}
