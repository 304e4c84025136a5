//! The calls: list, detail, create, update and delete.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use http::Method;

use super::{
    body::{ChangedBody, NewBody},
    model::{CallResult, CallResultDefinition, CallResultRef, DefId},
    parameter, reply,
};
use crate::{
    call_context::CallContext,
    client::Client,
    error::{Error, Operation, ProtocolProblem},
    http::{
        ApiRequest, Attempts, ClientInner, CreateError, Creation, Envelope, Pages, Paging,
        ReadEffect, ReplyReader, WriteState, create_and_settle, write_and_settle,
    },
    id::VdnId,
};

const LIST: &Operation = &Operation::read("list", "the definitions of outbound call results")
    .with_parameters(parameter::NAMES);
const QUERY: &Operation = &Operation::read("query", "the definition of an outbound call result")
    .with_parameters(parameter::NAMES);
const CREATE: &Operation = &Operation::write("create", "the definition of an outbound call result")
    .with_parameters(parameter::NAMES);
const UPDATE: &Operation = &Operation::write("update", "the definition of an outbound call result")
    .with_parameters(parameter::NAMES);
const DELETE: &Operation = &Operation::write("delete", "the definition of an outbound call result")
    .with_parameters(parameter::NAMES);

/// The operations of the interfaces.
pub(crate) const OPERATIONS: &[&Operation] = &[LIST, QUERY, CREATE, UPDATE, DELETE];

/// The paging of the list interface.
const PAGING: Paging = Paging::by_page_num("data");

/// The outcome of a query for one definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallResultLookup {
    /// The server has this definition.
    Found(CallResultDefinition),
    /// The server shows no definition, for this reason. The API reference lists no code for a
    /// definition that does not exist, so that only the list can tell.
    NotShown(Error),
}

// === impl Client ===

impl Client {
    /// Lists the definitions of outbound call results of a VDN, page by page (API reference,
    /// `queryOBSResults`).
    #[must_use]
    pub fn call_results(
        &self,
        vdn_id: VdnId,
        context: impl Into<CallContext>,
    ) -> Pages<CallResult> {
        list(&self.inner, vdn_id, context)
    }

    /// Lists the definitions of a VDN by ID, from a walk that shows all of them: one that is missing
    /// does not exist.
    ///
    /// # Errors
    ///
    /// Any [`Error`], including one for an entry without an ID.
    pub async fn existing_call_results(
        &self,
        vdn_id: VdnId,
        context: impl Into<CallContext>,
    ) -> Result<BTreeMap<DefId, CallResult>, Error> {
        let context = &context.into();
        existing(&self.inner, vdn_id, context).await
    }

    /// Queries one definition (API reference, `queryObsResultDetail`).
    ///
    /// # Errors
    ///
    /// Any [`Error`] that does not leave it open whether the definition exists.
    pub async fn call_result(
        &self,
        id: &CallResultRef,
        context: impl Into<CallContext>,
    ) -> Result<CallResultLookup, Error> {
        query(&self.inner, &mut Attempts::new(&self.inner, context), id).await
    }

    /// Creates a definition and returns its ID (API reference, `createObResult`). `before` are the
    /// IDs of the definitions that exist already, by which the new one is found if the reply is lost.
    ///
    /// # Errors
    ///
    /// Any [`Error`], with the definitions that may be the new one.
    pub async fn create_call_result(
        &self,
        vdn_id: VdnId,
        definition: &CallResultDefinition,
        before: &BTreeSet<DefId>,
        context: impl Into<CallContext>,
    ) -> Result<DefId, CreateError<DefId>> {
        let context = &context.into();
        let path = path(vdn_id, "createObResult");
        let request =
            ApiRequest::new(CREATE, Method::POST, path).body_of(&NewBody::from(definition));
        let creation = NewDefinition {
            client: &self.inner,
            vdn_id,
            definition,
            context,
        };
        create_and_settle(&self.inner, context, &request, before, &creation).await
    }

    /// Replaces text and OBS codes of a definition (API reference, `updateObResult`). Its code cannot
    /// be changed.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn update_call_result(
        &self,
        id: &CallResultRef,
        definition: &CallResultDefinition,
        context: impl Into<CallContext>,
    ) -> Result<(), Error> {
        let path = path(id.vdn_id, "updateObResult");
        let body = ChangedBody::new(&id.def_id, definition);
        let request = ApiRequest::new(UPDATE, Method::POST, path).body_of(&body);
        let effect = Changed {
            client: &self.inner,
            id,
            definition,
        };
        write_and_settle(&self.inner, context, &request, &effect).await
    }

    /// Deletes a definition (API reference, `deleteObsResult`).
    ///
    /// # Errors
    ///
    /// Any [`Error`]. The API reference lists no code for a definition that does not exist.
    pub async fn delete_call_result(
        &self,
        id: &CallResultRef,
        context: impl Into<CallContext>,
    ) -> Result<(), Error> {
        let context = &context.into();
        let path = path(id.vdn_id, &format!("{}/deleteObsResult", id.def_id));
        let request = ApiRequest::new(DELETE, Method::DELETE, path);
        let effect = Deleted {
            client: &self.inner,
            id,
            context,
        };
        write_and_settle(&self.inner, context, &request, &effect).await
    }
}

/// The create of a definition. Nothing says that the server refuses a second one with the same code,
/// let alone with one that it chooses itself.
struct NewDefinition<'a> {
    client: &'a Arc<ClientInner>,
    vdn_id: VdnId,
    definition: &'a CallResultDefinition,
    context: &'a CallContext,
}

/// The effect of an update: the definition is as it was sent.
struct Changed<'a> {
    client: &'a ClientInner,
    id: &'a CallResultRef,
    definition: &'a CallResultDefinition,
}

/// The effect of a delete: the definition is no longer in the list.
struct Deleted<'a> {
    client: &'a Arc<ClientInner>,
    id: &'a CallResultRef,
    context: &'a CallContext,
}

// === impl NewDefinition ===

impl Creation for NewDefinition<'_> {
    type Id = DefId;

    const IS_UNIQUE: bool = false;

    fn read_reply(&self, reply: &Envelope) -> Result<DefId, ProtocolProblem> {
        reply::new_id(reply)
    }

    async fn find(&self, before: &BTreeSet<DefId>) -> Result<Vec<DefId>, Error> {
        let existing = existing(self.client, self.vdn_id, self.context).await?;
        let code = self.definition.result_code.as_ref();
        let mut found = Vec::new();
        for (def_id, row) in existing {
            let is_alike = self.definition.has_text(&row.display_result)
                && code.is_none_or(|code| *code == row.result_code);
            if !is_alike || before.contains(&def_id) {
                continue;
            }
            let id = CallResultRef {
                vdn_id: self.vdn_id,
                def_id,
            };
            let mut attempts = Attempts::new(self.client, self.context);
            // The list does not show the OBS codes.
            match query(self.client, &mut attempts, &id).await? {
                CallResultLookup::Found(stored) if self.definition.is_kept_as(&stored) => {
                    found.push(id.def_id);
                }
                CallResultLookup::Found(_) => {}
                CallResultLookup::NotShown(reason) => return Err(reason),
            }
        }
        Ok(found)
    }
}

// === impl Changed ===

impl ReadEffect for Changed<'_> {
    type Output = ();

    fn read_reply(&self, _: &Envelope) -> Result<(), ProtocolProblem> {
        Ok(())
    }

    async fn read_effect(&self, attempts: &mut Attempts<'_>) -> Result<WriteState<()>, Error> {
        Ok(match query(self.client, attempts, self.id).await? {
            CallResultLookup::Found(stored) if self.definition.is_kept_as(&stored) => {
                WriteState::Applied(())
            }
            CallResultLookup::Found(_) => WriteState::NotApplied,
            CallResultLookup::NotShown(_) => WriteState::Unknown,
        })
    }
}

// === impl Deleted ===

impl ReadEffect for Deleted<'_> {
    type Output = ();

    fn read_reply(&self, _: &Envelope) -> Result<(), ProtocolProblem> {
        Ok(())
    }

    async fn read_effect(&self, attempts: &mut Attempts<'_>) -> Result<WriteState<()>, Error> {
        if let CallResultLookup::Found(_) = query(self.client, attempts, self.id).await? {
            return Ok(WriteState::NotApplied);
        }
        let existing = existing(self.client, self.id.vdn_id, self.context).await?;
        Ok(if existing.contains_key(&self.id.def_id) {
            WriteState::Unknown
        } else {
            WriteState::Applied(())
        })
    }
}

fn list(
    client: &Arc<ClientInner>,
    vdn_id: VdnId,
    context: impl Into<CallContext>,
) -> Pages<CallResult> {
    let request = ApiRequest::get(LIST, path(vdn_id, "queryOBSResults"));
    Pages::new(Arc::clone(client), context, request, PAGING, reply::row)
}

async fn existing(
    client: &Arc<ClientInner>,
    vdn_id: VdnId,
    context: &CallContext,
) -> Result<BTreeMap<DefId, CallResult>, Error> {
    let rows = list(client, vdn_id, context).snapshot().await?;
    rows.into_iter()
        .map(|row| match row.def_id.as_deref().map(str::parse) {
            Some(Ok(def_id)) => Ok((def_id, row)),
            _ => {
                let problem = ProtocolProblem::Member {
                    path: "data.defId".to_owned(),
                    expected: "the ID of each definition",
                };
                Err(ReplyReader::new(client, LIST).problem(problem))
            }
        })
        .collect()
}

async fn query(
    client: &ClientInner,
    attempts: &mut Attempts<'_>,
    id: &CallResultRef,
) -> Result<CallResultLookup, Error> {
    let path = path(id.vdn_id, &format!("{}/queryObsResultDetail", id.def_id));
    let request = ApiRequest::get(QUERY, path);
    match attempts.make_until_done(&request).await {
        Ok(members)
            if members
                .get("obResult")
                .is_some_and(|object| !object.is_null()) =>
        {
            reply::detail(&members, &id.def_id)
                .map(CallResultLookup::Found)
                .map_err(|problem| ReplyReader::new(client, QUERY).problem(problem))
        }
        Ok(_) => {
            let problem = ProtocolProblem::Member {
                path: "obResult".to_owned(),
                expected: "an object",
            };
            let reason = ReplyReader::new(client, QUERY).problem(problem);
            Ok(CallResultLookup::NotShown(reason))
        }
        Err(error) if may_mean_not_found(&error) => Ok(CallResultLookup::NotShown(error)),
        Err(error) => Err(error),
    }
}

/// Returns whether a server may answer a query for a definition that does not exist like this.
fn may_mean_not_found(error: &Error) -> bool {
    match error {
        Error::Api(error) => !error.is_throttle(),
        Error::Protocol(error) => {
            matches!(error.problem, ProtocolProblem::Status { status: 404, .. })
        }
        _ => false,
    }
}

fn path(vdn_id: VdnId, interface: &str) -> String {
    format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/{interface}")
}
