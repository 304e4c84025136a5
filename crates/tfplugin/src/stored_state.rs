//! Diagnostics for state that cannot be decoded.

use std::fmt::{self, Display};

use crate::diagnostics::Diagnostic;

/// A part of what Terraform stores of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stored {
    State,
    PrivateState,
    Identity,
}

/// The reason that it cannot be used.
#[derive(Clone, Copy)]
enum Problem {
    Unreadable,
    Newer,
}

// === impl Stored ===

impl Stored {
    /// Creates the error for data that does not fit the schema.
    pub(crate) fn unreadable(self, type_name: &str, error: impl Display) -> Diagnostic {
        Diagnostic::error(
            self.summary(Problem::Unreadable),
            format!(
                "The stored {self} of {type_name} cannot be read: {error}. Restore the state from \
                 a backup, or remove the resource from it and import it again."
            ),
        )
    }

    /// Creates the error for data that a later version of the schema wrote.
    pub(crate) fn newer(self, type_name: &str, version: i64) -> Diagnostic {
        Diagnostic::error(
            self.summary(Problem::Newer),
            format!(
                "The stored {self} of {type_name} was written with schema version {version} by a \
                 newer version of this provider. Use that version, or a later one."
            ),
        )
    }

    fn summary(self, problem: Problem) -> &'static str {
        match (self, problem) {
            (Self::State | Self::PrivateState, Problem::Unreadable) => "Unreadable State",
            (Self::State | Self::PrivateState, Problem::Newer) => "State Of A Newer Provider",
            (Self::Identity, Problem::Unreadable) => "Unreadable Identity",
            (Self::Identity, Problem::Newer) => "Identity Of A Newer Provider",
        }
    }
}

impl Display for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::State => "state",
            Self::PrivateState => "private state",
            Self::Identity => "identity",
        })
    }
}
