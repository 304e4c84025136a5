//! The calls for campaigns: list and detail.

use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::{Campaign, CampaignFilter, CampaignStatus, DeviceType};
use crate::{
    client::Client,
    error::{Error, Operation, ProtocolProblem},
    http::{
        exchange::ApiRequest,
        json_object::JsonObject,
        pages::{Pages, Paging},
        retry::Attempts,
    },
    id::{CampaignId, CampaignRef, VdnId},
};

/// The list takes at most 100 rows a page.
const PAGING: Paging = Paging {
    page: "curPage",
    size: "rowsPerPage",
    max_size: 100,
    total: "totalSize",
};

// === impl Client ===

impl Client {
    /// Lists the campaigns of a VDN, page by page (API reference, list of campaigns).
    #[must_use]
    pub fn campaigns(
        &self,
        vdn_id: VdnId,
        filter: &CampaignFilter,
        cancel: &CancellationToken,
    ) -> Pages<Campaign> {
        let path = format!("/rest/isales/v1/openapi/campaigns/{vdn_id}");
        let mut request = ApiRequest::get(Operation::ListCampaigns, path);
        // Status and device type are mandatory; 0 stands for all.
        let status = filter.status.map_or(0, CampaignStatus::number);
        let device_type = filter.device_type.map_or(0, DeviceType::number);
        request.query = vec![
            ("status", status.to_string()),
            ("deviceType", device_type.to_string()),
        ];
        for (name, value) in [
            ("name", &filter.name),
            ("beginTime", &filter.begin_time),
            ("endTime", &filter.end_time),
        ] {
            request
                .query
                .extend(value.clone().map(|value| (name, value)));
        }
        Pages::new(self.clone(), cancel.clone(), request, PAGING, |row| {
            campaign(row, None)
        })
    }

    /// Queries one campaign; none if it does not exist (API reference, detail of a campaign).
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn campaign(
        &self,
        id: CampaignRef,
        cancel: &CancellationToken,
    ) -> Result<Option<Campaign>, Error> {
        let CampaignRef {
            vdn_id,
            campaign_id,
        } = id;
        let path = format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/{campaign_id}");
        let request = ApiRequest::get(Operation::QueryCampaign, path);
        let result = Attempts::new(&self.shared, cancel)
            .make_until_done(&request)
            .await;
        let members = match result {
            Ok(members) => members,
            Err(Error::Api(error)) if error.code.says_gone() => return Ok(None),
            Err(error) => return Err(error),
        };
        let object = members.get("returnObject").unwrap_or(&Value::Null);
        if object.is_null() {
            return Ok(None);
        }
        JsonObject::new(object, "returnObject")
            .and_then(|row| campaign(&row, Some(campaign_id)))
            .map(Some)
            .map_err(|problem| {
                self.shared
                    .reader(Operation::QueryCampaign)
                    .problem(problem)
            })
    }
}

/// Reads a campaign. The reference shows the names of a campaign that is added, not of one that
/// is listed, so both spellings are taken.
fn campaign(row: &JsonObject<'_>, known: Option<CampaignId>) -> Result<Campaign, ProtocolProblem> {
    const ID: &[&str] = &["id", "campaignId"];
    let told = row.optional_integer(ID)?.map(CampaignId::try_from);
    let campaign_id = match (told, known) {
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
