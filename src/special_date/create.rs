//! Creates a special date.

use isales_client::{
    CampaignRef, Client, Created, Error,
    error::ProtocolProblem,
    quoted,
    special_date::{ListedDate, SpecialDate, SpecialDateRef},
};
use tfplugin::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    model::Attr,
    path::AttributePath,
    resource::{ApplyFailure, State},
};

use super::{display::shown, lists, model::SpecialDateModel, rules};
use crate::{api_error, call_context::context, lag::read_until_shown, provider_data::ProviderData};

/// The outcome of an operation that ends with a state.
pub(super) type Applied = Result<State<SpecialDateModel>, ApplyFailure<SpecialDateModel>>;

/// Adds a special date, whose name no other one of the campaign may have, and finds its ID by its name.
///
/// # Errors
/// With a state without an ID if the date may exist nevertheless.
pub(super) async fn create(
    call: &mut Call<'_, ProviderData>,
    mut planned: State<SpecialDateModel>,
) -> Applied {
    let client = call.data.api()?;
    let campaign = planned.model.campaign(call.data)?;
    let date = checked(&planned.model)?;
    let _writing = lists::writing(call, campaign);
    let found = match client
        .add_special_date(campaign, &date, context(call))
        .await
    {
        Ok(Created::New(found)) => found,
        Ok(Created::NameTaken(taken)) => return Err(name_taken(campaign, &taken).into()),
        Err(error) => match find_again(call, client, campaign, &date, &error).await {
            Some(found) => found,
            None => return Err(not_created(campaign, &date, &error, planned)),
        },
    };
    if found.date != date {
        return Err(kept_other(campaign, &date, &found).into());
    }
    planned.model.set(campaign, found);
    Ok(planned)
}

/// Returns the special date of a plan. Values that were unknown when the configuration was validated
/// are checked here for the first time.
pub(super) fn checked(model: &SpecialDateModel) -> Result<SpecialDate, Diagnostics> {
    let found = rules::check(model);
    if found.has_errors() {
        return Err(found);
    }
    Ok(model.special_date())
}

/// Looks for the date after a create whose outcome is open. If the server has confirmed it, lists may
/// lag behind, and are read for a while.
async fn find_again(
    call: &Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
    date: &SpecialDate,
    error: &Error,
) -> Option<ListedDate> {
    if !error.may_have_taken_effect() {
        return None;
    }
    let read = || async {
        let listed = lists::now(call, client, campaign).await?;
        Ok::<_, Error>(listed.by_name(&date.name)?.cloned())
    };
    let lags = |found: &Option<ListedDate>| is_confirmed(error) && found.is_none();
    read_until_shown(call, read, lags).await.ok()?.value
}

/// Returns whether the server has confirmed the date, so that only its ID is missing.
fn is_confirmed(error: &Error) -> bool {
    matches!(
        error,
        Error::Protocol(error) if matches!(error.problem, ProtocolProblem::NotListed { .. })
    )
}

/// The failure of a create. If the date may exist nevertheless, it stays in the state without its ID,
/// which the next refresh finds.
fn not_created(
    campaign: CampaignRef,
    date: &SpecialDate,
    error: &Error,
    mut planned: State<SpecialDateModel>,
) -> ApplyFailure<SpecialDateModel> {
    let name = quoted(&date.name);
    let mut diagnostic = if is_confirmed(error) {
        Diagnostic::error(
            "Special Date Not Listed",
            format!(
                "The server has confirmed the special date {name} of campaign {campaign}, but the \
                 campaign's list does not show it, or could not be read, so its ID is not known. The \
                 request may have taken effect."
            ),
        )
    } else {
        let attempt =
            format!("The special date {name} of campaign {campaign} could not be created");
        api_error::diagnostic(&attempt, error)
    };
    if !error.may_have_taken_effect() {
        return diagnostic.into();
    }
    api_error::add(
        &mut diagnostic,
        " The next plan finds the special date by its name and values. It replaces what it finds, \
         unless you run terraform untaint first.",
    );
    planned.model.id = Attr::Null;
    planned.model.special_date_id = Attr::Null;
    ApplyFailure::with_state(diagnostic, planned)
}

/// The error for a name that another special date had before.
fn name_taken(campaign: CampaignRef, taken: &ListedDate) -> Diagnostic {
    let id = SpecialDateRef {
        campaign,
        special_date_id: taken.id,
    };
    Diagnostic::error(
        "Special Date Name Already Used",
        format!(
            "Campaign {campaign} already has a special date with this name ({}), and nothing was \
             created. Choose another name, or manage that special date by importing {id}.",
            shown(&taken.date)
        ),
    )
    .at(AttributePath::attribute("name"))
}

/// The error for a date that has the new name, but not the values that were sent. Somebody else may have
/// created it at the same time, so it is not taken into the state.
fn kept_other(campaign: CampaignRef, sent: &SpecialDate, found: &ListedDate) -> Diagnostic {
    let id = SpecialDateRef {
        campaign,
        special_date_id: found.id,
    };
    Diagnostic::error(
        "Server Kept Another Special Date",
        format!(
            "After the special date was sent to campaign {campaign}, the server has a different one \
             under its name. Sent: {}. Kept: {}. If that is the new one, manage it by importing {id}, \
             and configure the values that the server keeps; otherwise choose another name.",
            shown(sent),
            shown(&found.date)
        ),
    )
}
