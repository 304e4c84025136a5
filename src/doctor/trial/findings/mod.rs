//! The findings of a trial.

mod difference;
mod end;
mod server;

use isales_client::{
    RetryPolicy,
    retry_policy::{Encoding, encode::encode_policy_json},
};

pub(super) use self::{
    end::{MEMBERS_KEPT, about_end, about_members},
    server::about_server,
};
use super::write::Answer;

fn reason(answer: &Answer) -> String {
    match answer {
        Answer::Kept(_) => "kept".to_owned(),
        Answer::KeptOther(Some(kept)) => format!("accepted, and kept as {}", described(kept)),
        Answer::KeptOther(None) => "accepted, and then there was no policy".to_owned(),
        Answer::Refused(refusal) => format!("refused with code {}", refusal.code),
        Answer::NotShown(_) => "accepted, and not shown".to_owned(),
        Answer::Unreadable(reason) | Answer::Failed(reason) => reason.clone(),
        Answer::Gone => "the campaign does not exist any more".to_owned(),
    }
}

/// Writes a policy on one line, as the reference does.
pub(super) fn described(policy: &RetryPolicy) -> String {
    format!(
        "policyType {}, policyJson {}",
        policy.policy_type.number(),
        encode_policy_json(policy, Encoding::default())
    )
}
