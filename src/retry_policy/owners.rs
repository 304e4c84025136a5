//! Finds two resources for one campaign while Terraform plans.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Mutex, PoisonError},
};

use isales_client::CampaignRef;
use tfplugin::{
    call::Call, diagnostics::Diagnostic, model::IntoValue as _, resource::Plan, value::Value,
};

use super::{errors::managed_twice, model::RetryPolicyModel, private::Private};
use crate::provider_data::ProviderData;

/// The owner of each campaign in this plan.
#[derive(Debug, Default)]
struct Owners(Mutex<HashMap<CampaignRef, Owner>>);

/// An object that a plan creates or keeps. Terraform does not name its resource.
#[derive(Clone, Debug, PartialEq)]
enum Owner {
    /// A new one, with its configuration.
    New(Value),
    /// One that exists, with its number if it has one: imported ones do not.
    Existing(Option<u64>),
}

/// Claims a campaign for the object of a plan.
///
/// A plan of a destroy claims nothing, so a resource may get another name.
///
/// # Errors
/// Another object of the same plan has claimed it: the two would take turns in changing the policy.
pub(super) fn claim(
    call: &Call<'_, ProviderData>,
    campaign: CampaignRef,
    plan: &Plan<'_, RetryPolicyModel, Private>,
) -> Result<(), Diagnostic> {
    let owner = Owner::of(plan);
    let owners = call.session::<Owners>();
    let mut owners = owners.0.lock().unwrap_or_else(PoisonError::into_inner);
    match owners.entry(campaign) {
        Entry::Vacant(entry) => {
            entry.insert(owner);
            Ok(())
        }
        Entry::Occupied(entry) if entry.get().may_be(&owner) => Ok(()),
        Entry::Occupied(_) => Err(managed_twice(campaign)),
    }
}

/// Gives a campaign free once its object has been applied: what is planned later is another plan.
pub(super) fn release(call: &Call<'_, ProviderData>, campaign: CampaignRef) {
    let owners = call.session::<Owners>();
    let mut owners = owners.0.lock().unwrap_or_else(PoisonError::into_inner);
    owners.remove(&campaign);
}

// === impl Owner ===

impl Owner {
    fn of(plan: &Plan<'_, RetryPolicyModel, Private>) -> Self {
        let prior = plan.prior.map(|prior| prior.private.as_ref());
        match (prior, plan.replaced()) {
            (Some(private), _) => Self::Existing(private.and_then(Private::object)),
            // The second plan of an object that is replaced.
            (None, Some(replaced)) => Self::Existing(replaced.object()),
            (None, None) => Self::New(plan.config.clone().into_value()),
        }
    }

    /// Whether both may be one object. Terraform plans each object again before it applies the plan,
    /// and `terraform test` does so (in 1.14) without configuring the provider anew: what was unknown
    /// is known by then. Two new objects that are alike are told apart when they are created.
    fn may_be(&self, later: &Self) -> bool {
        match (self, later) {
            (Self::New(config), Self::New(again)) => config == again || !config.is_wholly_known(),
            (earlier, later) => earlier == later,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_objects_are_told_apart_where_that_is_certain() {
        let (one, two) = (Owner::Existing(Some(1)), Owner::Existing(Some(2)));
        let imported = Owner::Existing(None);
        let new = |config: &str| Owner::New(config.into());
        for same in [&one, &imported, &new("one policy")] {
            assert!(same.may_be(same), "{same:?}");
        }
        for (a, b) in [
            (&one, &two),
            (&one, &imported),
            (&one, &new("one policy")),
            (&new("one policy"), &new("another")),
        ] {
            assert!(!a.may_be(b) && !b.may_be(a), "{a:?}, {b:?}");
        }
        // The same, once it is known.
        assert!(Owner::New(Value::Unknown).may_be(&new("one policy")));
    }
}
