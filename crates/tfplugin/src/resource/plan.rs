//! The plan of a change, as the author of a resource completes it.

use super::state::{NoPrivate, State};
use crate::path::AttributePath;

/// The plan of a create or an update.
#[derive(Debug)]
pub struct Plan<'a, M, P = NoPrivate> {
    /// The configuration: only what the user wrote, without defaults and carried-over values.
    pub config: &'a M,
    /// The prior state; `None` for a new object.
    pub prior: Option<&'a State<M, P>>,
    /// The planned object, to be completed.
    pub planned: M,
    private: Option<P>,
    replaced: Option<P>,
    approved: Option<P>,
    stores_private: bool,
    replacements: Vec<AttributePath>,
}

// === impl Plan ===

impl<'a, M, P> Plan<'a, M, P> {
    pub(crate) fn new(config: &'a M, prior: Option<&'a State<M, P>>, planned: M) -> Self {
        Self {
            config,
            prior,
            planned,
            private: None,
            replaced: None,
            approved: None,
            stores_private: false,
            replacements: Vec::new(),
        }
    }

    /// Sets the private state of the object that this new one replaces.
    pub(crate) fn set_replaced(&mut self, replaced: Option<P>) {
        self.replaced = replaced;
    }

    /// Returns the private state of the object that this new one replaces. Terraform passes it on
    /// unless that object is tainted.
    pub fn replaced(&self) -> Option<&P> {
        self.replaced.as_ref()
    }

    /// Sets the private state of the approved plan, and whether the host stores that of this one.
    pub(crate) fn set_approved(&mut self, approved: Option<P>, stores_private: bool) {
        self.approved = approved;
        self.stores_private = stores_private;
    }

    /// Returns the private state of the plan that the user has approved. Terraform 1.16 and newer pass
    /// it on when they plan once more, just before the apply, so that this plan can promise the same
    /// values. In a replacement it is passed on to the plan of the change alone, not to the plan of the
    /// new object that follows.
    pub fn approved(&self) -> Option<&P> {
        self.approved.as_ref()
    }

    /// Returns whether Terraform passes the private state of this plan on as
    /// [`approved`](Self::approved). If it does not, leave values unknown that the next plan could
    /// not find again, such as random ones.
    pub fn stores_private(&self) -> bool {
        self.stores_private
    }

    /// Asks Terraform to replace the object because of the attribute at `path`, whose planned value
    /// must differ from the prior one. Has no effect on the plan of a new object.
    pub fn require_replace(&mut self, path: AttributePath) {
        self.replacements.push(path);
    }

    /// Returns the planned private state: the one that was set, or else the prior one.
    pub fn private(&self) -> Option<&P> {
        let prior = || self.prior.and_then(|prior| prior.private.as_ref());
        self.private.as_ref().or_else(prior)
    }

    /// Sets the planned private state, which apply then receives.
    pub fn set_private(&mut self, private: P) {
        self.private = Some(private);
    }

    /// Splits the plan into the planned object, its private state if that was set, and the
    /// attributes that require a replacement.
    pub(crate) fn into_parts(self) -> (M, Option<P>, Vec<AttributePath>) {
        (self.planned, self.private, self.replacements)
    }
}
