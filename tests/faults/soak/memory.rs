//! The policies that a destroy should restore: those that campaigns had when Terraform first set them.

use std::collections::{BTreeMap, BTreeSet};

/// The campaigns in the state whose policy is restored, as far as it is clear what they had.
#[derive(Debug, Default)]
pub(super) struct Memory(BTreeMap<i64, Before>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Before {
    Policy(String),
    Nothing,
    /// A failure leaves open when the policy was set, or a fault hid what there was.
    Unclear,
}

/// The state of one campaign around an apply.
#[derive(Clone, Copy, Debug)]
pub(super) struct Applied<'a> {
    /// Whether it was in the state before, and whether it is now.
    pub(super) known: [bool; 2],
    /// The policy on the server before.
    pub(super) kept: Option<&'a str>,
    /// Whether the server denied that it had a policy.
    pub(super) is_denied: bool,
    pub(super) is_success: bool,
}

// === impl Memory ===

impl Memory {
    pub(super) fn note(&mut self, campaign_id: i64, applied: Applied<'_>) {
        let before = match (applied.known, applied.kept) {
            ([_, false], _) => {
                self.0.remove(&campaign_id);
                return;
            }
            ([false, true], _) if applied.is_denied => Before::Unclear,
            ([false, true], Some(policy)) => Before::Policy(policy.to_owned()),
            ([false, true], None) => Before::Nothing,
            ([true, true], Some(_)) => return,
            // Terraform finds that it is gone, and sets it anew.
            ([true, true], None) if applied.is_success => Before::Nothing,
            ([true, true], None) => Before::Unclear,
        };
        self.0.insert(campaign_id, before);
    }

    /// Forgets the campaigns that are not in the state.
    pub(super) fn keep(&mut self, known: &BTreeSet<i64>) {
        self.0.retain(|campaign_id, _| known.contains(campaign_id));
    }

    /// The policy that a campaign with this one has after its destroy; none where that is unclear.
    pub(super) fn expected<'a>(
        &'a self,
        campaign_id: i64,
        kept: Option<&'a str>,
    ) -> Option<Option<&'a str>> {
        match self.0.get(&campaign_id) {
            Some(Before::Policy(before)) => Some(Some(before)),
            Some(Before::Unclear) => None,
            Some(Before::Nothing) | None => Some(kept),
        }
    }
}
