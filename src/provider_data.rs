//! What a configured provider works with.

use std::sync::atomic::{AtomicBool, Ordering};

use isales_client::{CampaignId, CampaignRef, Client, VdnId, id::IdError};
use tfplugin::{call::Call, diagnostics::Diagnostic, model::Attr, path::AttributePath};

use crate::retry_policy::RunHistory;

/// The server as the configuration describes it.
#[derive(Debug)]
pub struct ProviderData {
    server: Server,
    vdn_id: Attr<VdnId>,
    said_unsupported: AtomicBool,
    run: RunHistory,
}

#[derive(Debug)]
enum Server {
    Ready(Client),
    /// Part of the configuration is not known before apply.
    Pending(Vec<&'static str>),
}

// === impl ProviderData ===

impl ProviderData {
    pub(super) fn ready(client: Client, vdn_id: Attr<VdnId>) -> Self {
        Self::new(Server::Ready(client), vdn_id)
    }

    pub(super) fn pending(unknown: Vec<&'static str>, vdn_id: Attr<VdnId>) -> Self {
        Self::new(Server::Pending(unknown), vdn_id)
    }

    fn new(server: Server, vdn_id: Attr<VdnId>) -> Self {
        Self {
            server,
            vdn_id,
            said_unsupported: AtomicBool::new(false),
            run: RunHistory::new(fastrand::Rng::new()),
        }
    }

    /// The client.
    ///
    /// # Errors
    /// A configuration that is not known yet: in a plan, before what it depends on is made.
    pub(super) fn api(&self) -> Result<&Client, Diagnostic> {
        match &self.server {
            Server::Ready(client) => Ok(client),
            Server::Pending(unknown) => Err(Diagnostic::error(
                "Provider Configuration Not Known Yet",
                format!(
                    "The provider arguments {} depend on values that are only known after apply, \
                     so CC-iSales cannot be reached yet. Apply what they depend on first, for \
                     example with -target.",
                    unknown.join(", ")
                ),
            )),
        }
    }

    /// The provider's `vdn_id`, for a resource that has none.
    pub(crate) fn default_vdn_id(&self) -> Attr<VdnId> {
        self.vdn_id
    }

    /// What was done to which campaign since the provider was configured.
    pub(super) fn run_history(&self) -> &RunHistory {
        &self.run
    }

    /// The VDN of an object: its own, or the provider's.
    ///
    /// # Errors
    /// There is neither, or the provider's is not known yet.
    fn vdn_id_or_default(&self, own: Option<VdnId>) -> Result<VdnId, Diagnostic> {
        match (own, self.vdn_id) {
            (Some(vdn_id), _) | (None, Attr::Known(vdn_id)) => Ok(vdn_id),
            (None, Attr::Unknown) => Err(unknown_vdn_id()),
            (None, Attr::Null) => Err(missing_vdn_id()),
        }
    }

    /// The VDN of a question: the number it gives, or the provider's.
    pub(super) fn resolve_vdn_id(&self, own: Option<i64>) -> Result<VdnId, Diagnostic> {
        let own = own.map(VdnId::try_from).transpose();
        self.vdn_id_or_default(own.map_err(|error| invalid_id("vdn_id", &error))?)
    }

    /// Names a campaign by the numbers of a state.
    pub(super) fn campaign_ref(
        &self,
        vdn_id: Option<i64>,
        campaign_id: Option<i64>,
    ) -> Result<CampaignRef, Diagnostic> {
        let campaign_id = CampaignId::try_from(campaign_id.unwrap_or_default())
            .map_err(|error| invalid_id("campaign_id", &error))?;
        Ok(CampaignRef {
            vdn_id: self.resolve_vdn_id(vdn_id)?,
            campaign_id,
        })
    }
}

fn invalid_id(name: &str, error: &IdError) -> Diagnostic {
    Diagnostic::error("Invalid ID", error.to_string()).at(AttributePath::attribute(name))
}

/// Warns, once a run, that the server cannot be asked.
pub(super) fn warn_unsupported(call: &mut Call<'_, ProviderData>) {
    if !call.data.said_unsupported.swap(true, Ordering::Relaxed) {
        call.warn(
            "Retry Policies Cannot Be Read",
            "This server has no interface for querying a retry policy, so Terraform goes by its \
             state: changes made elsewhere are not found, and what was set is not verified.",
        );
    }
}

/// The error for a campaign whose VDN only apply will tell.
fn unknown_vdn_id() -> Diagnostic {
    Diagnostic::error(
        "Provider Configuration Not Known Yet",
        "vdn_id is not set here, and the provider argument vdn_id depends on a value that is only \
         known after apply. Set it here, or apply what it depends on first, for example with \
         -target.",
    )
    .at(AttributePath::attribute("vdn_id"))
}

/// The error for a campaign whose VDN nobody names.
pub(super) fn missing_vdn_id() -> Diagnostic {
    Diagnostic::error(
        "Missing VDN ID",
        "vdn_id is set neither here nor in the provider configuration. Set it in one of them, or \
         set the environment variable ISALES_VDN_ID.",
    )
    .at(AttributePath::attribute("vdn_id"))
}
