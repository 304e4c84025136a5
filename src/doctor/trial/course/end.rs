//! The aim of a trial, and how it ends.

use std::time::Duration;

use isales_client::RetryPolicy;

/// The policy that the campaign is to have in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::doctor::trial) struct Goal {
    pub(in crate::doctor::trial) policy: RetryPolicy,
    /// Whether the campaign has it already. Otherwise it has none, and there is no way to take one
    /// away.
    pub(in crate::doctor::trial) is_original: bool,
}

/// Why a trial ended before its last question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::doctor::trial) enum Stop {
    /// The user has asked for it.
    Interrupted,
    /// The server refuses the policy that it shows, in every way of writing it.
    GoalRefused,
    /// The server keeps something else in place of the policy that it shows.
    GoalNotKept,
    /// A write did not show after this time.
    NotShown(Duration),
    /// Requests failed.
    Failed(String),
}

/// The end of a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::doctor::trial) enum End {
    /// Nothing but the policy that the campaign is to have was ever set.
    Undisturbed,
    /// The policy was put back, and the server shows it.
    Back,
    /// The policy was accepted, and the server shows it, but it has shown nothing else ever since another
    /// one was set: it may show what was there before.
    Unverified,
    /// The campaign may have another policy.
    NotBack(String),
    /// The campaign does not exist any more.
    Gone,
}
