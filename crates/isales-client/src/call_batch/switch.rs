//! The calls that pause and resume a call batch.

use std::sync::Arc;

use http::Method;

use super::{
    body::by_id,
    codes,
    id::CallBatchRef,
    list::{find_by_id, path},
    model::CallBatchStatus,
    parameter,
};
use crate::{
    call_context::CallContext,
    client::Client,
    error::{ApiError, Error, Operation, ProtocolProblem, code},
    http::{ApiRequest, Attempts, ClientInner, Envelope, ReadEffect, WriteState, write_and_settle},
    switch::{Switch, Switched},
};

pub(super) const PAUSE: &Operation = &Operation::write("pause", "the call batch")
    .with_codes(&[codes::PAUSE, code::COMMON])
    .with_parameters(parameter::ALL);
pub(super) const RESUME: &Operation = &Operation::write("resume", "the call batch")
    .with_codes(&[codes::RESUME, code::COMMON])
    .with_parameters(parameter::ALL);

/// The effect of a switch: the list shows the batch with the status.
struct SwitchEffect<'a> {
    client: &'a Arc<ClientInner>,
    batch: &'a CallBatchRef,
    switch: Switch,
}

// === impl CallBatchStatus ===

impl CallBatchStatus {
    /// Returns the status that a switch leaves a batch in.
    #[must_use]
    pub const fn after(switch: Switch) -> Self {
        match switch {
            Switch::Pause => Self::Suspended,
            Switch::Resume => Self::Started,
        }
    }
}

// === impl Client ===

impl Client {
    /// Pauses or resumes a call batch (POST).
    ///
    /// After a failure that leaves open whether the server has done it, the call reads the list of the
    /// campaign, and sends the request again only if the batch does not have the status yet. It also reads
    /// the list when the server refuses the request because the batch has the status already (`03000006`,
    /// and probably `03000005`). If the batch has the status, the call succeeds.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::may_have_taken_effect`] tells whether the switch may have taken effect
    /// nevertheless.
    pub async fn switch_call_batch(
        &self,
        batch: &CallBatchRef,
        switch: Switch,
        context: impl Into<CallContext>,
    ) -> Result<Switched, Error> {
        let (operation, interface) = match switch {
            Switch::Pause => (PAUSE, "pause"),
            Switch::Resume => (RESUME, "resume"),
        };
        let path = path(batch.campaign, interface);
        let request = ApiRequest::new(operation, Method::POST, path).json(by_id(batch));
        let effect = SwitchEffect {
            client: &self.inner,
            batch,
            switch,
        };
        write_and_settle(&self.inner, context, &request, &effect).await
    }
}

// === impl SwitchEffect ===

impl ReadEffect for SwitchEffect<'_> {
    type Output = Switched;

    fn read_reply(&self, _: &Envelope) -> Result<Switched, ProtocolProblem> {
        Ok(Switched::Confirmed)
    }

    fn may_be_in_effect(&self, refusal: &ApiError) -> bool {
        refusal.is_conflict()
    }

    async fn read_effect(
        &self,
        attempts: &mut Attempts<'_>,
    ) -> Result<WriteState<Switched>, Error> {
        let batch = match find_by_id(self.client, self.batch, attempts).await {
            Ok(batch) => batch,
            // The repeated request gets the same answer, which settles it.
            Err(Error::Api(error)) if error.is_not_found() => None,
            Err(error) => return Err(error),
        };
        let wanted = Some(CallBatchStatus::after(self.switch));
        Ok(if batch.is_some_and(|batch| batch.status == wanted) {
            WriteState::Applied(Switched::Shown)
        } else {
            WriteState::NotApplied
        })
    }
}
