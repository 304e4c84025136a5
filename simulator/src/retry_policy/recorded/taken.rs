//! The forms of `policyJson` that a recorded server took.

use super::super::{
    model::Policy,
    takes::{TakenCommon, TakenQuotes, Takes},
};
use super::observed::PATH;
use crate::like::{RecordedExchange, ids};

/// What can be said of the recorded POSTs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// The first of the known demands, from the least to the strictest, that explains all of them.
    Explained(Takes),
    /// No demand that a simulator can have.
    Unexplained,
}

/// The demands, from the least to the strictest.
fn demands() -> impl Iterator<Item = Takes> {
    use {TakenCommon as Common, TakenQuotes as Quotes};
    let common = [Common::Any, Common::Examples, Common::Flat, Common::Nested];
    [Quotes::Any, Quotes::Single, Quotes::Double]
        .into_iter()
        .flat_map(move |quotes| common.map(|common| Takes { quotes, common }))
}

/// Explains which POSTs of the recording were taken and which were refused for their parameters.
pub(super) fn taken(exchanges: &[RecordedExchange]) -> Taken {
    let posts: Vec<_> = exchanges.iter().filter_map(post).collect();
    let explains = |takes: &Takes| {
        posts
            .iter()
            .all(|(policy, text, was_taken)| takes.check(policy, text).is_ok() == *was_taken)
    };
    demands()
        .find(explains)
        .map_or(Taken::Unexplained, Taken::Explained)
}

/// Returns the policy of a POST as posted, and whether it was taken. `None` if something else decided,
/// such as requests that come too fast.
fn post(exchange: &RecordedExchange) -> Option<(Policy, String, bool)> {
    ids(PATH, &exchange.path)?;
    if exchange.method != "POST" {
        return None;
    }
    let was_taken = match exchange.authorized_reply()?.result_code()? {
        "0200000" => true,
        "0200001" => false,
        code if code.len() == 8 && code.starts_with("0200000") => false,
        _ => return None,
    };
    let body = exchange.request_body.as_ref()?.json.as_ref()?;
    let (policy, text) = Policy::from_body(body).ok()?;
    Some((policy, text, was_taken))
}
