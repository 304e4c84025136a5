//! Lists the campaigns of a VDN.
//!
//! The name `id` in an entry is \[I\]: the stored pages end before that table. The other names are
//! those of the detail's `returnObject`.

use time::{PrimitiveDateTime, format_description::BorrowedFormatItem, macros::format_description};

use super::{Campaign, Campaigns};
use crate::{
    api::{ApiCall, QueryParameters, Refusal, ResultCode, empty, page, success_with, wrong_value},
    http::Reply,
    json::Node,
};

const TIME: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");

const PARAMETERS: [&str; 8] = [
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
/// Values of `status`; 0 matches any.
const STATUSES: [i64; 4] = [0, 2, 3, 4];
/// Values of `deviceType`; 0 matches any. cec_07_4007 lists 2, 3, 5 and 6, the V2 interface also 1.
const DEVICE_TYPES: [i64; 6] = [0, 1, 2, 3, 5, 6];
const DEVICE_TYPE_IVR: i64 = 3;

/// The conditions on a campaign that a request states.
struct Filter<'a> {
    name: &'a str,
    status: i64,
    device_type: i64,
    begin: Option<&'a str>,
    end: Option<&'a str>,
}

/// GET (cec_07_4007, cec_07_0727). `status` and `deviceType` are required. `name` matches a part of
/// the name \[I\]; a `curPage` below 1 becomes 1.
pub(super) fn list(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let campaigns = call.vdn()?.part::<Campaigns>();
    call.check_content_type()?;
    let query = call.query(&PARAMETERS)?;
    let filter = Filter::parse(&query)?;
    query.integer("ccId")?;
    let number = query.integer("curPage")?.unwrap_or(1).max(1);
    let size = query
        .integer_in("rowsPerPage", 1..=MAX_ROWS)?
        .unwrap_or(DEFAULT_ROWS);

    let found: Vec<(&i64, &Campaign)> = campaigns
        .0
        .iter()
        .filter(|(_, campaign)| filter.matches(campaign))
        .collect();
    let total = found.len();
    let ivr = found
        .iter()
        .filter(|(_, campaign)| campaign.device_type == DEVICE_TYPE_IVR)
        .count();
    let rows = page(found, number, size).map(|(id, campaign)| {
        let mut members = vec![("id".to_owned(), Node::number(id))];
        members.extend(campaign.members());
        Node::Object(members)
    });
    Ok(success_with([
        ("curPage", Node::number(number)),
        ("totalSize", Node::number(total)),
        ("rowsPerPage", Node::number(size)),
        ("curSkillQueueCount", Node::number(total - ivr)),
        ("curIvrCount", Node::number(ivr)),
        ("data", Node::List(rows.collect())),
    ]))
}

// === impl Filter ===

impl<'a> Filter<'a> {
    fn parse(query: &'a QueryParameters) -> Result<Self, Refusal> {
        let name = query.text("name").unwrap_or_default();
        if name.chars().count() > MAX_NAME {
            return Err(Refusal::new(
                ResultCode::TooLong,
                "name has at most 30 characters.",
            ));
        }
        Ok(Self {
            name,
            status: query
                .integer_of("status", &STATUSES)?
                .ok_or_else(|| empty("status"))?,
            device_type: query
                .integer_of("deviceType", &DEVICE_TYPES)?
                .ok_or_else(|| empty("deviceType"))?,
            begin: time(query, "beginTime")?,
            end: time(query, "endTime")?,
        })
    }

    fn matches(&self, campaign: &Campaign) -> bool {
        campaign.name.contains(self.name)
            && (self.status == 0 || campaign.status.number() == self.status)
            && (self.device_type == 0 || campaign.device_type == self.device_type)
            // Times in this format sort like their text.
            && self.begin.is_none_or(|begin| campaign.begin_time.as_str() >= begin)
            && self.end.is_none_or(|end| campaign.end_time.as_str() <= end)
    }
}

fn time<'a>(query: &'a QueryParameters, name: &str) -> Result<Option<&'a str>, Refusal> {
    match query.text(name) {
        Some(text) if PrimitiveDateTime::parse(text, TIME).is_err() => {
            Err(wrong_value(name, "yyyy-MM-dd HH:mm:ss"))
        }
        text => Ok(text),
    }
}
