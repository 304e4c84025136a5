//! The list of a campaign's call batches: a GET with a JSON body.

use std::sync::Arc;

use super::{
    codes,
    id::{CallBatchId, CallBatchRef},
    model::{CallBatch, CallBatchFilter, CallBatchStatus},
    parameter,
};
use crate::{
    call_context::CallContext,
    client::Client,
    error::{Error, Operation, ProtocolProblem, code},
    http::{
        ApiRequest, Attempts, ClientInner, JsonBody, JsonObject, Listed, PageParameters, Pages,
        Paging,
    },
    id::CampaignRef,
};

pub(super) const LIST: &Operation = &Operation::read("list", "the call batches")
    .with_codes(&[codes::LIST, code::COMMON])
    .with_parameters(parameter::ALL);

/// The interface names no maximum. 100 is that of similar lists, and as many batches as a campaign
/// may have unless the limit is raised.
const PAGING: Paging = Paging {
    parameters: PageParameters::Body {
        offset: "offset",
        limit: "limit",
    },
    max_size: 100,
    total: "totalCount",
    entries: "data",
};

// === impl Client ===

impl Client {
    /// Lists the call batches of a campaign, page by page (API reference, `callbatch/…/list`).
    #[must_use]
    pub fn call_batches(
        &self,
        campaign: CampaignRef,
        filter: &CallBatchFilter,
        context: impl Into<CallContext>,
    ) -> Pages<CallBatch> {
        pages(&self.inner, campaign, filter, context)
    }

    /// Finds a call batch in the list of its campaign.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn call_batch(
        &self,
        batch: &CallBatchRef,
        context: impl Into<CallContext>,
    ) -> Result<Option<CallBatch>, Error> {
        let mut attempts = Attempts::new(&self.inner, context);
        find_by_id(&self.inner, batch, &mut attempts).await
    }
}

/// Finds the batch with this ID, as part of the call whose attempts these are.
pub(super) async fn find_by_id(
    client: &Arc<ClientInner>,
    batch: &CallBatchRef,
    attempts: &mut Attempts<'_>,
) -> Result<Option<CallBatch>, Error> {
    let filter = CallBatchFilter::default();
    let listed = list(client, batch.campaign, &filter, attempts).await?;
    let mut entries = listed.entries.into_iter();
    Ok(entries.find(|found| found.call_batch_id == batch.call_batch_id))
}

/// Lists call batches, as part of the call whose attempts these are.
pub(super) async fn list(
    client: &Arc<ClientInner>,
    campaign: CampaignRef,
    filter: &CallBatchFilter,
    attempts: &mut Attempts<'_>,
) -> Result<Listed<CallBatch>, Error> {
    let pages = pages(client, campaign, filter, attempts.context());
    pages.all_within(attempts).await
}

fn pages(
    client: &Arc<ClientInner>,
    campaign: CampaignRef,
    filter: &CallBatchFilter,
    context: impl Into<CallContext>,
) -> Pages<CallBatch> {
    let request = ApiRequest::get(LIST, path(campaign, "list"));
    let filters = JsonBody::new()
        .optional("name", filter.name.as_deref())
        .optional("status", filter.status.map(CallBatchStatus::number));
    Pages::new(Arc::clone(client), context, request, PAGING, call_batch).filtered_by(filters)
}

/// Returns the path of one of the interfaces.
pub(super) fn path(campaign: CampaignRef, interface: &str) -> String {
    let CampaignRef {
        vdn_id,
        campaign_id,
    } = campaign;
    format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/callbatch/{campaign_id}/{interface}")
}

fn call_batch(row: &JsonObject<'_>) -> Result<CallBatch, ProtocolProblem> {
    Ok(CallBatch {
        call_batch_id: call_batch_id(row)?,
        name: row.text(&["name"])?,
        status: row.optional_integer(&["status"])?.map(Into::into),
    })
}

/// Reads the ID of a call batch.
pub(super) fn call_batch_id(row: &JsonObject<'_>) -> Result<CallBatchId, ProtocolProblem> {
    const ID: &[&str] = &["id"];
    CallBatchId::new(row.text(ID)?).ok_or_else(|| row.unreadable(ID, "the ID of a call batch"))
}
