//! The capability of taking over a resource of another type.

use super::{
    managed::Resource,
    state::{NoPrivate, PrivateState, State},
};
use crate::diagnostics::{Diagnostic, Diagnostics};

/// A resource that can take over the state of another type, named in a `moved` block.
pub trait ResourceWithMove<Private: PrivateState = NoPrivate>: Resource<Private> {
    /// Converts the state of a resource of another type. The provider is not configured.
    ///
    /// # Errors
    /// The source does not describe an object of this type.
    fn move_from(&self, source: MoveSource) -> Result<State<Self::Model, Private>, Diagnostics>;
}

/// The state of a resource of another type, which the user moves to this one.
#[derive(Clone, Debug, PartialEq)]
pub struct MoveSource {
    /// The address of the provider that wrote it, with host and namespace.
    pub provider_address: String,
    /// The type that it is moved from.
    pub type_name: String,
    /// The version of the schema that it was written with.
    pub schema_version: i64,
    /// The state.
    pub state: serde_json::Value,
}

// === impl MoveSource ===

impl MoveSource {
    /// Creates the error for a source that cannot be moved to `target`; `reason` is a sentence.
    pub fn refused(&self, target: &str, reason: &str) -> Diagnostic {
        Diagnostic::error(
            "Move Not Possible",
            format!(
                "The state of {} ({}) cannot be moved to {target}. {reason} Remove the old \
                 resource from the state with a removed block, and import the new one.",
                self.type_name, self.provider_address
            ),
        )
    }
}
