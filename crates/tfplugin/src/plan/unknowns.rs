//! Marks values that are only known after apply.

use super::walk::each_attribute;
use crate::{schema::Attribute, value::Value};

/// Marks the computed values of a plan that changes something.
pub(crate) fn mark_computed(
    attributes: &[Attribute],
    config: &Value,
    prior: Option<&Value>,
    planned: &mut Value,
) {
    let exists = prior.is_some_and(|prior| !prior.is_null());
    each_attribute(
        attributes,
        config,
        planned,
        &mut |attribute, config, planned| {
            if attribute.is_computed() && config.is_null() && attribute.default.is_none() {
                // Terraform proposes the value of the prior state here.
                let keep = attribute.use_state_for_unknown && exists && !planned.is_null();
                if !keep {
                    *planned = Value::Unknown;
                }
            }
        },
    );
}
