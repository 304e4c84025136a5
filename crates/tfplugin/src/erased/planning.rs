//! Plans a change of a resource by the rules of its schema.

use super::any_resource::PlanRequest;
use crate::{
    diagnostics::Diagnostic,
    model::{FromValue as _, IntoValue as _},
    plan,
    resource::{PrivateState, Resource, State},
    schema::Attribute,
    value::Value,
};

/// Applies the rules of the schema to what Terraform proposes, and puts back what means the same as
/// before.
pub(super) fn plan_by_schema<R: Resource<P>, P: PrivateState>(
    resource: &R,
    attributes: &[Attribute],
    state: Option<&State<R::Model, P>>,
    request: &PlanRequest,
) -> Result<R::Model, Diagnostic> {
    let keep_equivalent = |planned: Value| -> Result<R::Model, Diagnostic> {
        let mut planned = R::Model::from_value(planned)?;
        if let Some(state) = state {
            resource.keep_equivalent(&state.model, &mut planned);
        }
        Ok(planned)
    };
    let mut planned = request.proposed.clone();
    plan::apply_defaults(attributes, &request.config, &mut planned);
    if state.is_some() {
        let kept = keep_equivalent(planned.clone())?;
        if kept.clone().into_value() == request.prior {
            return Ok(kept);
        }
    }
    // From the planned value, not the kept one, whose lists may be in another order than those of the
    // configuration.
    let prior = Some(&request.prior);
    plan::mark_computed(attributes, &request.config, prior, &mut planned);
    keep_equivalent(planned)
}
