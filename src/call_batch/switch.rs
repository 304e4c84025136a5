//! The actions `isales_call_batch_pause` and `isales_call_batch_resume`.

use std::str::FromStr as _;

use isales_client::{
    CallContext, Client, Error,
    call_batch::{CallBatch, CallBatchId, CallBatchRef, CallBatchStatus},
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

use super::lists;
use crate::{
    attributes::vdn_id,
    provider_data::{ProviderData, invalid_id},
    shared_list::Writing,
    switch::{Shown, SwitchAction, Switchable},
};

/// Call batches, as their actions pause and resume them.
#[derive(Debug)]
pub(crate) struct SwitchableCallBatch;

pub(crate) type CallBatchAction = SwitchAction<SwitchableCallBatch>;

model! {
    /// The call batch that an action is about.
    pub(crate) struct CallBatchArguments {
        vdn_id: Attr<i64>,
        campaign_id: Attr<i64>,
        call_batch_id: Attr<String>,
        timeouts: Attr<InvokeTimeouts>,
    }
}

// === impl SwitchableCallBatch ===

impl Switchable for SwitchableCallBatch {
    type Arguments = CallBatchArguments;
    type Target = CallBatchRef;
    type Writing = Writing<CallBatch>;

    const NOUN: &'static str = "call batch";

    fn type_name(switch: Switch) -> &'static str {
        match switch {
            Switch::Pause => "isales_call_batch_pause",
            Switch::Resume => "isales_call_batch_resume",
        }
    }

    fn description(switch: Switch) -> &'static str {
        match switch {
            Switch::Pause => {
                "Pauses a call batch of an outbound campaign, so that its numbers are not called until \
                 it is resumed."
            }
            Switch::Resume => "Resumes a call batch of an outbound campaign that is paused.",
        }
    }

    fn arguments() -> Vec<Attribute> {
        vec![
            vdn_id("Defaults to the provider's `vdn_id`."),
            Attribute::number("campaign_id", "ID of the campaign (`campaignId`).")
                .required()
                .validator(Validator::positive()),
            Attribute::string("call_batch_id", "ID of the call batch (`id`).")
                .required()
                .validator(Validator::not_empty()),
        ]
    }

    fn is_known(data: &ProviderData, arguments: &CallBatchArguments) -> bool {
        data.is_vdn_id_known(arguments.vdn_id)
            && !arguments.campaign_id.is_unknown()
            && !arguments.call_batch_id.is_unknown()
    }

    fn target(
        data: &ProviderData,
        arguments: &CallBatchArguments,
    ) -> Result<CallBatchRef, Diagnostic> {
        let campaign =
            data.campaign_ref(arguments.vdn_id.known(), arguments.campaign_id.known())?;
        let call_batch_id = arguments.call_batch_id.as_ref().known();
        let call_batch_id = call_batch_id.map_or("", String::as_str);
        let call_batch_id = CallBatchId::from_str(call_batch_id)
            .map_err(|error| invalid_id("call_batch_id", &error))?;
        Ok(CallBatchRef {
            campaign,
            call_batch_id,
        })
    }

    fn writing(call: &Call<'_, ProviderData>, batch: &CallBatchRef) -> Writing<CallBatch> {
        lists::writing(call, batch.campaign)
    }

    async fn switch(
        client: &Client,
        batch: &CallBatchRef,
        switch: Switch,
        context: CallContext,
    ) -> Result<Switched, Error> {
        client.switch_call_batch(batch, switch, context).await
    }

    async fn read(
        client: &Client,
        batch: &CallBatchRef,
        switch: Switch,
        context: CallContext,
    ) -> Result<Shown, Error> {
        let found = client.call_batch(batch, context).await?;
        Ok(match found.map(|batch| batch.status) {
            Some(Some(status)) if status == CallBatchStatus::after(switch) => Shown::Switched,
            // A status that the API reference does not list says nothing about the switch.
            Some(Some(CallBatchStatus::Other(_)) | None) => Shown::Unknown,
            Some(Some(status)) => Shown::Other(status.number()),
            None => Shown::NotFound,
        })
    }
}
