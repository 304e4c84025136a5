//! What one run of Terraform does to a campaign with more than one object: a replacement and the
//! object it replaces, or one resource under two names.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use isales_client::{CampaignRef, RetryPolicy, retry_policy::equivalent};
use tfplugin::call::Call;
use tokio::sync::OwnedMutexGuard;

use super::private::Private;
use crate::provider_data::ProviderData;

/// The campaigns of one run. Terraform starts and configures the provider anew for each.
#[derive(Debug)]
pub(super) struct RunHistory(Mutex<Campaigns>);

#[derive(Debug)]
struct Campaigns {
    turns: HashMap<CampaignRef, Turns>,
    /// Numbers the objects.
    random: fastrand::Rng,
}

/// Whoever creates or destroys an object of a campaign waits for its turn.
type Turns = Arc<tokio::sync::Mutex<LastAction>>;

/// What was done last.
#[derive(Debug, Default)]
pub(super) enum LastAction {
    #[default]
    Nothing,
    /// A new object has set a policy; this is what it remembers.
    Created(Private),
    /// An object is gone.
    Destroyed {
        /// What it remembered.
        private: Private,
        /// Its policy, where that has given way to the one from before.
        undone: Option<RetryPolicy>,
    },
}

// === impl RunHistory ===

impl RunHistory {
    /// Returns the history of the run that a call belongs to.
    pub(super) fn of(call: &Call<'_, ProviderData>) -> Arc<Self> {
        call.session_or_init(|| Self::new(call.data.random()))
    }

    fn new(random: fastrand::Rng) -> Self {
        let turns = HashMap::new();
        Self(Mutex::new(Campaigns { turns, random }))
    }

    /// Waits until nobody else creates or destroys an object of the campaign.
    pub(super) async fn lock(&self, campaign: CampaignRef) -> OwnedMutexGuard<LastAction> {
        let turns = {
            let mut campaigns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(campaigns.turns.entry(campaign).or_default())
        };
        turns.lock_owned().await
    }

    /// Whether an object has given way to another of its campaign, and nobody is at it now.
    pub(super) fn has_replaced(&self, campaign: CampaignRef, old: Option<&Private>) -> bool {
        let campaigns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let turns = campaigns.turns.get(&campaign);
        let done = turns.and_then(|turns| turns.try_lock().ok());
        done.is_some_and(|done| done.replacement_of(old).is_some())
    }

    /// A number for a new object, which no older one has.
    pub(super) fn number(&self) -> u64 {
        let mut campaigns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        campaigns.random.u64(..)
    }
}

// === impl LastAction ===

impl LastAction {
    /// What the object remembers that this run has created in place of an older one.
    pub(super) fn replacement_of(&self, old: Option<&Private>) -> Option<&Private> {
        match self {
            Self::Created(new) if !old.is_some_and(|old| new.is_of_same_object(old)) => Some(new),
            Self::Nothing | Self::Created(_) | Self::Destroyed { .. } => None,
        }
    }

    /// What a new object of the campaign takes over. Terraform itself does not pass it on.
    pub(super) fn inherited(&self) -> Option<Private> {
        match self {
            Self::Destroyed { private, .. } => Some(private.clone()),
            Self::Nothing | Self::Created(_) => None,
        }
    }

    /// Whether this policy from before an object was that of another object, which is gone and
    /// whose own earlier policy is back.
    pub(super) fn already_restored(&self, before: &RetryPolicy) -> bool {
        match self {
            Self::Destroyed {
                undone: Some(undone),
                ..
            } => equivalent(undone, before),
            Self::Nothing | Self::Created(_) | Self::Destroyed { .. } => false,
        }
    }
}
