//! Fills in defaults.

use super::walk::each_attribute;
use crate::{
    schema::{Attribute, Secrecy},
    value::Value,
};

/// Fills in defaults where the configuration sets nothing, and removes write-only values.
pub(crate) fn apply_defaults(attributes: &[Attribute], config: &Value, planned: &mut Value) {
    each_attribute(
        attributes,
        config,
        planned,
        &mut |attribute, config, planned| {
            if attribute.secrecy == Secrecy::WriteOnly {
                *planned = Value::Null;
            } else if config.is_null()
                && let Some(default) = &attribute.default
            {
                planned.clone_from(default);
            }
        },
    );
}
