//! Listing campaigns and querying one.
//!
//! The name of an entry's `id` in the list is \[I\]: the stored pages end before that table. The
//! other names are those of the detail's `returnObject`.

use time::PrimitiveDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use super::check_content_type;
use super::parameters::{QueryParameters, campaign_id, missing, page, vdn_id, wrong_value};
use crate::campaign::{Campaign, Vdn};
use crate::pseudo_json::{Node, Style};
use crate::result_code::{Refusal, ResultCode, envelope};
use crate::store::Store;
use crate::wire::WireRequest;

const TIME: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");

const LIST_PARAMETERS: [&str; 8] = [
    "name",
    "status",
    "deviceType",
    "beginTime",
    "endTime",
    "curPage",
    "rowsPerPage",
    "ccId",
];
const MAX_NAME: usize = 30;
const DEFAULT_ROWS: i64 = 10;
const MAX_ROWS: i64 = 100;
/// Values of `status`; 0 is any.
const STATUSES: [i64; 4] = [0, 2, 3, 4];
/// Values of `deviceType`; 0 is any. cec_07_4007 names 2, 3, 5 and 6, the V2 interface 1 too.
const DEVICE_TYPES: [i64; 6] = [0, 1, 2, 3, 5, 6];
const DEVICE_TYPE_IVR: i64 = 3;

/// GET on a VDN (cec_07_4007, cec_07_0727). `status` and `deviceType` are mandatory. Names match by
/// part \[I\]; a `curPage` below 1 becomes 1.
pub(super) fn list(store: &Store, request: &WireRequest, vdn: &str) -> Result<String, Refusal> {
    let vdn = find_vdn(store, vdn)?;
    check_content_type(request)?;
    let query = QueryParameters::of(request, &LIST_PARAMETERS)?;
    let name = query.text("name").unwrap_or_default();
    if name.chars().count() > MAX_NAME {
        return Err(Refusal::new(
            ResultCode::TooLong,
            "name has at most 30 characters.",
        ));
    }
    let status = query
        .integer_of("status", &STATUSES)?
        .ok_or_else(|| missing("status"))?;
    let device_type = query
        .integer_of("deviceType", &DEVICE_TYPES)?
        .ok_or_else(|| missing("deviceType"))?;
    let begin = time(&query, "beginTime")?;
    let end = time(&query, "endTime")?;
    query.integer("ccId")?;
    let number = query.integer("curPage")?.unwrap_or(1).max(1);
    let size = query
        .integer_in("rowsPerPage", 1..=MAX_ROWS)?
        .unwrap_or(DEFAULT_ROWS);

    let found: Vec<(&i64, &Campaign)> = vdn
        .campaigns
        .iter()
        .filter(|(_, campaign)| campaign.name.contains(name))
        .filter(|(_, campaign)| status == 0 || campaign.status == status)
        .filter(|(_, campaign)| device_type == 0 || campaign.device_type == device_type)
        // The format orders as its text does.
        .filter(|(_, campaign)| begin.is_none_or(|begin| campaign.begin_time.as_str() >= begin))
        .filter(|(_, campaign)| end.is_none_or(|end| campaign.end_time.as_str() <= end))
        .collect();
    let ivr = found
        .iter()
        .filter(|(_, campaign)| campaign.device_type == DEVICE_TYPE_IVR)
        .count();
    let mut reply = envelope(ResultCode::Success, "");
    let mut add = |name: &str, value| reply.push((name.to_owned(), value));
    add("curPage", Node::number(number));
    add("totalSize", Node::number(found.len()));
    add("rowsPerPage", Node::number(size));
    add("curSkillQueueCount", Node::number(found.len() - ivr));
    add("curIvrCount", Node::number(ivr));
    let rows = page(found, number, size).map(|(id, campaign)| {
        let mut entries = vec![("id".to_owned(), Node::number(id))];
        entries.extend(fields(campaign));
        Node::Object(entries)
    });
    add("data", Node::List(rows.collect()));
    Ok(Style::JSON.write(&Node::Object(reply)))
}

/// GET on a campaign (cec_07_4006, cec_07_0726).
pub(super) fn detail(
    store: &Store,
    request: &WireRequest,
    vdn: &str,
    campaign: &str,
) -> Result<String, Refusal> {
    let vdn = find_vdn(store, vdn)?;
    let campaign = campaign_id(campaign)?;
    check_content_type(request)?;
    let campaign = vdn
        .campaigns
        .get(&campaign)
        .ok_or(ResultCode::CampaignGone)?;
    let mut reply = envelope(ResultCode::Success, "");
    reply.push(("returnObject".to_owned(), Node::Object(fields(campaign))));
    Ok(Style::JSON.write(&Node::Object(reply)))
}

/// The VDN of a path; one that is not there is a parameter error \[I\].
pub(super) fn find_vdn<'a>(store: &'a Store, text: &str) -> Result<&'a Vdn, Refusal> {
    store
        .vdn(vdn_id(text)?)
        .ok_or_else(|| Refusal::new(ResultCode::ParameterError, "The VDN does not exist."))
}

fn fields(campaign: &Campaign) -> Vec<(String, Node)> {
    [
        ("name", Node::text(&campaign.name)),
        ("description", Node::text(&campaign.description)),
        ("status", Node::number(campaign.status)),
        ("strBeginTime", Node::text(&campaign.begin_time)),
        ("strEndTime", Node::text(&campaign.end_time)),
        ("deviceType", Node::number(campaign.device_type)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

fn time<'a>(query: &'a QueryParameters, name: &str) -> Result<Option<&'a str>, Refusal> {
    match query.text(name) {
        Some(text) if PrimitiveDateTime::parse(text, TIME).is_err() => {
            Err(wrong_value(name, "yyyy-MM-dd HH:mm:ss"))
        }
        text => Ok(text),
    }
}
