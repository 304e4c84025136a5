//! Servers that answer success and keep something else.

use serde::{Deserialize, Serialize};

use super::{Policy, Rule};

/// The highest `retryTimes` that [`Keeps::ClampRetryTimes`] lets through.
const CLAMPED_RETRY_TIMES: i64 = 1;

/// What the server keeps of a policy that it accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keeps {
    /// What was sent.
    #[default]
    AsSent,
    /// `retryTimes` above 1 becomes 1.
    ClampRetryTimes,
    /// No `noRetryPolicy`.
    DropNoRetryPolicy,
    /// The first element of `policyJson` alone.
    FirstElement,
    /// Nothing: the campaign stays as it was.
    Nothing,
}

impl Keeps {
    /// What is to be stored; `None` leaves the campaign as it was.
    pub(crate) fn apply(self, mut policy: Policy) -> Option<Policy> {
        match self {
            Self::AsSent => {}
            Self::ClampRetryTimes => {
                for element in &mut policy.elements {
                    if let Rule::Common { retry_times, .. } = &mut element.rule {
                        *retry_times = (*retry_times).min(CLAMPED_RETRY_TIMES);
                    }
                }
            }
            Self::DropNoRetryPolicy => {
                policy
                    .elements
                    .iter_mut()
                    .for_each(|element| element.no_retry_policy.clear());
            }
            Self::FirstElement => policy.elements.truncate(1),
            Self::Nothing => return None,
        }
        Some(policy)
    }
}
