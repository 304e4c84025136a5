//! The forms that replies may have, servers that keep something else included.

use isales_simulator::{Charset, ContentEncoding, Keeps, Query, Readability, Shape, Simulator};

use super::policy::Kind;

/// A behavior of the server.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) name: String,
    pub(super) class: Class,
    shape: Shape,
    keeps: Keeps,
}

/// What a client can make of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Documented,
    Clear,
    Doubtful,
    Unreadable,
    /// The server confirms a policy and keeps something else.
    KeepsOther,
}

/// The replies that have a form of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Policies,
    /// Those that say that a campaign has no policy.
    UnsetPolicies,
    /// Those that say that there is no such campaign.
    GoneCampaigns,
}

// === impl Form ===

impl Form {
    /// Every shape of the simulator, and every server that keeps something else.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let shapes = Shape::all().map(|variant| Self {
            name: variant.name,
            class: variant.readability.into(),
            shape: variant.shape,
            keeps: Keeps::AsSent,
        });
        let others = Keeps::ALL
            .into_iter()
            .filter(|keeps| *keeps != Keeps::AsSent);
        shapes.chain(others.map(|keeps| Self {
            name: format!("keeps={keeps}"),
            class: Class::KeepsOther,
            shape: Shape::default(),
            keeps,
        }))
    }

    /// Makes the server behave so.
    pub(super) fn set_on(&self, simulator: &Simulator) {
        simulator.set_shape(self.shape);
        simulator.set_keeps(self.keeps);
    }

    /// Makes the server behave as documented.
    pub(super) fn unset_on(simulator: &Simulator) {
        simulator.set_shape(Shape::default());
        simulator.set_keeps(Keeps::AsSent);
    }

    /// Whether every step of a walk has to work without a way out.
    pub(super) fn has_to_be_read(&self, kind: Kind) -> bool {
        // An accent that was written in a charset that the reply does not declare is lost.
        let is_lost = self.shape.charset == Charset::GbkUndeclared && kind == Kind::ByNumberType;
        matches!(self.class, Class::Documented | Class::Clear) && !is_lost
    }

    /// Whether a POST has to end with an error, or with a warning, whatever the user sets: the
    /// server keeps something else, or nothing that it replies can be read, not even whether it
    /// has accepted the POST.
    pub(super) fn may_refuse(&self) -> bool {
        self.class == Class::KeepsOther || self.shape.content_encoding == ContentEncoding::Gzip
    }

    /// The replies that have the form.
    pub(super) fn about(&self) -> About {
        match self.name.split('=').next() {
            Some("unset") => About::UnsetPolicies,
            Some("gone") => About::GoneCampaigns,
            _ => About::Policies,
        }
    }

    /// Whether the server has an interface for the query.
    pub(super) fn has_query(&self) -> bool {
        self.shape.query == Query::Served
    }
}

// === impl Class ===

impl Class {
    pub(super) const ALL: [Self; 5] = [
        Self::Documented,
        Self::Clear,
        Self::Doubtful,
        Self::Unreadable,
        Self::KeepsOther,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Documented => "documented, or left open",
            Self::Clear => "not documented, with one meaning",
            Self::Doubtful => "doubtful",
            Self::Unreadable => "unreadable",
            Self::KeepsOther => "from a server that keeps something else",
        }
    }
}

impl From<Readability> for Class {
    fn from(readability: Readability) -> Self {
        match readability {
            Readability::Documented => Self::Documented,
            Readability::Clear => Self::Clear,
            Readability::Doubtful => Self::Doubtful,
            Readability::Unreadable => Self::Unreadable,
        }
    }
}
