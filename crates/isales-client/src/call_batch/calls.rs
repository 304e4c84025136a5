//! The writes: create, rename and delete.

use std::sync::Arc;

use http::Method;
use serde_json::Value;

use super::{
    body::by_id,
    codes,
    id::{CallBatchId, CallBatchRef},
    list::{LIST, call_batch_id, list, path},
    model::{CallBatch, CallBatchFilter, NewCallBatch, WantedStatus},
    parameter,
    switch::{PAUSE, RESUME},
};
use crate::{
    call_context::CallContext,
    client::Client,
    error::{Error, Operation, ProtocolProblem, code},
    http::{
        ApiRequest, Attempts, ClientInner, Created, Envelope, JsonBody, JsonObject, NamedObject,
        ReadEffect, WriteState, create_named, write_and_settle,
    },
    id::CampaignRef,
};

const CREATE: &Operation = &Operation::write("create", "the call batch")
    .with_codes(&[codes::CREATE, code::COMMON])
    .with_parameters(parameter::ALL);
const RENAME: &Operation = &Operation::write("rename", "the call batch")
    .with_codes(&[codes::RENAME, code::COMMON])
    .with_parameters(parameter::ALL);
const DELETE: &Operation = &Operation::write("delete", "the call batch")
    .with_codes(&[codes::DELETE, code::COMMON])
    .with_parameters(parameter::ALL);

/// The operations of the interfaces.
pub(crate) const OPERATIONS: &[&Operation] = &[LIST, CREATE, RENAME, PAUSE, RESUME, DELETE];

// === impl Client ===

impl Client {
    /// Creates a call batch, unless another one of the campaign has its name.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::may_have_taken_effect`] tells whether the server may have created the
    /// batch nevertheless, in which case its name finds it.
    pub async fn create_call_batch(
        &self,
        campaign: CampaignRef,
        new: &NewCallBatch,
        context: impl Into<CallContext>,
    ) -> Result<Created<CallBatchId>, Error> {
        let context = &context.into();
        let body = JsonBody::new()
            .member("name", new.name.as_str())
            .optional("status", new.status.map(WantedStatus::number));
        let request = ApiRequest::new(CREATE, Method::POST, path(campaign, "create")).json(body);
        let object = Named {
            client: &self.inner,
            campaign,
            name: &new.name,
        };
        create_named(&self.inner, context, &request, &object).await
    }

    /// Finds the call batch of a campaign that has exactly this name.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn find_call_batch(
        &self,
        campaign: CampaignRef,
        name: &str,
        context: impl Into<CallContext>,
    ) -> Result<Option<CallBatch>, Error> {
        let mut attempts = Attempts::new(&self.inner, context);
        find(&self.inner, campaign, name, &mut attempts).await
    }

    /// Gives a call batch another name.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn rename_call_batch(
        &self,
        batch: &CallBatchRef,
        name: &str,
        context: impl Into<CallContext>,
    ) -> Result<(), Error> {
        let body = JsonBody::new()
            .member("id", batch.call_batch_id.as_str())
            .member("name", name);
        let effect = Effect::new(&self.inner, batch, Change::Name(name));
        let request = ApiRequest::new(RENAME, Method::POST, path(batch.campaign, "update"));
        write_and_settle(&self.inner, context, &request.json(body), &effect).await
    }

    /// Deletes a call batch. One that does not exist is no error, nor is a campaign that does not.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn delete_call_batch(
        &self,
        batch: &CallBatchRef,
        context: impl Into<CallContext>,
    ) -> Result<(), Error> {
        let request = ApiRequest::new(DELETE, Method::POST, path(batch.campaign, "delete"));
        let effect = Effect::new(&self.inner, batch, Change::Gone);
        let request = request.json(by_id(batch));
        match write_and_settle(&self.inner, context, &request, &effect).await {
            Err(Error::Api(error)) if error.is_not_found() => Ok(()),
            result => result,
        }
    }
}

/// Finds the batch with exactly this name. The server's filter is fuzzy.
async fn find(
    client: &Arc<ClientInner>,
    campaign: CampaignRef,
    name: &str,
    attempts: &mut Attempts<'_>,
) -> Result<Option<CallBatch>, Error> {
    let filter = CallBatchFilter {
        name: Some(name.to_owned()),
        status: None,
    };
    let listed = list(client, campaign, &filter, attempts).await?;
    Ok(listed.entries.into_iter().find(|batch| batch.name == name))
}

/// A batch to be created.
struct Named<'a> {
    client: &'a Arc<ClientInner>,
    campaign: CampaignRef,
    name: &'a str,
}

/// A change of an existing batch.
struct Effect<'a> {
    client: &'a Arc<ClientInner>,
    batch: &'a CallBatchRef,
    change: Change<'a>,
}

/// What a write changes.
#[derive(Clone, Copy, Debug)]
enum Change<'a> {
    /// The batch gets this name.
    Name(&'a str),
    /// The batch no longer exists.
    Gone,
}

// === impl Named ===

impl NamedObject for Named<'_> {
    type Id = CallBatchId;

    fn name(&self) -> &str {
        self.name
    }

    fn read_reply(&self, reply: &Envelope) -> Result<CallBatchId, ProtocolProblem> {
        const PLACE: &str = "returnObject";
        let object = reply.get(PLACE).unwrap_or(&Value::Null);
        call_batch_id(&JsonObject::new(object, PLACE)?)
    }

    async fn find(&self, attempts: &mut Attempts<'_>) -> Result<Option<CallBatchId>, Error> {
        let found = find(self.client, self.campaign, self.name, attempts).await?;
        Ok(found.map(|batch| batch.call_batch_id))
    }
}

// === impl Effect ===

impl<'a> Effect<'a> {
    const fn new(
        client: &'a Arc<ClientInner>,
        batch: &'a CallBatchRef,
        change: Change<'a>,
    ) -> Self {
        Self {
            client,
            batch,
            change,
        }
    }
}

impl ReadEffect for Effect<'_> {
    type Output = ();

    fn read_reply(&self, _: &Envelope) -> Result<(), ProtocolProblem> {
        Ok(())
    }

    /// Every write names the batch by its ID and leaves it as it wants it, so it may be repeated
    /// wherever a read does not show its effect.
    async fn read_effect(&self, attempts: &mut Attempts<'_>) -> Result<WriteState<()>, Error> {
        let campaign = self.batch.campaign;
        let listed = match list(self.client, campaign, &CallBatchFilter::default(), attempts).await
        {
            Ok(listed) => listed,
            // The repeated request gets the same answer, which settles it.
            Err(Error::Api(error)) if error.is_not_found() => return Ok(WriteState::NotApplied),
            Err(error) => return Err(error),
        };
        let is_it = |batch: &&CallBatch| batch.call_batch_id == self.batch.call_batch_id;
        let found = listed.entries.iter().find(is_it);
        let is_applied = match (self.change, found) {
            (Change::Name(name), Some(batch)) => batch.name == name,
            (Change::Gone, None) => listed.is_steady,
            (Change::Name(_), None) | (Change::Gone, Some(_)) => false,
        };
        Ok(if is_applied {
            WriteState::Applied(())
        } else {
            WriteState::NotApplied
        })
    }
}
