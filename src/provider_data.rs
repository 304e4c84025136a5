//! Data that the configured provider passes to every operation.

use isales_client::{CampaignId, CampaignRef, Client, VdnId};
use tfplugin::{call::Call, diagnostics::Diagnostic, model::Attr, path::AttributePath};

/// The server, the default VDN, and a source of random numbers.
#[derive(Debug)]
pub struct ProviderData {
    server: Server,
    vdn_id: Attr<VdnId>,
    random: fastrand::Rng,
}

#[derive(Debug)]
enum Server {
    Ready(Client),
    /// These arguments are unknown until apply.
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
            random: fastrand::Rng::with_seed(0),
        }
    }

    /// Returns the same data with a source of random numbers.
    pub(super) fn with_random(self, random: fastrand::Rng) -> Self {
        Self { random, ..self }
    }

    /// Returns the source of random numbers. Each copy yields the same ones.
    pub(super) fn random(&self) -> fastrand::Rng {
        self.random.clone()
    }

    /// Returns the API client.
    ///
    /// # Errors
    /// The configuration is not known yet: in a plan, before the resources it depends on exist.
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

    /// Returns the server as the Host header names it; empty while the configuration is not known.
    pub(super) fn server(&self) -> &str {
        match &self.server {
            Server::Ready(client) => client.host(),
            Server::Pending(_) => "",
        }
    }

    /// Returns the provider's `vdn_id`, for objects that do not set their own.
    pub(crate) fn default_vdn_id(&self) -> Attr<VdnId> {
        self.vdn_id
    }

    /// Leaves out a generated `vdn_id` that is the provider's.
    pub(crate) fn leave_out_default_vdn_id(&self, vdn_id: &mut Attr<i64>) {
        let default = self.vdn_id.known().map(|vdn_id| i64::from(vdn_id.get()));
        if default.is_some() && vdn_id.known() == default {
            *vdn_id = Attr::Null;
        }
    }

    /// Returns the object's own VDN, or else the provider's.
    ///
    /// # Errors
    /// Neither is set, or the provider's is not known yet.
    fn vdn_id_or_default(&self, own: Option<VdnId>) -> Result<VdnId, Diagnostic> {
        match (own, self.vdn_id) {
            (Some(vdn_id), _) | (None, Attr::Known(vdn_id)) => Ok(vdn_id),
            (None, Attr::Unknown) => Err(unknown_vdn_id()),
            (None, Attr::Null) => Err(missing_vdn_id()),
        }
    }

    /// Completes the planned `vdn_id` of an object: the configured one, or else the provider's, so that
    /// a change of it replaces the object.
    ///
    /// # Errors
    /// Neither is set, and the object is new.
    pub(super) fn planned_vdn_id(
        &self,
        configured: Attr<i64>,
        prior: Option<Attr<i64>>,
    ) -> Result<Attr<i64>, Diagnostic> {
        if !configured.is_null() {
            return Ok(configured);
        }
        match (self.vdn_id, prior) {
            (Attr::Known(vdn_id), _) => Ok(Attr::Known(vdn_id.get().into())),
            // The provider had a VDN when the object was created. It is assumed to stay the same.
            (Attr::Unknown | Attr::Null, Some(prior)) => Ok(prior),
            (Attr::Unknown, None) => Ok(Attr::Unknown),
            (Attr::Null, None) => Err(missing_vdn_id()),
        }
    }

    /// Returns whether the VDN of an object with this `vdn_id` is known, or known to be missing.
    pub(super) fn is_vdn_id_known(&self, own: Attr<i64>) -> bool {
        match own {
            Attr::Known(_) => true,
            Attr::Unknown => false,
            Attr::Null => !self.vdn_id.is_unknown(),
        }
    }

    /// Converts an object's own `vdn_id`; without one, returns the provider's.
    pub(super) fn resolve_vdn_id(&self, own: Option<i64>) -> Result<VdnId, Diagnostic> {
        let own = own.map(VdnId::try_from).transpose();
        self.vdn_id_or_default(own.map_err(|error| invalid_id("vdn_id", &error))?)
    }

    /// Returns the campaign that a model refers to.
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

/// The error for a value that is not an ID.
pub(super) fn invalid_id(name: &str, error: &impl ToString) -> Diagnostic {
    Diagnostic::error("Invalid ID", error.to_string()).at(AttributePath::attribute(name))
}

/// The error for an object whose VDN is only known after apply.
fn unknown_vdn_id() -> Diagnostic {
    Diagnostic::error(
        "Provider Configuration Not Known Yet",
        "vdn_id is not set here, and the provider argument vdn_id depends on a value that is only \
         known after apply. Set it here, or apply what it depends on first, for example with \
         -target.",
    )
    .at(AttributePath::attribute("vdn_id"))
}

/// Warns that a change is planned for the VDN that the object has, because the provider's is not known
/// yet.
pub(super) fn warn_of_assumed_vdn(
    call: &mut Call<'_, ProviderData>,
    configured: Attr<i64>,
    prior: Attr<i64>,
) {
    if let (Attr::Null, Attr::Unknown, Attr::Known(vdn_id)) = (configured, call.data.vdn_id, prior)
    {
        call.warn(
            "VDN Assumed",
            format!(
                "The provider's vdn_id is not known yet, so this change is planned for VDN {vdn_id}, \
                 the resource's current one. If vdn_id turns out to be different, apply fails before \
                 anything is set, and the next plan replaces the resource. To avoid this, set vdn_id \
                 in the resource."
            ),
        );
    }
}

/// The error for an object whose VDN is not set anywhere.
fn missing_vdn_id() -> Diagnostic {
    Diagnostic::error(
        "Missing VDN ID",
        "vdn_id is set neither here nor in the provider configuration. Set it in one of them, or \
         set the environment variable ISALES_VDN_ID.",
    )
    .at(AttributePath::attribute("vdn_id"))
}
