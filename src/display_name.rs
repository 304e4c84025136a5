//! Names of objects in lists.

use std::fmt::Display;

use isales_client::printable;

/// Maximum length of a name, in characters.
const MAX_NAME: usize = 100;

/// Returns the line for an object in a list: the name that the server has for it, and its import ID.
pub(crate) fn display_name(name: &str, id: impl Display) -> String {
    format!("{} ({id})", printable(name, MAX_NAME))
}
