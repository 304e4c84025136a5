//! Walks over campaigns, for lists of objects that belong to them.

use std::pin::pin;

use futures_util::StreamExt as _;
use isales_client::{
    CallContext, CampaignRef, Client, Error, VdnId,
    campaign::{Campaign, CampaignFilter},
};
use tfplugin::{
    call::Call,
    diagnostics::{Diagnostic, Severity},
    list_resource::{ListEnd, ListResult, ListSink},
    model,
    model::{Attr, Model},
    schema::{Attribute, Validator},
    timeouts::{self, ListTimeouts},
};

use crate::{
    ahead::ahead, api_error, attributes::vdn_id, call_context::context, provider_data::ProviderData,
};

model! {
    /// One campaign, or all campaigns of a VDN.
    pub(crate) struct OneOrAllCampaigns {
        pub(crate) vdn_id: Attr<i64>,
        pub(crate) campaign_id: Attr<i64>,
        pub(crate) timeouts: Attr<ListTimeouts>,
    }
}

/// Returns the arguments of [`OneOrAllCampaigns`] for a schema.
pub(crate) fn one_or_all_campaigns() -> Vec<Attribute> {
    vec![
        vdn_id("Defaults to the provider's `vdn_id`."),
        Attribute::number(
            "campaign_id",
            "List only what belongs to this outbound campaign (`campaignId`). If omitted, what belongs \
             to any campaign of the VDN.",
        )
        .validator(Validator::positive()),
        timeouts::list_attribute(),
    ]
}

// === impl OneOrAllCampaigns ===

impl OneOrAllCampaigns {
    /// Passes on what `result` makes of each object that `query` returns for a campaign. `noun` names
    /// the objects in messages, such as `The call batches`.
    ///
    /// # Errors
    /// A failure for the one campaign, or any that would also affect the next one.
    pub(crate) async fn walk<I: Model, M: Model, T, F>(
        self,
        call: &Call<'_, ProviderData>,
        sink: &mut ListSink<I, M>,
        noun: &str,
        query: impl Fn(Client, CallContext, CampaignRef) -> F,
        result: impl Fn(CampaignRef, T) -> ListResult<I, M>,
    ) -> Result<(), ListEnd>
    where
        F: Future<Output = Result<Vec<T>, Error>> + Send + 'static,
        T: Send + 'static,
    {
        let own = self.vdn_id.known();
        if let Some(campaign_id) = self.campaign_id.known() {
            let campaign = call.data.campaign_ref(own, Some(campaign_id))?;
            let client = call.data.api()?.clone();
            let found = query(client, context(call), campaign).await;
            for object in found.map_err(|error| unreadable(noun, campaign, &error))? {
                sink.push(result(campaign, object)).await?;
            }
            return Ok(());
        }
        let vdn_id = call.data.resolve_vdn_id(own)?;
        let results = |_: &Campaign, campaign, found: Vec<T>| {
            let found = found.into_iter();
            Ok(found.map(|object| result(campaign, object)).collect())
        };
        let all = CampaignFilter::default();
        walk(call, vdn_id, &all, sink, noun, query, results).await
    }
}

/// Passes on the objects of each campaign of a VDN that `filter` matches: what `results` makes of what
/// `query` returns. `noun` names them in messages, such as `The retry policy`.
///
/// # Errors
/// A failure that would also affect the next campaign. Any other is a warning: as an error it would end
/// the list.
pub(crate) async fn walk<I: Model, M: Model, T, F>(
    call: &Call<'_, ProviderData>,
    vdn_id: VdnId,
    filter: &CampaignFilter,
    sink: &mut ListSink<I, M>,
    noun: &str,
    query: impl Fn(Client, CallContext, CampaignRef) -> F,
    results: impl Fn(&Campaign, CampaignRef, T) -> Result<Vec<ListResult<I, M>>, Diagnostic>,
) -> Result<(), ListEnd>
where
    F: Future<Output = Result<T, Error>> + Send + 'static,
    T: Send + 'static,
{
    let client = call.data.api()?;
    let context = context(call);
    let mut pages = client.campaigns(vdn_id, filter, &context);
    while let Some(page) = pages.next().await.map_err(|error| {
        let attempt = format!("The campaigns of VDN {vdn_id} could not be listed");
        api_error::diagnostic(&attempt, &error)
    })? {
        let ask = |campaign: Campaign| {
            let id = CampaignRef {
                vdn_id,
                campaign_id: campaign.campaign_id,
            };
            let answer = query(client.clone(), context.clone(), id);
            async move { (campaign, id, answer.await) }
        };
        let mut answers = pin!(ahead(page.into_iter().map(ask)));
        while let Some(answered) = answers.next().await {
            let (campaign, id, answer) =
                answered.map_err(|error| Diagnostic::bug("A query has ended early", error))?;
            match answer {
                Ok(answer) => {
                    for result in results(&campaign, id, answer)? {
                        sink.push(result).await?;
                    }
                }
                Err(error) => match error.cause() {
                    // The campaign was removed after the page was listed.
                    Error::Api(error) if error.is_not_found() => {}
                    Error::Api(_) | Error::Protocol(_) => {
                        let warning = Diagnostic {
                            severity: Severity::Warning,
                            ..unreadable(noun, id, &error)
                        };
                        sink.warn(warning).await?;
                    }
                    _ => return Err(unreadable(noun, id, &error).into()),
                },
            }
        }
    }
    Ok(())
}

fn unreadable(noun: &str, campaign: CampaignRef, error: &Error) -> Diagnostic {
    let attempt = format!("{noun} of campaign {campaign} could not be read");
    api_error::diagnostic(&attempt, error)
}
