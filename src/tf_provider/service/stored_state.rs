//! What is said of a stored state that cannot be used.

use std::fmt::Display;

use crate::tf_provider::diagnostics::Diagnostic;

/// It does not fit the schema.
pub(super) fn unreadable(type_name: &str, error: impl Display) -> Diagnostic {
    Diagnostic::error(
        "Unreadable State",
        format!(
            "The stored state of {type_name} cannot be read: {error}. Restore the state from a \
             backup, or remove the resource from it and import it again."
        ),
    )
}

/// A later version of the schema wrote it.
pub(super) fn newer(type_name: &str, version: i64) -> Diagnostic {
    Diagnostic::error(
        "State Of A Newer Provider",
        format!(
            "The state of {type_name} was written at schema version {version} by a newer version \
             of this provider. Use that version, or a later one."
        ),
    )
}
