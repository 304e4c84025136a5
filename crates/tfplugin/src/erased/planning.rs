//! Plans a change of a resource by the rules of its schema, and then by its author's.

use super::{
    any_resource::{Outcome, PlanOutcome, PlanRequest},
    capabilities::Capabilities,
};
use crate::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    model::{FromValue as _, IntoValue as _},
    plan::{self, write_only},
    private,
    resource::{Plan, PrivateState, Resource, State},
    schema::Attribute,
    value::Value,
};

/// A resource with what its plan depends on.
pub(super) struct Planner<'a, R: Resource<P>, P: PrivateState> {
    pub(super) resource: &'a R,
    pub(super) attributes: &'a [Attribute],
    pub(super) capabilities: &'a Capabilities<R, P>,
}

// === impl Planner ===

impl<R: Resource<P>, P: PrivateState> Planner<'_, R, P> {
    /// Plans a create, an update or a destroy. An error leaves the object as it was.
    pub(super) async fn plan(
        self,
        mut call: Call<'_, R::Data>,
        request: PlanRequest,
    ) -> PlanOutcome {
        let result = self.try_plan(&mut call, &request).await;
        let mut diagnostics = call.diagnostics;
        match result {
            Ok(mut planned) => {
                planned.outcome.diagnostics = diagnostics;
                planned
            }
            Err(errors) => {
                diagnostics.extend(errors);
                PlanOutcome {
                    outcome: Outcome::unchanged(request.prior, request.private, diagnostics),
                    requires_replace: Vec::new(),
                }
            }
        }
    }

    async fn try_plan(
        &self,
        call: &mut Call<'_, R::Data>,
        request: &PlanRequest,
    ) -> Result<PlanOutcome, Diagnostics> {
        let type_name = self.resource.type_name();
        if request.proposed.is_null() {
            if !request.prior.is_null() {
                let (prior, private) = (request.prior.clone(), &request.private);
                let (state, warning) = private::decode_state_to_delete(type_name, prior, private)?;
                call.diagnostics.extend(warning);
                self.resource.plan_destroy(call, &state)?;
            }
            return Ok(PlanOutcome {
                outcome: Outcome::unchanged(Value::Null, request.private.clone(), Vec::new()),
                requires_replace: Vec::new(),
            });
        }

        let state = (!request.prior.is_null())
            .then(|| {
                let (prior, private) = (request.prior.clone(), &request.private);
                private::decode_state::<R::Model, P>(type_name, prior, private)
            })
            .transpose()?;
        let config = R::Model::from_value(request.config.clone()).map_err(Diagnostic::from)?;
        let planned = self.by_schema(state.as_ref(), request)?;
        let mut plan = Plan::new(&config, state.as_ref(), planned);
        if state.is_none() {
            plan.set_replaced(private::decode_replaced(&request.private));
        }
        let approved = private::decode_approved(type_name, &request.approved_private)?;
        plan.set_approved(approved, request.stores_private);
        self.resource.plan(call, &mut plan).await?;

        let (model, private, replacements) = plan.into_parts();
        let identity = self.capabilities.identity.as_ref();
        let identity = identity.and_then(|identity| (identity.of)(self.resource, &model));
        let mut planned = model.into_value();
        write_only::clear(self.attributes, &mut planned);
        let requires_replace = if request.prior.is_null() {
            Vec::new()
        } else {
            let mut required =
                plan::required_replacements(self.attributes, &request.prior, &planned);
            for path in replacements {
                if !required.contains(&path) {
                    required.push(path);
                }
            }
            required
        };
        Ok(PlanOutcome {
            outcome: Outcome {
                value: planned,
                private: match private {
                    Some(private) => private::encode(&private)?,
                    // Also in the plan of a new object: if it replaces another one, Terraform destroys
                    // that with the private state that is returned here.
                    None => request.private.clone(),
                },
                identity: identity.filter(Value::is_wholly_known),
                diagnostics: Diagnostics::new(),
            },
            requires_replace,
        })
    }

    /// Applies the rules of the schema to what Terraform proposes.
    fn by_schema(
        &self,
        state: Option<&State<R::Model, P>>,
        request: &PlanRequest,
    ) -> Result<R::Model, Diagnostic> {
        let mut planned = request.proposed.clone();
        plan::apply_defaults(self.attributes, &request.config, &mut planned);
        if let Some(state) = state {
            let kept = self.keep_equivalent(state, planned.clone())?;
            if kept.clone().into_value() == request.prior {
                return Ok(kept);
            }
        }
        // From the planned value, not the kept one, whose lists may be in another order than those
        // of the configuration.
        let prior = Some(&request.prior);
        plan::mark_computed(self.attributes, &request.config, prior, &mut planned);
        match state {
            Some(state) => self.keep_equivalent(state, planned),
            None => Ok(R::Model::from_value(planned)?),
        }
    }

    /// Puts back what means the same as before.
    fn keep_equivalent(
        &self,
        prior: &State<R::Model, P>,
        planned: Value,
    ) -> Result<R::Model, Diagnostic> {
        let mut planned = R::Model::from_value(planned)?;
        self.resource.keep_equivalent(&prior.model, &mut planned);
        Ok(planned)
    }
}
