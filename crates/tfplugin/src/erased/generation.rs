//! Generates configuration for an imported object.

use crate::{
    call::Call,
    diagnostics::Diagnostic,
    model::{FromValue as _, IntoValue as _},
    plan::leave_out_the_obvious,
    resource::{PrivateState, Resource},
    schema::Attribute,
    value::Value,
};

/// Returns the configuration that a person would write for an object with this state.
///
/// # Errors
/// The state is not one of the resource.
pub(super) fn generate_config<R: Resource<P>, P: PrivateState>(
    resource: &R,
    attributes: &[Attribute],
    call: &Call<'_, R::Data>,
    state: Value,
) -> Result<Value, Diagnostic> {
    // A query that does not ask for the objects has no states.
    if state.is_null() {
        return Ok(state);
    }
    let mut config = state;
    leave_out_the_obvious(attributes, &mut config);
    let mut config = R::Model::from_value(config)?;
    resource.simplify_config(call, &mut config);
    Ok(config.into_value())
}
