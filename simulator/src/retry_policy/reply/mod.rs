//! The replies of the interface, in the configured shape.

mod data;
mod element;
mod envelope;
mod integer;
mod no_retry_policy;
mod object;
#[cfg(test)]
mod tests;
mod transfer;

use self::{
    data::{policy_data, unset_data},
    envelope::write,
    object::Members,
    transfer::transfer,
};
use super::model::StoredPolicy;
use crate::{
    api::{Refusal, ResultCode},
    http::Reply,
    json::Node,
    shape::{DataKey, Gone, Shape, Unset},
};

/// Returns the reply to an accepted POST.
pub(super) fn accepted(shape: Shape) -> Reply {
    reply(shape, ResultCode::Success, "", Members::new())
}

/// Returns the reply to a refused request.
pub(super) fn refused(shape: Shape, refusal: &Refusal) -> Reply {
    match (refusal.code, shape.gone) {
        (ResultCode::NoSuchCampaign, Gone::NotFound) => Reply::not_found(),
        (ResultCode::NoSuchCampaign, Gone::CampaignGone) => {
            refused(shape, &ResultCode::CampaignGone.into())
        }
        (code, _) => reply(shape, code, &refusal.description(), Members::new()),
    }
}

/// Returns the reply to a query. `policy` is `None` if it was never set.
pub(super) fn queried(shape: Shape, policy: Option<&StoredPolicy>) -> Reply {
    if let Some(policy) = policy {
        return success(shape, policy_data(shape, policy));
    }
    match shape.unset {
        Unset::Absent => accepted(shape),
        Unset::ParameterError => {
            let description = "The retry policy does not exist.";
            reply(
                shape,
                ResultCode::ParameterError,
                description,
                Members::new(),
            )
        }
        Unset::NoContent => Reply::no_content(),
        Unset::NotFound => Reply::not_found(),
        _ => success(shape, unset_data(shape)),
    }
}

fn success(shape: Shape, data: Node) -> Reply {
    let named = |name: &str, node| (name.to_owned(), node);
    let members = match shape.data_key {
        DataKey::Data => vec![named("data", data)],
        DataKey::ReturnObject => vec![named("returnObject", data)],
        DataKey::ReturnObjectAfterNull => {
            vec![named("data", Node::Null), named("returnObject", data)]
        }
    };
    reply(shape, ResultCode::Success, "", members)
}

fn reply(shape: Shape, code: ResultCode, description: &str, members: Members) -> Reply {
    transfer(shape, &write(shape, code, description, members))
}
