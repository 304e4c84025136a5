//! Judges a configuration, whatever it is of.

use crate::tf_provider::{
    diagnostics::Diagnostics,
    model::Model,
    schema::{Attribute, validate},
    value::Value,
};

/// Judges by the schema's rules, and then as a whole by its author's.
pub(super) fn judge<M: Model>(
    attributes: &[Attribute],
    config: Value,
    write_only_allowed: bool,
    author: impl FnOnce(&M) -> Diagnostics,
) -> Diagnostics {
    let mut found = validate(attributes, &config, write_only_allowed);
    match M::from_value(config) {
        Ok(config) => found.extend_where_silent(author(&config)),
        // A value that a validator has named already need not be named twice.
        Err(_) if found.has_errors() => {}
        Err(error) => found.push(error.into()),
    }
    found
}
