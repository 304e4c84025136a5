//! Servers that report success but store something else.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::model::{Policy, Rule};

/// The maximum of `retryTimes` with [`Keeps::ClampRetryTimes`].
const CLAMPED_RETRY_TIMES: i64 = 1;

/// What the server stores of an accepted policy. All but the first keep something else than what
/// was sent, which no [`Shape`](crate::Shape) does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keeps {
    /// The policy as sent.
    #[default]
    AsSent,
    /// The policy with `retryTimes` limited to 1.
    ClampRetryTimes,
    /// The policy without `noRetryPolicy`.
    DropNoRetryPolicy,
    /// The first element of `policyJson` only.
    FirstElement,
    /// Nothing; the campaign does not change.
    Nothing,
}

// === impl Keeps ===

impl Keeps {
    /// All values, the default first.
    pub const ALL: [Self; 5] = [
        Self::AsSent,
        Self::ClampRetryTimes,
        Self::DropNoRetryPolicy,
        Self::FirstElement,
        Self::Nothing,
    ];

    /// Returns the policy to store, or `None` if the campaign does not change.
    pub(super) fn apply(self, mut policy: Policy) -> Option<Policy> {
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

impl fmt::Display for Keeps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}
