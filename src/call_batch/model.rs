//! The resource's model, and its conversion to and from the API's call batch.

use isales_client::{
    CampaignRef,
    call_batch::{
        CallBatch, CallBatchId, CallBatchRef, CallBatchStatus, NewCallBatch, WantedStatus,
    },
};
use tfplugin::{
    diagnostics::Diagnostic, model, model::Attr, path::AttributePath, timeouts::Timeouts,
};

use crate::provider_data::ProviderData;

model! {
    /// `isales_call_batch`: one call batch of a campaign.
    pub(crate) struct CallBatchModel {
        pub(crate) id: Attr<String>,
        /// Null after a create whose outcome is open: the name finds the batch then.
        pub(crate) call_batch_id: Attr<String>,
        pub(crate) vdn_id: Attr<i64>,
        pub(crate) campaign_id: Attr<i64>,
        pub(crate) name: Attr<String>,
        pub(crate) status: Attr<i64>,
        pub(crate) timeouts: Attr<Timeouts>,
    }

    /// The identity of a call batch.
    pub(crate) struct CallBatchIdentity {
        pub(crate) vdn_id: Attr<i64>,
        pub(crate) campaign_id: Attr<i64>,
        pub(crate) call_batch_id: Attr<String>,
    }
}

// === impl CallBatchModel ===

impl CallBatchModel {
    /// Creates the model of a batch that Terraform takes over.
    pub(crate) fn found(campaign: CampaignRef, batch: &CallBatch) -> Self {
        let mut model = Self {
            id: Attr::Null,
            call_batch_id: Attr::Null,
            vdn_id: Attr::Known(campaign.vdn_id.get().into()),
            campaign_id: Attr::Known(campaign.campaign_id.get()),
            name: Attr::Null,
            status: Attr::Null,
            timeouts: Attr::Null,
        };
        model.set(campaign, batch);
        model
    }

    /// Takes over the server's batch. A status that the API reference does not list says nothing
    /// about whether the batch was paused or resumed, so the one from before stays.
    pub(crate) fn set(&mut self, campaign: CampaignRef, batch: &CallBatch) {
        self.set_id(campaign, &batch.call_batch_id);
        self.name = Attr::Known(batch.name.clone());
        if let Some(status @ (CallBatchStatus::Started | CallBatchStatus::Suspended)) = batch.status
        {
            self.status = Attr::Known(status.number());
        }
    }

    /// Sets the IDs.
    pub(crate) fn set_id(&mut self, campaign: CampaignRef, call_batch_id: &CallBatchId) {
        self.vdn_id = Attr::Known(campaign.vdn_id.get().into());
        self.campaign_id = Attr::Known(campaign.campaign_id.get());
        self.call_batch_id = Attr::Known(call_batch_id.to_string());
        self.id = Attr::Known(format!("{campaign}/{call_batch_id}"));
    }

    /// Returns the campaign.
    pub(crate) fn campaign(&self, data: &ProviderData) -> Result<CampaignRef, Diagnostic> {
        data.campaign_ref(self.vdn_id.known(), self.campaign_id.known())
    }

    /// Returns the batch, unless only its name is known.
    pub(crate) fn batch(&self, campaign: CampaignRef) -> Option<CallBatchRef> {
        let call_batch_id = self.call_batch_id.clone().known()?;
        Some(CallBatchRef {
            campaign,
            call_batch_id: CallBatchId::new(call_batch_id)?,
        })
    }

    /// Returns the name; empty if it is not known.
    pub(crate) fn name(&self) -> &str {
        self.name.as_ref().known().map_or("", String::as_str)
    }

    /// Returns the status to give to the batch; `None` if the configuration does not manage it.
    pub(crate) fn wanted_status(&self) -> Result<Option<WantedStatus>, Diagnostic> {
        let Some(number) = self.status.known() else {
            return Ok(None);
        };
        WantedStatus::from_number(number).map(Some).ok_or_else(|| {
            Diagnostic::bug("The planned status", format!("{number} is neither 1 nor 2"))
                .at(AttributePath::attribute("status"))
        })
    }

    /// Whether a batch of the server is this one. Only the name tells, if the ID is not known.
    pub(crate) fn is(&self, batch: &CallBatch) -> bool {
        match self.call_batch_id.as_ref().known() {
            Some(id) => batch.call_batch_id.as_str() == id,
            None => batch.name == self.name(),
        }
    }
}

/// Returns the number of the status that a batch has after its create.
pub(super) fn initial_status(wanted: Option<WantedStatus>) -> i64 {
    wanted.unwrap_or(NewCallBatch::DEFAULT_STATUS).number()
}
