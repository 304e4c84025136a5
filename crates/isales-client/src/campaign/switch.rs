//! The calls that pause and resume a campaign.

use http::Method;

use super::{
    calls::query,
    codes,
    model::{Campaign, CampaignStatus},
};
use crate::{
    call_context::CallContext,
    client::Client,
    error::{ApiError, Error, Operation, ProtocolProblem, code},
    http::{ApiRequest, Attempts, ClientInner, Envelope, ReadEffect, WriteState, write_and_settle},
    id::{CAMPAIGN_ID, CampaignRef, VDN_ID},
    switch::{Switch, Switched},
};

pub(super) const PAUSE: &Operation = &Operation::write("pause", "the outbound campaign")
    .with_codes(&[code::COMMON, codes::PAUSE])
    .with_parameters(&[VDN_ID, CAMPAIGN_ID]);
pub(super) const RESUME: &Operation = &Operation::write("resume", "the outbound campaign")
    .with_codes(&[code::COMMON, codes::RESUME])
    .with_parameters(&[VDN_ID, CAMPAIGN_ID]);

/// The effect of a switch: the campaign's detail has the status.
struct SwitchEffect<'a> {
    client: &'a ClientInner,
    campaign: CampaignRef,
    switch: Switch,
}

// === impl CampaignStatus ===

impl CampaignStatus {
    /// Returns the status that a switch leaves a campaign in.
    #[must_use]
    pub const fn after(switch: Switch) -> Self {
        match switch {
            Switch::Pause => Self::Suspended,
            Switch::Resume => Self::Active,
        }
    }
}

// === impl Client ===

impl Client {
    /// Pauses or resumes a campaign (PUT).
    ///
    /// After a failure that leaves open whether the server has done it, the call queries the campaign,
    /// and sends the request again only if the campaign does not have the status yet. It also queries
    /// the campaign when the server refuses the request because of the campaign's status (`0200011`),
    /// which may be the one asked for, or one that rules it out. If the campaign has the status, the
    /// call succeeds.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::may_have_taken_effect`] tells whether the switch may have taken effect
    /// nevertheless.
    pub async fn switch_campaign(
        &self,
        campaign: CampaignRef,
        switch: Switch,
        context: impl Into<CallContext>,
    ) -> Result<Switched, Error> {
        let (operation, verb) = match switch {
            Switch::Pause => (PAUSE, "pause"),
            Switch::Resume => (RESUME, "resume"),
        };
        let CampaignRef {
            vdn_id,
            campaign_id,
        } = campaign;
        let path = format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/{campaign_id}/{verb}");
        let request = ApiRequest::new(operation, Method::PUT, path);
        let effect = SwitchEffect {
            client: &self.inner,
            campaign,
            switch,
        };
        write_and_settle(&self.inner, context, &request, &effect).await
    }
}

// === impl SwitchEffect ===

impl ReadEffect for SwitchEffect<'_> {
    type Output = Switched;

    fn read_reply(&self, _: &Envelope) -> Result<Switched, ProtocolProblem> {
        Ok(Switched::Confirmed)
    }

    fn may_be_in_effect(&self, refusal: &ApiError) -> bool {
        refusal.code.as_str() == codes::WRONG_STATUS
    }

    async fn read_effect(
        &self,
        attempts: &mut Attempts<'_>,
    ) -> Result<WriteState<Switched>, Error> {
        let status = query(self.client, attempts, self.campaign)
            .await?
            .map(|Campaign { status, .. }| status);
        Ok(match status {
            Some(Some(status)) if status == CampaignStatus::after(self.switch) => {
                WriteState::Applied(Switched::Shown)
            }
            Some(Some(_)) | None => WriteState::NotApplied,
            Some(None) => WriteState::Unknown,
        })
    }
}
