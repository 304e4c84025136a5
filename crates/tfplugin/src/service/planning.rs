//! Plans a change of a resource by the rules of its schema, and then by its author's.

use super::{
    any_resource::{Outcome, PlanOutcome, PlanRequest},
    registered_resource::Registered,
};
use crate::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    model::{FromValue as _, IntoValue as _},
    plan::{self, write_only},
    resource::{Resource, State},
    value::Value,
};

impl<R: Resource> Registered<R> {
    /// The planned object with what means the same as before put back.
    fn keep_equivalent(
        &self,
        prior: Option<&State<R>>,
        planned: Value,
    ) -> Result<Value, Diagnostic> {
        let Some(prior) = prior else {
            return Ok(planned);
        };
        let mut planned = R::Model::from_value(planned)?;
        self.resource.keep_equivalent(&prior.model, &mut planned);
        Ok(planned.into_value())
    }

    /// Plans a change or a destroy.
    pub(super) fn try_plan(
        &self,
        call: &mut Call<'_, R::Data>,
        request: &PlanRequest,
    ) -> Result<PlanOutcome, Diagnostics> {
        let attributes = &self.schema.attributes;
        let PlanRequest {
            prior,
            proposed,
            config,
            private,
        } = request;
        let state = (!prior.is_null())
            .then(|| self.state(prior.clone(), private))
            .transpose()?;
        if proposed.is_null() {
            if let Some(state) = &state {
                self.resource.plan_destroy(call, state)?;
            }
            return Ok(PlanOutcome {
                outcome: Outcome::unchanged(Value::Null, private.clone(), Vec::new()),
                requires_replace: Vec::new(),
            });
        }

        let mut planned = proposed.clone();
        plan::apply_defaults(attributes, config, &mut planned);
        let kept = self.keep_equivalent(state.as_ref(), planned.clone())?;
        let planned = if kept == *prior {
            kept
        } else {
            // What was kept may stand in another order than the configuration.
            plan::mark_computed(attributes, config, Some(prior), &mut planned);
            self.keep_equivalent(state.as_ref(), planned)?
        };
        let mut model = R::Model::from_value(planned).map_err(Diagnostic::from)?;
        let config = R::Model::from_value(config.clone()).map_err(Diagnostic::from)?;
        self.resource
            .plan(call, &config, state.as_ref(), &mut model)?;

        let identity = self.resource.identity(&model).map(R::Identity::into_value);
        let mut planned = model.into_value();
        write_only::clear(attributes, &mut planned);
        let requires_replace = if prior.is_null() {
            Vec::new()
        } else {
            plan::required_replacements(attributes, prior, &planned)
        };
        Ok(PlanOutcome {
            outcome: Outcome {
                value: planned,
                private: private.clone(),
                identity: identity.filter(Value::is_wholly_known),
                diagnostics: Diagnostics::new(),
            },
            requires_replace,
        })
    }
}
