//! The calls: list (GET), add (POST), modify (PUT) and delete (DELETE).

use std::collections::BTreeSet;

use http::Method;
use serde_json::Value;

use super::{
    codes,
    id::{SpecialDateId, SpecialDateRef},
    model::{ListedDate, ListedDates, SpecialDate, Week},
    parameter::NAMES,
};
use crate::{
    call_context::CallContext,
    client::Client,
    error::{Error, Operation, ProtocolProblem, code},
    http::{
        ApiRequest, Attempts, ClientInner, Created, Envelope, JsonBody, JsonObject, NamedObject,
        ReadEffect, ReplyReader, WriteState, create_named, list, write_and_settle,
    },
    id::CampaignRef,
    whole_number::integer_of,
};

pub(super) const LIST: &Operation = &Operation::read("list", "the special dates")
    .with_codes(&[codes::LIST, code::COMMON])
    .with_parameters(NAMES);
pub(super) const ADD: &Operation = &Operation::write("add", "the special date")
    .with_codes(&[codes::ADD, code::COMMON])
    .with_parameters(NAMES);
pub(super) const MODIFY: &Operation = &Operation::write("modify", "the special date")
    .with_codes(&[codes::MODIFY, code::COMMON])
    .with_parameters(NAMES);
pub(super) const DELETE: &Operation = &Operation::write("delete", "the special date")
    .with_codes(&[codes::DELETE, code::COMMON])
    .with_parameters(NAMES);

/// The operations of the interfaces.
pub(crate) const OPERATIONS: &[&Operation] = &[LIST, ADD, MODIFY, DELETE];

/// The member of a reply that contains the list.
const DATA: &str = "data";

// === impl Client ===

impl Client {
    /// Lists the special dates of a campaign (API reference, `holiday`).
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn special_dates(
        &self,
        campaign: CampaignRef,
        context: impl Into<CallContext>,
    ) -> Result<ListedDates, Error> {
        let mut attempts = Attempts::new(&self.inner, context);
        dates(&self.inner, &mut attempts, campaign).await
    }

    /// Adds a special date to a campaign, unless its name is taken. Returns it as the list shows it.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::may_have_taken_effect`] tells whether the server may have added it
    /// nevertheless.
    pub async fn add_special_date(
        &self,
        campaign: CampaignRef,
        date: &SpecialDate,
        context: impl Into<CallContext>,
    ) -> Result<Created<ListedDate>, Error> {
        let context = &context.into();
        let body = members(JsonBody::new(), date);
        let request = ApiRequest::new(ADD, Method::POST, path(campaign)).json(body);
        let object = NewDate {
            client: &self.inner,
            campaign,
            date,
        };
        create_named(&self.inner, context, &request, &object).await
    }

    /// Modifies a special date.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::may_have_taken_effect`] tells whether the server may have modified it
    /// nevertheless.
    pub async fn modify_special_date(
        &self,
        id: SpecialDateRef,
        date: &SpecialDate,
        context: impl Into<CallContext>,
    ) -> Result<(), Error> {
        let body = JsonBody::new().member("id", id.special_date_id.get());
        let request =
            ApiRequest::new(MODIFY, Method::PUT, path(id.campaign)).json(members(body, date));
        let effect = Settled {
            client: &self.inner,
            id,
            wanted: Some(date),
        };
        write_and_settle(&self.inner, context, &request, &effect).await
    }

    /// Deletes a special date. It is no error if the date or its campaign does not exist.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::may_have_taken_effect`] tells whether the server may have deleted it
    /// nevertheless.
    pub async fn delete_special_date(
        &self,
        id: SpecialDateRef,
        context: impl Into<CallContext>,
    ) -> Result<(), Error> {
        let path = format!("{}/{}", path(id.campaign), id.special_date_id);
        let request = ApiRequest::new(DELETE, Method::DELETE, path);
        let effect = Settled {
            client: &self.inner,
            id,
            wanted: None,
        };
        match write_and_settle(&self.inner, context, &request, &effect).await {
            Err(Error::Api(error)) if error.is_not_found() => Ok(()),
            result => result,
        }
    }
}

/// A special date to add.
struct NewDate<'a> {
    client: &'a ClientInner,
    campaign: CampaignRef,
    date: &'a SpecialDate,
}

/// The effect of a modification or a deletion: the list shows the date as it is wanted, or not at all.
struct Settled<'a> {
    client: &'a ClientInner,
    id: SpecialDateRef,
    wanted: Option<&'a SpecialDate>,
}

// === impl NewDate ===

impl NamedObject for NewDate<'_> {
    type Id = ListedDate;

    fn name(&self) -> &str {
        &self.date.name
    }

    /// Reads nothing: what the reply contains is not documented. The name then finds the date.
    fn read_reply(&self, _: &Envelope) -> Result<ListedDate, ProtocolProblem> {
        Err(ProtocolProblem::NotListed {
            name: self.date.name.clone(),
        })
    }

    async fn find(&self, attempts: &mut Attempts<'_>) -> Result<Option<ListedDate>, Error> {
        let listed = dates(self.client, attempts, self.campaign).await?;
        Ok(listed.by_name(&self.date.name)?.cloned())
    }
}

// === impl Settled ===

impl ReadEffect for Settled<'_> {
    type Output = ();

    fn read_reply(&self, _: &Envelope) -> Result<(), ProtocolProblem> {
        Ok(())
    }

    async fn read_effect(&self, attempts: &mut Attempts<'_>) -> Result<WriteState<()>, Error> {
        let listed = match dates(self.client, attempts, self.id.campaign).await {
            // A campaign that does not exist has no dates.
            Err(Error::Api(error)) if error.is_not_found() => ListedDates::default(),
            listed => listed?,
        };
        let now = listed.by_id(self.id.special_date_id)?;
        Ok(if now.map(|now| &now.date) == self.wanted {
            WriteState::Applied(())
        } else {
            WriteState::NotApplied
        })
    }
}

/// Lists the special dates of a campaign, as part of a call.
async fn dates(
    client: &ClientInner,
    attempts: &mut Attempts<'_>,
    campaign: CampaignRef,
) -> Result<ListedDates, Error> {
    let request = ApiRequest::get(LIST, path(campaign));
    let members = attempts.make_until_done(&request).await?;
    read(client, &members)
}

/// Reads a list. The examples write null for what there is none of, so a reply without the list has lost
/// it: as an empty list, it would make every date of the campaign seem to be gone.
fn read(client: &ClientInner, members: &Envelope) -> Result<ListedDates, Error> {
    let problem = |problem| ReplyReader::new(client, LIST).problem(problem);
    if !members.contains_key(DATA) {
        return Err(problem(ProtocolProblem::Member {
            path: DATA.to_owned(),
            expected: "a list or null",
        }));
    }
    let mut listed = ListedDates::default();
    for (index, row) in list(members, DATA).map_err(problem)?.iter().enumerate() {
        let place = format!("{DATA}[{index}]");
        match JsonObject::new(row, &place).and_then(|row| listed_date(&row)) {
            Ok(date) => listed.dates.push(date),
            Err(reason) => {
                listed.unreadable.get_or_insert_with(|| problem(reason));
            }
        }
    }
    Ok(listed)
}

fn listed_date(row: &JsonObject<'_>) -> Result<ListedDate, ProtocolProblem> {
    const ID: &[&str] = &["id", "holidayId"];
    const TYPE: &[&str] = &["type"];
    let id = row.optional_integer(ID)?.map(SpecialDateId::try_from);
    let Some(Ok(id)) = id else {
        return Err(row.unreadable(ID, "a positive integer"));
    };
    let date_type = row
        .optional_integer(TYPE)?
        .ok_or_else(|| row.unreadable(TYPE, "an integer"))?;
    let date = SpecialDate {
        name: row.text(&["name"])?,
        date_type: date_type.into(),
        week: week(row)?,
        begin_time: row.optional_text(&["beginTime"])?,
        end_time: row.optional_text(&["endTime"])?,
    };
    Ok(ListedDate { id, date })
}

/// Reads days that are separated by commas, as the reference has them, or a list of days.
fn week(row: &JsonObject<'_>) -> Result<Week, ProtocolProblem> {
    const WEEK: &str = "week";
    let days = match row.member(WEEK) {
        None | Some(Value::Null) => return Ok(Week::default()),
        Some(Value::String(text)) if text.trim().is_empty() => return Ok(Week::default()),
        Some(Value::String(text)) => text
            .split(',')
            .map(|day| integer_of(&Value::from(day)))
            .collect(),
        Some(Value::Array(days)) => days.iter().map(integer_of).collect(),
        Some(day) => integer_of(day).map(|day| BTreeSet::from([day])),
    };
    days.map(Week)
        .ok_or_else(|| row.unreadable(&[WEEK], "days separated by commas"))
}

/// Adds the members of a special date to a body, in the order of the example. Those that its type does
/// not have are null, as there.
fn members(body: JsonBody, date: &SpecialDate) -> JsonBody {
    let week = Some(date.week.to_string()).filter(|week| !week.is_empty());
    body.member("name", date.name.as_str())
        .member("type", date.date_type.number())
        .member("week", week)
        .member("beginTime", date.begin_time.as_deref())
        .member("endTime", date.end_time.as_deref())
}

fn path(campaign: CampaignRef) -> String {
    let CampaignRef {
        vdn_id,
        campaign_id,
    } = campaign;
    format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/holiday/{campaign_id}")
}
