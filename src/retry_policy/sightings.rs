//! The policies that a run has seen before it creates an object.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use isales_client::{CampaignRef, RetryPolicy, retry_policy::equivalent};
use tfplugin::call::Call;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::earlier::Earlier;
use crate::provider_data::ProviderData;

/// The policies that this run has seen, by campaign.
#[derive(Debug, Default)]
pub(super) struct Sightings {
    campaigns: Mutex<HashMap<CampaignRef, Sighting>>,
    /// Cancelled when a plan could not read a policy.
    failure: CancellationToken,
}

#[derive(Debug, Default)]
struct Sighting {
    /// The policy that the user knows of, from the state or from a warning.
    known: Option<RetryPolicy>,
    /// The server's policy, and when a plan has read it.
    read: Option<(Earlier, Instant)>,
}

/// The time for which the read of a plan can take the place of the create's own.
///
/// In an apply, Terraform plans each object once more right before it creates it, so the usual age is
/// milliseconds. What is older comes from a create that waited for another operation.
const FRESH: Duration = Duration::from_secs(5);

// === impl Sightings ===

impl Sightings {
    /// Returns those of the run that a call belongs to.
    pub(super) fn of(call: &Call<'_, ProviderData>) -> Arc<Self> {
        call.session()
    }

    /// Returns the token that is cancelled when a plan could not read a policy.
    pub(super) fn failure(&self) -> &CancellationToken {
        &self.failure
    }

    /// Notes a policy that the user knows of.
    pub(super) fn note_known(&self, campaign: CampaignRef, policy: RetryPolicy) {
        self.lock().entry(campaign).or_default().known = Some(policy);
    }

    /// Whether the user knows of this policy.
    pub(super) fn is_known(&self, campaign: CampaignRef, policy: &RetryPolicy) -> bool {
        let campaigns = self.lock();
        let known = campaigns.get(&campaign).and_then(|one| one.known.as_ref());
        known.is_some_and(|known| equivalent(known, policy))
    }

    /// Notes the policy that a plan has read.
    pub(super) fn note_read(&self, campaign: CampaignRef, policy: Earlier) {
        self.lock().entry(campaign).or_default().read = Some((policy, Instant::now()));
    }

    /// Returns the policy that a plan has read just now. Serves once: whoever takes it will replace
    /// that policy.
    pub(super) fn take_read(&self, campaign: CampaignRef) -> Option<Earlier> {
        let (policy, at) = self.lock().get_mut(&campaign)?.read.take()?;
        (at.elapsed() <= FRESH).then_some(policy)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<CampaignRef, Sighting>> {
        self.campaigns
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_read_serves_once_and_not_for_long() {
        let sightings = Sightings::default();
        let campaign = "25/46".parse().unwrap();
        assert!(sightings.take_read(campaign).is_none());
        for (age, is_fresh) in [(0, true), (5, true), (6, false)] {
            sightings.note_read(campaign, Earlier::None);
            tokio::time::advance(Duration::from_secs(age)).await;
            assert_eq!(sightings.take_read(campaign).is_some(), is_fresh, "{age} s");
            assert!(sightings.take_read(campaign).is_none());
        }
        sightings.note_read(campaign, Earlier::None);
        assert!(sightings.take_read("25/47".parse().unwrap()).is_none());
    }
}
