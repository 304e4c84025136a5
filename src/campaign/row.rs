//! The attributes of a campaign that both data sources show.

use isales_client::campaign::Campaign;
use tfplugin::{model, model::Attr, schema::Attribute};

use super::status::STATUSES;

model! {
    /// One campaign of a list.
    pub(crate) struct CampaignRow {
        pub(super) campaign_id: Attr<i64>,
        pub(super) name: Attr<String>,
        pub(super) status: Attr<i64>,
        pub(super) device_type: Attr<i64>,
        pub(super) begin_time: Attr<String>,
        pub(super) end_time: Attr<String>,
    }
}

/// Returns the computed attributes of a campaign, except its ID and name.
pub(super) fn facts() -> Vec<Attribute> {
    vec![
        Attribute::number("status", format!("Status (`status`): {STATUSES}.")).computed(),
        Attribute::number(
            "device_type",
            "Device type (`deviceType`): `1` IVR in intelligent outbound calls, `2` skill queue \
             in predicted outbound calls, `3` IVR in automatic outbound calls, `5` skill queue in \
             previewed outbound calls, `6` skill queue in preempted outbound calls.",
        )
        .computed(),
        Attribute::string(
            "begin_time",
            "Time at which the campaign begins, as the server writes it.",
        )
        .computed(),
        Attribute::string(
            "end_time",
            "Time at which the campaign ends, as the server writes it.",
        )
        .computed(),
    ]
}

impl From<Campaign> for CampaignRow {
    fn from(campaign: Campaign) -> Self {
        Self {
            campaign_id: Attr::Known(campaign.campaign_id.get()),
            name: Attr::Known(campaign.name),
            status: campaign.status.map(|status| status.number()).into(),
            device_type: campaign.device_type.map(|device| device.number()).into(),
            begin_time: campaign.begin_time.into(),
            end_time: campaign.end_time.into(),
        }
    }
}
