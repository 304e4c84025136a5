//! Campaigns of a recorded server.

use super::{CampaignStatus, Campaigns, model};
use crate::{
    json::Node,
    like::{RecordedData, RecordedObject},
    store::Store,
};

pub(super) const RECORDED: &[RecordedData] = &[
    RecordedData {
        path: "v1/openapi/campaigns/{vdnId}",
        load: load_list,
    },
    RecordedData {
        path: "v1/openapi/campaigns/{vdnId}/{campaignId}",
        load: load_detail,
    },
];

fn load_list(store: &mut Store, object: &RecordedObject<'_>) {
    for row in object.rows() {
        let id = ["id", "campaignId"].iter().find_map(|name| {
            let value = row.member(name)?;
            value
                .as_number()
                .or_else(|| value.as_text().and_then(|text| text.parse().ok()))
        });
        if let Some(id) = id {
            load(store, object.vdn_id, id, row);
        }
    }
}

fn load_detail(store: &mut Store, object: &RecordedObject<'_>) {
    let json = object.reply.body.json.as_ref();
    let detail = json.and_then(|json| json.member("returnObject"));
    if let (Some(id), Some(detail @ Node::Object(_))) = (object.campaign_id, detail) {
        load(store, object.vdn_id, id, detail);
    }
}

fn load(store: &mut Store, vdn_id: u16, campaign_id: i64, row: &Node) {
    model::add(store, vdn_id, campaign_id);
    let campaigns = store.vdn_or_new(vdn_id).part_mut::<Campaigns>();
    let Some(campaign) = campaigns.0.get_mut(&campaign_id) else {
        return;
    };
    let text = |names: &[&str]| {
        let mut values = names.iter().filter_map(|name| row.member(name));
        values.find_map(Node::as_text).map(str::to_owned)
    };
    if let Some(name) = text(&["name", "campaignName"]) {
        campaign.name = name;
    }
    campaign.description = text(&["description"]).unwrap_or_default();
    if let Some(time) = text(&["strBeginTime", "beginTime"]) {
        campaign.begin_time = time;
    }
    if let Some(time) = text(&["strEndTime", "endTime"]) {
        campaign.end_time = time;
    }
    if let Some(device_type) = row.member("deviceType").and_then(Node::as_number) {
        campaign.device_type = device_type;
    }
    if let Some(status) = row.member("status").and_then(Node::as_number) {
        campaign.status = CampaignStatus::of_number(status);
    }
}
