//! The calls that read: list and detail.

use std::sync::Arc;

use serde_json::Value;

use super::{
    codes,
    model::{Campaign, CampaignFilter, CampaignStatus, DeviceType},
};
use crate::{
    call_context::CallContext,
    client::Client,
    error::{Error, Operation, ProtocolProblem, code},
    http::{
        ApiRequest, Attempts, ClientInner, JsonObject, PageParameters, Pages, Paging, ReplyReader,
    },
    id::{CAMPAIGN_ID, CampaignId, CampaignRef, VDN_ID, VdnId},
};

pub(super) const LIST: &Operation = &Operation::read("list", "the outbound campaigns")
    .with_codes(&[code::COMMON, codes::STATE])
    .with_parameters(&[VDN_ID]);
pub(super) const QUERY: &Operation = &Operation::read("query", "the outbound campaign")
    .with_codes(&[code::COMMON, codes::NOT_FOUND, codes::STATE])
    .with_parameters(&[VDN_ID, CAMPAIGN_ID]);

/// The list interface returns at most 100 rows per page.
const PAGING: Paging = Paging {
    parameters: PageParameters::Query {
        page: "curPage",
        size: "rowsPerPage",
    },
    max_size: 100,
    total: "totalSize",
    entries: "data",
};

// === impl Client ===

impl Client {
    /// Lists the campaigns of a VDN, page by page (API reference, list of campaigns).
    #[must_use]
    pub fn campaigns(
        &self,
        vdn_id: VdnId,
        filter: &CampaignFilter,
        context: impl Into<CallContext>,
    ) -> Pages<Campaign> {
        let path = format!("/rest/isales/v1/openapi/campaigns/{vdn_id}");
        // Status and device type are mandatory; 0 means all.
        let status = filter.status.map_or(0, CampaignStatus::number);
        let device_type = filter.device_type.map_or(0, DeviceType::number);
        let mut request = ApiRequest::get(LIST, path)
            .query("status", status)
            .query("deviceType", device_type);
        for (name, value) in [
            ("name", &filter.name),
            ("beginTime", &filter.begin_time),
            ("endTime", &filter.end_time),
        ] {
            if let Some(value) = value {
                request = request.query(name, value);
            }
        }
        let client = Arc::clone(&self.inner);
        Pages::new(client, context, request, PAGING, |row| read(row, None))
    }

    /// Queries one campaign; `None` if it does not exist (API reference, detail of a campaign).
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn campaign(
        &self,
        id: CampaignRef,
        context: impl Into<CallContext>,
    ) -> Result<Option<Campaign>, Error> {
        let mut attempts = Attempts::new(&self.inner, context);
        query(&self.inner, &mut attempts, id).await
    }
}

/// Queries one campaign as part of a call.
pub(super) async fn query(
    client: &ClientInner,
    attempts: &mut Attempts<'_>,
    campaign: CampaignRef,
) -> Result<Option<Campaign>, Error> {
    let CampaignRef {
        vdn_id,
        campaign_id,
    } = campaign;
    let path = format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/{campaign_id}");
    let request = ApiRequest::get(QUERY, path);
    let members = match attempts.make_until_done(&request).await {
        Ok(members) => members,
        Err(Error::Api(error)) if error.is_not_found() => return Ok(None),
        Err(error) => return Err(error),
    };
    let object = members.get("returnObject").unwrap_or(&Value::Null);
    if object.is_null() {
        return Ok(None);
    }
    JsonObject::new(object, "returnObject")
        .and_then(|row| read(&row, Some(campaign_id)))
        .map(Some)
        .map_err(|problem| ReplyReader::new(client, QUERY).problem(problem))
}

/// Reads a campaign. The pages name some members differently for adding and for listing, so both
/// spellings are accepted.
fn read(row: &JsonObject<'_>, known: Option<CampaignId>) -> Result<Campaign, ProtocolProblem> {
    const ID: &[&str] = &["id", "campaignId"];
    let id = row.optional_integer(ID)?.map(CampaignId::try_from);
    let campaign_id = match (id, known) {
        (_, Some(id)) | (Some(Ok(id)), None) => id,
        _ => return Err(row.unreadable(ID, "a positive integer")),
    };
    Ok(Campaign {
        campaign_id,
        name: row.text(&["name", "campaignName"])?,
        status: row.optional_integer(&["status"])?.map(Into::into),
        device_type: row.optional_integer(&["deviceType"])?.map(Into::into),
        begin_time: row.optional_text(&["beginTime", "strBeginTime"])?,
        end_time: row.optional_text(&["endTime", "strEndTime"])?,
    })
}
