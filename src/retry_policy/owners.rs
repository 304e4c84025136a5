//! Finds two resources for one campaign while Terraform plans.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Mutex, PoisonError},
};

use isales_client::CampaignRef;
use tfplugin::{call::Call, diagnostics::Diagnostic, resource::Plan};

use super::{errors::managed_twice, model::RetryPolicyModel, private::Private};
use crate::provider_data::ProviderData;

/// The owner of each campaign in this plan.
#[derive(Debug, Default)]
struct Owners(Mutex<HashMap<CampaignRef, Owner>>);

/// An object that a plan creates or keeps. Terraform does not name its resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// A new one.
    New,
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
        Entry::Occupied(entry) if entry.get().may_be(owner) => Ok(()),
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
            (None, None) => Self::New,
        }
    }

    /// Whether both may be one object. Terraform plans an object that it replaces twice, but a new
    /// one only once.
    fn may_be(self, other: Self) -> bool {
        self == other && self != Self::New
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_objects_are_told_apart_where_that_is_certain() {
        let (one, two) = (Owner::Existing(Some(1)), Owner::Existing(Some(2)));
        let imported = Owner::Existing(None);
        assert!(one.may_be(one) && imported.may_be(imported));
        for (a, b) in [
            (one, two),
            (one, imported),
            (one, Owner::New),
            (Owner::New, Owner::New),
        ] {
            assert!(!a.may_be(b) && !b.may_be(a), "{a:?}, {b:?}");
        }
    }
}
