//! What the walks of one form differ in.

use super::{
    form::{About, Form},
    policy::Kind,
};

/// What walks of one form differ in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Variant {
    pub(super) kind: Kind,
    pub(super) start: Start,
    pub(super) has_earlier: bool,
    pub(super) end: End,
}

/// When the server begins to answer in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// Before the create.
    AtOnce,
    /// After a create to which it answered as documented.
    AfterCreate,
}

/// What happens behind Terraform's back before the destroy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Nothing,
    /// The campaign loses its policy, and Terraform sets it once more.
    PolicyLost,
    /// The campaign is deleted.
    CampaignDeleted,
}

// === impl Variant ===

impl Variant {
    /// The variants of a form.
    pub(super) fn all(form: &Form) -> impl Iterator<Item = Self> {
        let ends = match form.about() {
            About::Policies => &[End::Nothing][..],
            About::UnsetPolicies => &[End::Nothing, End::PolicyLost],
            About::GoneCampaigns => &[End::Nothing, End::CampaignDeleted],
        };
        let starts = [Start::AtOnce, Start::AfterCreate];
        ends.iter().flat_map(move |end| {
            Kind::ALL.into_iter().flat_map(move |kind| {
                starts.into_iter().flat_map(move |start| {
                    [false, true].into_iter().map(move |has_earlier| Self {
                        kind,
                        start,
                        has_earlier,
                        end: *end,
                    })
                })
            })
        })
    }
}
