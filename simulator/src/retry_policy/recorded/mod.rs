//! Retry policies of a recorded server: their data, and the shape of its replies.

mod infer;
mod observed;
mod read;
mod similarity;
mod taken;
#[cfg(test)]
mod tests;

use self::{
    infer::infer,
    observed::{Observed, observe},
    read::read,
    taken::{Taken, taken},
};
use super::{model::StoredPolicy, stored::Behavior, takes::Takes};
use crate::{
    campaign,
    like::{RecordedData, RecordedObject, Recording},
    shape::Shape,
    store::Store,
};

pub(super) use self::observed::PATH;

/// What is taken over from the reply to a query.
pub(super) const RECORDED: &[RecordedData] = &[RecordedData { path: PATH, load }];

/// Gives the campaign the policy in the reply. A campaign that no list shows is added with it.
fn load(store: &mut Store, object: &RecordedObject<'_>) {
    let Some(campaign_id) = object.campaign_id else {
        return;
    };
    let Some(policy) = object.reply.body.json.as_ref().and_then(read) else {
        return;
    };
    campaign::add(store, object.vdn_id, campaign_id);
    if let Some(campaign) = campaign::find_mut(store, object.vdn_id, campaign_id)
        // The first reply shows what was there before a trial.
        && campaign.parts.get::<StoredPolicy>().is_none()
    {
        campaign.parts.insert(policy);
    }
}

/// Takes over the shape of the replies, the lag of queries and the forms that are taken, and notes what
/// no shape has.
pub(super) fn imitate(store: &mut Store, recording: &Recording, notes: &mut Vec<String>) {
    let observed: Vec<Observed> = observe(store, &recording.exchanges);
    let (shape, unlike) = infer(&observed);
    notes.extend(unlike);
    if shape != Shape::default() {
        notes.push(format!("the shape is {}", differences(shape)));
    }
    let lag = recording
        .lag
        .or_else(|| observed::lag(&recording.exchanges))
        .unwrap_or_default();
    let takes = match taken(&recording.exchanges) {
        Taken::Explained(takes) => takes,
        Taken::Unexplained => {
            notes.push("which policies the server refuses cannot be taken over".to_owned());
            Takes::default()
        }
    };
    if takes != Takes::default() {
        notes.push(format!("the server takes {takes}"));
    }
    let behavior = store.part_mut::<Behavior>();
    behavior.shape = shape;
    behavior.takes = takes;
    behavior.lag = lag;
}

/// Returns the keys of a shape that are not the default's.
fn differences(shape: Shape) -> String {
    let default = Shape::default().to_string();
    let default: Vec<&str> = default.split(',').collect();
    let shape = shape.to_string();
    let parts = shape.split(',').filter(|part| !default.contains(part));
    parts.collect::<Vec<_>>().join(",")
}
