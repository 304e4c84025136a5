//! Updates a special date in place.

use isales_client::{
    Error,
    special_date::{ListedDate, SpecialDate, SpecialDateRef},
};
use tfplugin::{
    call::Call,
    diagnostics::Diagnostic,
    resource::{ApplyFailure, State},
};

use super::{
    create::{Applied, checked},
    display::shown,
    lists,
    model::SpecialDateModel,
};
use crate::{api_error, call_context::context, lag::read_until_shown, provider_data::ProviderData};

/// Modifies a special date, and reads it back. Arguments that the API does not have change without a
/// request.
pub(super) async fn update(
    call: &mut Call<'_, ProviderData>,
    prior: SpecialDateModel,
    mut planned: State<SpecialDateModel>,
) -> Applied {
    let date = checked(&planned.model)?;
    let earlier = prior.special_date();
    if date == earlier {
        return Ok(planned);
    }
    let client = call.data.api()?;
    let id = planned.model.reference(call.data)?;
    let _writing = lists::writing(call, id.campaign);
    if let Err(error) = client.modify_special_date(id, &date, context(call)).await {
        let attempt = format!("The special date {id} could not be changed");
        // If the outcome is open, the prior state stays: the next plan reads the server.
        return Err(api_error::diagnostic(&attempt, &error).into());
    }
    let read = || async {
        let listed = lists::now(call, client, id.campaign).await?;
        Ok::<_, Error>(listed.by_id(id.special_date_id)?.cloned())
    };
    let lags =
        |found: &Option<ListedDate>| found.as_ref().is_some_and(|found| found.date == earlier);
    match read_until_shown(call, read, lags).await {
        Ok(last) => match (last.value, last.waited_in_vain) {
            (_, Some(waited)) => {
                call.warn(
                    "Special Date Not Shown Yet",
                    format!(
                        "The server has confirmed the change of the special date {id}, but {} seconds \
                         later it still showed the one from before: {}. The state contains what was \
                         confirmed; the next plan reads the server again.",
                        waited.as_secs(),
                        shown(&earlier)
                    ),
                );
                Ok(planned)
            }
            (found, None) => match (mismatch(id, &date, found.as_ref()), found) {
                (None, _) => Ok(planned),
                (Some(mismatch), None) => Err(mismatch.into()),
                (Some(mismatch), Some(found)) => {
                    planned.model.set(id.campaign, found);
                    Err(ApplyFailure::with_state(mismatch, planned))
                }
            },
        },
        Err(error) => {
            call.warn(
                "Special Date Not Verified",
                format!(
                    "The server has confirmed the change of the special date {id}, but it could not be \
                     read back: {}",
                    api_error::not_read_back(&error)
                ),
            );
            Ok(planned)
        }
    }
}

/// Compares what the server has after a change with what was sent.
fn mismatch(
    id: SpecialDateRef,
    sent: &SpecialDate,
    found: Option<&ListedDate>,
) -> Option<Diagnostic> {
    let Some(found) = found else {
        return Some(Diagnostic::error(
            "Special Date Not Found",
            format!(
                "CC-iSales confirmed the change of the special date {id}, but no longer lists it. It \
                 may have been deleted in the meantime. Plan again: if it is gone, the plan creates it \
                 once more."
            ),
        ));
    };
    (found.date != *sent).then(|| {
        Diagnostic::error(
            "Server Kept Another Special Date",
            format!(
                "CC-iSales confirmed the change of the special date {id}, but kept a different one. \
                 Sent: {}. Kept: {}. Configure the values that the server keeps.",
                shown(sent),
                shown(&found.date)
            ),
        )
    })
}
