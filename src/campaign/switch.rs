//! The actions `isales_campaign_pause` and `isales_campaign_resume`.

use isales_client::{
    CallContext, CampaignRef, Client, Error,
    campaign::CampaignStatus,
    switch::{Switch, Switched},
};
use tfplugin::{
    call::Call,
    diagnostics::Diagnostic,
    model,
    model::Attr,
    schema::{Attribute, Validator},
    timeouts::InvokeTimeouts,
};

use crate::{
    attributes::vdn_id,
    provider_data::ProviderData,
    switch::{Shown, SwitchAction, Switchable},
};

/// Campaigns, as their actions pause and resume them.
#[derive(Debug)]
pub(crate) struct SwitchableCampaign;

pub(crate) type CampaignAction = SwitchAction<SwitchableCampaign>;

model! {
    /// The campaign that an action is about.
    pub(crate) struct CampaignArguments {
        vdn_id: Attr<i64>,
        campaign_id: Attr<i64>,
        timeouts: Attr<InvokeTimeouts>,
    }
}

// === impl SwitchableCampaign ===

impl Switchable for SwitchableCampaign {
    type Arguments = CampaignArguments;
    type Target = CampaignRef;
    type Writing = ();

    const NOUN: &'static str = "campaign";

    fn type_name(switch: Switch) -> &'static str {
        match switch {
            Switch::Pause => "isales_campaign_pause",
            Switch::Resume => "isales_campaign_resume",
        }
    }

    fn description(switch: Switch) -> &'static str {
        match switch {
            Switch::Pause => {
                "Pauses an outbound campaign, so that it makes no calls until it is resumed."
            }
            Switch::Resume => "Resumes an outbound campaign that is paused.",
        }
    }

    fn arguments() -> Vec<Attribute> {
        vec![
            vdn_id("Defaults to the provider's `vdn_id`."),
            Attribute::number("campaign_id", "ID of the campaign (`campaignId`).")
                .required()
                .validator(Validator::positive()),
        ]
    }

    fn is_known(data: &ProviderData, arguments: &CampaignArguments) -> bool {
        data.is_vdn_id_known(arguments.vdn_id) && !arguments.campaign_id.is_unknown()
    }

    fn target(
        data: &ProviderData,
        arguments: &CampaignArguments,
    ) -> Result<CampaignRef, Diagnostic> {
        data.campaign_ref(arguments.vdn_id.known(), arguments.campaign_id.known())
    }

    fn writing(_: &Call<'_, ProviderData>, _: &CampaignRef) {}

    async fn switch(
        client: &Client,
        campaign: &CampaignRef,
        switch: Switch,
        context: CallContext,
    ) -> Result<Switched, Error> {
        client.switch_campaign(*campaign, switch, context).await
    }

    async fn read(
        client: &Client,
        campaign: &CampaignRef,
        switch: Switch,
        context: CallContext,
    ) -> Result<Shown, Error> {
        let found = client.campaign(*campaign, context).await?;
        Ok(match found.map(|campaign| campaign.status) {
            Some(Some(status)) if status == CampaignStatus::after(switch) => Shown::Switched,
            Some(Some(status)) => Shown::Other(status.number()),
            Some(None) => Shown::Unknown,
            None => Shown::NotFound,
        })
    }
}
