//! Special dates as configuration, and where the server has them.

use serde_json::{Value as Json, json};

pub const TYPE: &str = "isales_special_date";

/// Where the server has the special dates of a campaign of VDN 25.
pub fn path(campaign_id: i64) -> String {
    format!("/rest/isales/v1/openapi/campaigns/25/holiday/{campaign_id}")
}

/// A special date on days of the week, as a configuration has it.
pub fn config(campaign_id: i64, name: &str, week: &[i64]) -> Json {
    json!({
        "id": null, "special_date_id": null, "vdn_id": null, "campaign_id": campaign_id,
        "name": name, "type": 1, "week": week, "begin_time": null, "end_time": null,
        "timeouts": null,
    })
}
