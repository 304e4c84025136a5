//! Coordinates operations on the same campaign in one Terraform run: a replacement and the object it
//! replaces, or one campaign under two names or in two `provider` blocks.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    ops::Deref,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use isales_client::{CampaignRef, RetryPolicy, retry_policy::equivalent};
use serde::{Deserialize, Serialize};
use tfplugin::{call::Call, diagnostics::Diagnostic};
use tokio::sync::OwnedMutexGuard;

use super::private::{Document, Private};
use crate::{
    provider_data::ProviderData,
    shared_run::{Entry, SharedRun},
};

/// The history of one run: this process's, and through [`SharedRun`] that of the others.
#[derive(Debug)]
pub(super) struct RunHistory {
    campaigns: Mutex<Campaigns>,
    shared: Option<SharedRun>,
    query_answered: AtomicBool,
    said_unsupported: AtomicBool,
    lag_in_vain: AtomicBool,
}

#[derive(Debug)]
struct Campaigns {
    last_actions: HashMap<CampaignRef, Arc<tokio::sync::Mutex<LastAction>>>,
    /// Generates the numbers of objects.
    random: fastrand::Rng,
}

/// A campaign on which no other create, update or destroy is in progress, in any process of the run.
#[derive(Debug)]
pub(super) struct LockedCampaign {
    last_action: OwnedMutexGuard<LastAction>,
    entry: Option<Entry>,
    is_first: bool,
}

/// The run's last action on a campaign.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) enum LastAction {
    #[default]
    Nothing,
    /// A create or a destroy has begun, and has not ended well.
    Begun,
    /// An object was created.
    Created {
        /// Its private state.
        private: Private,
        /// Whether its policy was read back. If not, Terraform may have to create it once more.
        is_complete: bool,
    },
    /// An object was destroyed.
    Destroyed {
        /// Its private state.
        private: Private,
        /// Its policy, if the earlier one was restored in its place.
        undone: Option<Document>,
    },
}

// === impl RunHistory ===

impl RunHistory {
    /// Returns the history of the run that a call belongs to.
    pub(super) fn of(call: &Call<'_, ProviderData>) -> Arc<Self> {
        call.session_or_init(|| {
            Self::new(call.data.random(), SharedRun::join(&std::env::temp_dir()))
        })
    }

    fn new(random: fastrand::Rng, shared: Option<SharedRun>) -> Self {
        let last_actions = HashMap::new();
        Self {
            campaigns: Mutex::new(Campaigns {
                last_actions,
                random,
            }),
            shared,
            query_answered: AtomicBool::new(false),
            said_unsupported: AtomicBool::new(false),
            lag_in_vain: AtomicBool::new(false),
        }
    }

    /// Notes that the server has answered a query of a policy.
    pub(super) fn note_query_answered(&self) {
        self.query_answered.store(true, Ordering::Relaxed);
    }

    /// Whether the server has answered any query of a policy.
    pub(super) fn was_query_answered(&self) -> bool {
        self.query_answered.load(Ordering::Relaxed)
    }

    /// Whether this is the first call, so that the warning is shown only once.
    pub(super) fn is_first_unsupported(&self) -> bool {
        !self.said_unsupported.swap(true, Ordering::Relaxed)
    }

    /// Notes a wait at whose end reads still returned the earlier policy.
    pub(super) fn note_lag_in_vain(&self) {
        self.lag_in_vain.store(true, Ordering::Relaxed);
    }

    /// Whether there was such a wait.
    pub(super) fn had_lag_in_vain(&self) -> bool {
        self.lag_in_vain.load(Ordering::Relaxed)
    }

    /// Waits until no other create, update or destroy of the campaign is in progress.
    ///
    /// # Errors
    /// The call is cancelled, or its timeout has passed.
    pub(super) async fn lock(
        &self,
        call: &Call<'_, ProviderData>,
        campaign: CampaignRef,
    ) -> Result<LockedCampaign, Diagnostic> {
        let cancelled = || {
            Diagnostic::error(
                "Wait For Another Operation Cancelled",
                format!(
                    "Another operation on the retry policy of campaign {campaign} is in progress. \
                     The wait for it was cancelled, and nothing was sent. Run again."
                ),
            )
        };
        let mutex = {
            let mut campaigns = self
                .campaigns
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            Arc::clone(campaigns.last_actions.entry(campaign).or_default())
        };
        let mut last_action = tokio::select! {
            biased;
            () = call.cancel.cancelled() => return Err(cancelled()),
            last_action = mutex.lock_owned() => last_action,
        };
        let mut entry = None;
        if let Some(shared) = &self.shared {
            let key = entry_key(call.data.server(), campaign);
            match shared.lock(&key, call.cancel).await {
                Ok(locked) => entry = Some(locked),
                Err(_) if call.cancel.is_cancelled() => return Err(cancelled()),
                Err(error) => {
                    log::warn!(error:% = error; "Cannot read the history of other provider processes");
                }
            }
        }
        if let Some(latest) = entry.as_mut().and_then(Entry::read) {
            *last_action = latest;
        }
        let mut locked = LockedCampaign {
            is_first: matches!(*last_action, LastAction::Nothing),
            last_action,
            entry,
        };
        if locked.is_first {
            locked.set(LastAction::Begun);
        }
        Ok(locked)
    }

    /// Whether any process of the run has begun a create or a destroy of the campaign.
    pub(super) fn has_begun(&self, server: &str, campaign: CampaignRef) -> bool {
        let campaigns = self
            .campaigns
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let shared = self.shared.as_ref();
        campaigns.last_actions.contains_key(&campaign)
            || shared.is_some_and(|shared| shared.has_entry(&entry_key(server, campaign)))
    }

    /// Whether this process has replaced `old` with a new object of its campaign, and no operation
    /// on the campaign is in progress.
    pub(super) fn has_replaced(&self, campaign: CampaignRef, old: Option<&Private>) -> bool {
        let campaigns = self
            .campaigns
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let last_action = campaigns.last_actions.get(&campaign);
        last_action
            .and_then(|last_action| last_action.try_lock().ok())
            .is_some_and(|last_action| last_action.replacement_of(old).is_some())
    }

    /// Returns a number for a new object, different from those of older objects.
    pub(super) fn number(&self) -> u64 {
        let mut campaigns = self
            .campaigns
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        campaigns.random.u64(..)
    }
}

// === impl LockedCampaign ===

impl LockedCampaign {
    /// Whether no other create or destroy of the campaign has begun in this run before.
    pub(super) fn is_first(&self) -> bool {
        self.is_first
    }

    /// Records the last action, for this process and the others.
    pub(super) fn set(&mut self, action: LastAction) {
        if let Some(entry) = &mut self.entry
            && let Err(error) = entry.write(&action)
        {
            log::warn!(error:% = error; "Cannot share the history with other provider processes");
        }
        *self.last_action = action;
    }
}

impl Deref for LockedCampaign {
    type Target = LastAction;

    fn deref(&self) -> &LastAction {
        &self.last_action
    }
}

// === impl LastAction ===

impl LastAction {
    /// Returns the private state of the object with which this run has replaced an older one.
    pub(super) fn replacement_of(&self, old: Option<&Private>) -> Option<&Private> {
        match self {
            Self::Created { private: new, .. }
                if !old.is_some_and(|old| new.is_of_same_object(old)) =>
            {
                Some(new)
            }
            Self::Nothing | Self::Begun | Self::Created { .. } | Self::Destroyed { .. } => None,
        }
    }

    /// Whether this run has created an object of the campaign that still exists.
    pub(super) fn is_created(&self) -> bool {
        matches!(
            self,
            Self::Created {
                is_complete: true,
                ..
            }
        )
    }

    /// Returns the private state that a new object of the campaign inherits, because Terraform does
    /// not pass it on.
    pub(super) fn inherited(&self) -> Option<Private> {
        match self {
            Self::Destroyed { private, .. } => Some(private.clone()),
            Self::Nothing | Self::Begun | Self::Created { .. } => None,
        }
    }

    /// Whether `before` was the policy of an object that this run has destroyed and restored.
    pub(super) fn already_restored(&self, before: &RetryPolicy) -> bool {
        match self {
            Self::Destroyed {
                undone: Some(undone),
                ..
            } => undone
                .policy()
                .is_some_and(|undone| equivalent(&undone, before)),
            Self::Nothing | Self::Begun | Self::Created { .. } | Self::Destroyed { .. } => false,
        }
    }
}

/// Returns a file name for a campaign of a server.
fn entry_key(server: &str, campaign: CampaignRef) -> String {
    let mut hasher = DefaultHasher::new();
    server.hash(&mut hasher);
    format!(
        "{:016x}-{}-{}",
        hasher.finish(),
        campaign.vdn_id,
        campaign.campaign_id
    )
}
