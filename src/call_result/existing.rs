//! The definitions that exist in a VDN, as the operations of a run share them.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use isales_client::{
    Client, Error, VdnId,
    call_result::{CallResult, CallResultDefinition, CallResultRef, DefId},
};
use tfplugin::{call::Call, diagnostics::Diagnostic};
use tokio::sync::OwnedMutexGuard;

use crate::{call_context::context, provider_data::ProviderData, shared_walk::SharedWalk};

/// How long before a create the list may have been read. What appears in this time and is like the new
/// definition cannot be told from it if the reply to the create is lost.
const LONGEST_BEFORE_A_CREATE: Duration = Duration::from_secs(10);

/// The VDNs of a run.
#[derive(Debug, Default)]
struct Vdns(Mutex<HashMap<VdnId, Arc<Existing>>>);

/// The definitions of one VDN.
#[derive(Debug, Default)]
pub(super) struct Existing {
    walk: SharedWalk<BTreeMap<DefId, CallResult>>,
    /// Those that this run has created.
    created: Mutex<BTreeSet<DefId>>,
    /// Those that are being created.
    turns: Mutex<HashMap<CallResultDefinition, Turn>>,
}

type Turn = Arc<tokio::sync::Mutex<()>>;

// === impl Existing ===

impl Existing {
    /// Returns the definitions of a VDN in the run that a call belongs to.
    pub(super) fn of(call: &Call<'_, ProviderData>, vdn_id: VdnId) -> Arc<Self> {
        let vdns = call.session::<Vdns>();
        let mut vdns = vdns.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(vdns.entry(vdn_id).or_default())
    }

    /// Waits until no equal definition is being created: if the reply of one of them were lost, they
    /// could not be told apart.
    ///
    /// # Errors
    /// The call is cancelled, or its timeout has passed.
    pub(super) async fn turn(
        &self,
        call: &Call<'_, ProviderData>,
        definition: &CallResultDefinition,
    ) -> Result<OwnedMutexGuard<()>, Diagnostic> {
        let turn = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(turns.entry(definition.clone()).or_default())
        };
        tokio::select! {
            biased;
            () = call.cancel.cancelled() => Err(Diagnostic::error(
                "Wait For Another Operation Cancelled",
                "Another call result that is exactly the same is being created. The wait for it was \
                 cancelled, and nothing was sent. Run again.",
            )),
            guard = turn.lock_owned() => Ok(guard),
        }
    }

    /// Returns the definitions that exist before a create.
    ///
    /// # Errors
    /// Those of the client.
    pub(super) async fn before(
        &self,
        call: &Call<'_, ProviderData>,
        client: &Client,
        vdn_id: VdnId,
    ) -> Result<BTreeSet<DefId>, Error> {
        let listed = self
            .listed(call, client, vdn_id, LONGEST_BEFORE_A_CREATE)
            .await?;
        let mut before: BTreeSet<_> = listed.keys().cloned().collect();
        before.extend(self.created().iter().cloned());
        Ok(before)
    }

    /// Notes that this run has created a definition.
    pub(super) fn note_created(&self, def_id: &DefId) {
        self.created().insert(def_id.clone());
    }

    /// Returns a definition as the list shows it; `None` if it no longer exists. IDs are not used
    /// again, so a list that was read earlier in the run will do.
    ///
    /// # Errors
    /// Those of the client.
    pub(super) async fn find(
        &self,
        call: &Call<'_, ProviderData>,
        client: &Client,
        id: &CallResultRef,
    ) -> Result<Option<CallResult>, Error> {
        let max_age = if self.created().contains(&id.def_id) {
            Duration::ZERO
        } else {
            Duration::MAX
        };
        let listed = self.listed(call, client, id.vdn_id, max_age).await?;
        Ok(listed.get(&id.def_id).cloned())
    }

    async fn listed(
        &self,
        call: &Call<'_, ProviderData>,
        client: &Client,
        vdn_id: VdnId,
        max_age: Duration,
    ) -> Result<Arc<BTreeMap<DefId, CallResult>>, Error> {
        let walk = client.existing_call_results(vdn_id, context(call));
        self.walk.content(max_age, call.cancel, walk).await
    }

    fn created(&self) -> std::sync::MutexGuard<'_, BTreeSet<DefId>> {
        self.created.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
