//! Sets a campaign's retry policy.

use super::{
    model::Policy,
    reply,
    stored::{Behavior, Stored, post},
};
use crate::{
    api::{ApiCall, Refusal},
    http::Reply,
};

/// POST (cec_07_4010, cec_07_0730).
pub(super) fn set(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let shape = call.store.part::<Behavior>().shape;
    let shape = call.directions.shape.unwrap_or(shape);
    Ok(match store(call) {
        Ok(()) => reply::accepted(shape),
        Err(refusal) => reply::refused(shape, &refusal),
    })
}

fn store(call: &mut ApiCall<'_>) -> Result<(), Refusal> {
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    call.check_content_type()?;
    let posted = Policy::from_body(&call.body()?)?;
    let takes = call.store.part::<Behavior>().takes;
    takes.check(&posted.0, &posted.1)?;
    match post(call.store, vdn_id, campaign_id, posted)? {
        Stored::Changed => call.counters.policies_changed += 1,
        Stored::SameAsBefore => call.counters.policies_repeated += 1,
        Stored::Ignored => {}
    }
    Ok(())
}
