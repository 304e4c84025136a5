//! Destroys the resource, although the API cannot delete a policy.

use isales_client::{CampaignRef, Error, RetryPolicy, retry_policy::equivalent};
use tfplugin::{call::Call, diagnostics::Diagnostic, model::Attr, path::AttributePath};

use super::{
    conflict::{self, Precheck},
    deletion_policy::DeletionPolicy,
    display::{shown, shown_or_none},
    model::RetryPolicyModel,
    private::{Document, Private},
    run_history::{LastAction, RunHistory},
    sightings::Sightings,
    state::{RetryPolicyState, campaign},
    verify::{Verified, set_and_verify},
};
use crate::{api_error, provider_data::ProviderData};

/// The effect of a destroy on the campaign.
enum Destroy {
    /// The campaign keeps its policy.
    Abandon,
    /// The campaign gets back its earlier policy.
    Restore(RetryPolicy),
    /// The earlier policy would be restored, but none is known.
    NothingToRestore,
}

/// Warns if a planned destroy will leave the policy on the campaign.
///
/// # Errors
/// A destroy that `deletion_policy` prevents.
pub(super) fn plan_destroy(
    call: &mut Call<'_, ProviderData>,
    prior: &RetryPolicyState,
) -> Result<(), Diagnostic> {
    // Terraform plans the destroy of a replaced object again after creating its replacement.
    let run = RunHistory::of(call);
    let campaign = campaign(call.data, &prior.model);
    if campaign.is_ok_and(|campaign| run.has_replaced(campaign, prior.private.as_ref())) {
        return Ok(());
    }
    let destroy = intent(prior)?;
    warn(call, &prior.model, &destroy);
    Ok(())
}

/// Removes the policy from Terraform's management, and restores the earlier one if asked to.
///
/// # Errors
/// A destroy that `deletion_policy` prevents, or a policy that could not be restored.
pub(super) async fn delete(
    call: &mut Call<'_, ProviderData>,
    prior: RetryPolicyState,
) -> Result<(), Diagnostic> {
    let campaign = campaign(call.data, &prior.model)?;
    let history = RunHistory::of(call);
    let mut locked = history.lock(call, campaign).await?;
    if let Some(policy) = prior.model.without_validation() {
        Sightings::of(call).note_known(campaign, policy);
    }
    if let Some(new) = locked.replacement_of(prior.private.as_ref()) {
        warn_already_replaced(call, campaign, prior.private.as_ref(), new);
        return Ok(());
    }
    let destroy = intent(&prior)?;
    warn(call, &prior.model, &destroy);
    let mut undone = None;
    if let Destroy::Restore(before) = &destroy {
        if locked.already_restored(before) {
            warn_already_restored(call, campaign, before);
            return Ok(());
        }
        restore(call, campaign, &prior.model, before).await?;
        undone = prior.model.without_validation().as_ref().map(Document::new);
    }
    if let Some(private) = prior.private {
        locked.set(LastAction::Destroyed { private, undone });
    }
    Ok(())
}

/// Sets the policy from before Terraform, unless the campaign has it already or does not exist.
async fn restore(
    call: &mut Call<'_, ProviderData>,
    campaign: CampaignRef,
    prior: &RetryPolicyModel,
    before: &RetryPolicy,
) -> Result<(), Diagnostic> {
    let client = call.data.api()?;
    let seen = prior.without_validation();
    let precheck = conflict::check(call, client, campaign, prior, seen.as_ref(), before);
    let earlier = match precheck.await? {
        Precheck::Proceed(earlier) => earlier,
        Precheck::AlreadySet(_) | Precheck::CampaignNotFound(_) => return Ok(()),
    };
    let kept = match set_and_verify(call, client, campaign, before, &earlier).await {
        Ok(Verified::Kept(_) | Verified::CampaignNotFound | Verified::Unsupported) => {
            return Ok(());
        }
        Ok(Verified::Other(kept)) => kept,
        Ok(Verified::NotShownYet { waited }) => {
            call.warn(
                "Retry Policy Not Shown Yet",
                format!(
                    "The server has confirmed the earlier retry policy of campaign {campaign} \
                     ({}), but {} seconds later it still showed the one that Terraform had set. \
                     Check the campaign in CC-iSales.",
                    shown(before),
                    waited.as_secs()
                ),
            );
            return Ok(());
        }
        Ok(Verified::Unread(error)) => {
            call.warn(
                "Retry Policy Not Verified",
                format!(
                    "The server has confirmed the earlier retry policy of campaign {campaign}, \
                     but it could not be read back: {error} Check the campaign in CC-iSales."
                ),
            );
            return Ok(());
        }
        Err(Error::Api(error)) if error.is_not_found() => return Ok(()),
        Err(error) => {
            let attempt = format!(
                "The earlier retry policy of campaign {campaign} ({}) could not be restored",
                shown(before)
            );
            return Err(api_error::diagnostic(&attempt, &error));
        }
    };
    Err(Diagnostic::error(
        "Retry Policy Not Restored",
        format!(
            "CC-iSales confirmed the earlier retry policy of campaign {campaign} ({}), but kept a \
             different one: {}. Destroy again, or set deletion_policy to \"abandon\".",
            shown(before),
            shown_or_none(kept.as_ref().map(|kept| &kept.policy))
        ),
    ))
}

/// The error for a destroy under `prevent`.
fn prevented(model: &RetryPolicyModel) -> Diagnostic {
    Diagnostic::error(
        "Destroy Prevented",
        format!(
            "The retry policy of campaign {} has deletion_policy \"prevent\". To destroy it, set \
             deletion_policy to \"abandon\" or \"restore\" and apply first. If only the resource \
             is tainted, run terraform untaint.",
            name(model)
        ),
    )
    .at(AttributePath::attribute("deletion_policy"))
}

/// The error for a destroy that would lose the policy from before Terraform.
fn not_passed_on(model: &RetryPolicyModel) -> Diagnostic {
    Diagnostic::error(
        "Earlier Retry Policy Not Known",
        format!(
            "The retry policy of campaign {} has deletion_policy \"restore\", but what the resource \
             remembers was not passed on, so the policy from before Terraform would be lost. If it \
             is tainted, run terraform untaint and apply again, which sets the policy in place. If \
             its private state is damaged, restore the state from a backup, or run terraform state \
             rm, which leaves the campaign as it is.",
            name(model)
        ),
    )
    .at(AttributePath::attribute("deletion_policy"))
}

fn intent(prior: &RetryPolicyState) -> Result<Destroy, Diagnostic> {
    let policy = prior.model.deletion_policy.as_ref().known();
    match DeletionPolicy::from_name(policy.map(String::as_str)) {
        DeletionPolicy::Prevent => Err(prevented(&prior.model)),
        DeletionPolicy::Abandon => Ok(Destroy::Abandon),
        DeletionPolicy::Restore => match &prior.private {
            None => Err(not_passed_on(&prior.model)),
            Some(private) => Ok(match private.before() {
                Some(before) if !private.is_of_other_campaign(name(&prior.model)) => {
                    Destroy::Restore(before)
                }
                Some(_) | None => Destroy::NothingToRestore,
            }),
        },
    }
}

fn warn(call: &mut Call<'_, ProviderData>, model: &RetryPolicyModel, destroy: &Destroy) {
    let campaign = name(model);
    match destroy {
        Destroy::Abandon => call.warn(
            "Retry Policy Not Deleted",
            format!(
                "CC-iSales has no interface for deleting a retry policy. Campaign {campaign} \
                 keeps its policy, which is only removed from the state. To go back to the policy \
                 from before Terraform, set deletion_policy to \"restore\" and apply before you \
                 destroy."
            ),
        ),
        Destroy::NothingToRestore => call.warn(
            "Retry Policy Not Deleted",
            format!(
                "deletion_policy is \"restore\", but no policy of campaign {campaign} from before \
                 Terraform is known: the campaign had none, the resource was imported, or the server \
                 could not be queried when it was created. CC-iSales has no interface for deleting \
                 a retry policy, so the campaign keeps its policy."
            ),
        ),
        Destroy::Restore(_) => {}
    }
}

/// Explains why an object is removed without a restore: restoring its earlier policy would undo the
/// replacement that the same run has just set, and refusing would block it.
fn warn_already_replaced(
    call: &mut Call<'_, ProviderData>,
    campaign: CampaignRef,
    old: Option<&Private>,
    new: &Private,
) {
    let lost = match old.and_then(Private::before) {
        Some(before) if new.before().is_none_or(|new| !equivalent(&new, &before)) => format!(
            " Note the policy from before Terraform, which only the old object had stored: {}.",
            shown(&before)
        ),
        _ => String::new(),
    };
    call.warn(
        "Retry Policy Already Replaced In This Run",
        format!(
            "This run has already set the retry policy of campaign {campaign} for a new object: a \
             replacement, or a renamed resource. That policy stays, whatever deletion_policy says, \
             and the old object is only removed from the state.{lost}"
        ),
    );
}

/// Explains why nothing is restored: the earlier policy was that of an object that is gone.
fn warn_already_restored(
    call: &mut Call<'_, ProviderData>,
    campaign: CampaignRef,
    before: &RetryPolicy,
) {
    call.warn(
        "Retry Policy Already Restored",
        format!(
            "This run has already destroyed an older object of campaign {campaign}, and restored \
             the policy from before it. That policy stays. The policy from before this object ({}) \
             was that of the older one.",
            shown(before)
        ),
    );
}

fn name(model: &RetryPolicyModel) -> &str {
    match &model.id {
        Attr::Known(id) => id,
        Attr::Null | Attr::Unknown => "of unknown ID",
    }
}
