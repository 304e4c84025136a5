//! A resource behind [`AnyResource`]: decodes for its author, plans by its schema's rules, and
//! encodes what comes back.

use std::cmp::Ordering;

use serde_json::Value as Json;

use super::{
    any_resource::{AnyResource, ApplyRequest, Boxed, Outcome, PlanOutcome, PlanRequest},
    validate::judge,
};
use crate::{
    call::Call,
    codec::{Unlisted, decode_json},
    diagnostics::{Diagnostic, Diagnostics},
    identity::IdentitySchema,
    model::{FromValue, IntoValue},
    plan::write_only,
    resource::{ApplyFailure, ImportTarget, ManagedResource, MoveSource, Resource, State},
    schema::Schema,
    stored_state::Stored,
    value::{Value, types::Type},
};

pub(super) struct Registered<R> {
    pub(super) resource: R,
    pub(super) schema: Schema,
    ty: Type,
    identity_schema: IdentitySchema,
    identity_ty: Type,
}

// === impl ManagedResource ===

impl<C: Send + Sync + 'static> ManagedResource<C> {
    /// Takes a resource into a provider's list.
    pub fn new<R: Resource<Data = C>>(resource: R) -> Self {
        let schema = resource.schema();
        let identity_schema = resource.identity_schema();
        Self(Box::new(Registered {
            ty: schema.implied_type(),
            identity_ty: identity_schema.implied_type(),
            schema,
            identity_schema,
            resource,
        }))
    }
}

// === impl Registered ===

impl<R: Resource> Registered<R> {
    pub(super) fn state(&self, value: Value, private: &[u8]) -> Result<State<R>, Diagnostic> {
        let model = R::Model::from_value(value)?;
        let private = if private.is_empty() {
            R::Private::default()
        } else {
            serde_json::from_slice(private)
                .map_err(|error| Diagnostic::defect("The private state is not ours", error))?
        };
        Ok(State { model, private })
    }

    fn outcome(&self, state: State<R>, mut diagnostics: Diagnostics) -> Outcome {
        let private = serde_json::to_vec(&state.private).unwrap_or_else(|error| {
            diagnostics.push(Diagnostic::defect(
                "The private state cannot be kept",
                error,
            ));
            Vec::new()
        });
        let identity = self.resource.identity(&state.model);
        let mut value = state.model.into_value();
        write_only::clear(&self.schema.attributes, &mut value);
        Outcome {
            identity: identity.map(R::Identity::into_value),
            value,
            private,
            diagnostics,
        }
    }

    fn failed(&self, failure: ApplyFailure<R>, mut diagnostics: Diagnostics) -> Outcome {
        diagnostics.extend(failure.diagnostics);
        match failure.state {
            Some(state) => self.outcome(state, diagnostics),
            // Terraform keeps the prior state on an error without a new one.
            None => Outcome::unchanged(Value::Null, Vec::new(), diagnostics),
        }
    }
}

impl<R: Resource> AnyResource<R::Data> for Registered<R> {
    fn type_name(&self) -> &'static str {
        self.resource.type_name()
    }

    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn ty(&self) -> &Type {
        &self.ty
    }

    fn identity_schema(&self) -> &IdentitySchema {
        &self.identity_schema
    }

    fn identity_ty(&self) -> &Type {
        &self.identity_ty
    }

    fn validate(&self, config: Value, write_only_allowed: bool) -> Diagnostics {
        judge(
            &self.schema.attributes,
            config,
            write_only_allowed,
            |config| self.resource.validate(config),
        )
    }

    fn plan(&self, mut call: Call<'_, R::Data>, request: PlanRequest) -> PlanOutcome {
        let result = self.try_plan(&mut call, &request);
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

    fn apply<'a>(
        &'a self,
        mut call: Call<'a, R::Data>,
        request: ApplyRequest,
    ) -> Boxed<'a, Outcome> {
        Box::pin(async move {
            let ApplyRequest {
                prior,
                mut planned,
                config,
                private,
            } = request;
            write_only::fill(&self.schema.attributes, &config, &mut planned);
            let exists = !prior.is_null();
            let decoded = (
                exists.then(|| self.state(prior, &private)).transpose(),
                (!planned.is_null())
                    .then(|| R::Model::from_value(planned).map_err(Diagnostic::from))
                    .transpose(),
            );
            let result = match decoded {
                (Err(error), _) | (_, Err(error)) => Err(error.into()),
                (Ok(None), Ok(Some(planned))) => self.resource.create(&mut call, planned).await,
                (Ok(Some(prior)), Ok(Some(planned))) => {
                    self.resource.update(&mut call, prior, planned).await
                }
                (Ok(Some(prior)), Ok(None)) => {
                    let kept = (!private.is_empty()).then(|| prior.clone());
                    match self.resource.delete(&mut call, prior).await {
                        Ok(()) => {
                            return Outcome::unchanged(Value::Null, Vec::new(), call.diagnostics);
                        }
                        // Terraform destroys a tainted object without its private state. To
                        // return the object would wipe that; with nothing, Terraform keeps both.
                        Err(errors) => Err(ApplyFailure {
                            diagnostics: errors,
                            state: kept,
                        }),
                    }
                }
                (Ok(None), Ok(None)) => {
                    return Outcome::unchanged(Value::Null, Vec::new(), call.diagnostics);
                }
            };
            match result {
                Ok(state) => self.outcome(state, call.diagnostics),
                Err(failure) => self.failed(failure, call.diagnostics),
            }
        })
    }

    fn read<'a>(
        &'a self,
        mut call: Call<'a, R::Data>,
        value: Value,
        private: Vec<u8>,
    ) -> Boxed<'a, Outcome> {
        Box::pin(async move {
            let state = match self.state(value.clone(), &private) {
                Ok(state) => state,
                Err(error) => return Outcome::unchanged(value, private, error),
            };
            let prior = state.model.clone();
            match self.resource.read(&mut call, state).await {
                Ok(Some(mut state)) => {
                    self.resource.keep_equivalent(&prior, &mut state.model);
                    self.outcome(state, call.diagnostics)
                }
                Ok(None) => Outcome::unchanged(Value::Null, Vec::new(), call.diagnostics),
                Err(errors) => {
                    call.diagnostics.extend(errors);
                    Outcome::unchanged(value, private, call.diagnostics)
                }
            }
        })
    }

    fn import<'a>(
        &'a self,
        mut call: Call<'a, R::Data>,
        target: ImportTarget<Value>,
    ) -> Boxed<'a, Outcome> {
        Box::pin(async move {
            let target = match target {
                ImportTarget::Id(id) => Ok(ImportTarget::Id(id)),
                ImportTarget::Identity(identity) => R::Identity::from_value(identity)
                    .map(ImportTarget::Identity)
                    .map_err(Diagnostic::from),
            };
            let result = match target {
                Ok(target) => self.resource.import(&mut call, target).await,
                Err(error) => Err(error.into()),
            };
            match result {
                Ok(state) => self.outcome(state, call.diagnostics),
                Err(errors) => {
                    call.diagnostics.extend(errors);
                    Outcome::unchanged(Value::Null, Vec::new(), call.diagnostics)
                }
            }
        })
    }

    fn move_from(&self, source: MoveSource) -> Outcome {
        match self.resource.move_from(source) {
            Ok(state) => self.outcome(state, Diagnostics::new()),
            Err(errors) => Outcome::unchanged(Value::Null, Vec::new(), errors),
        }
    }

    fn upgrade(&self, version: i64, state: Json) -> Result<Value, Diagnostics> {
        let mut value = match version.cmp(&self.schema.version) {
            Ordering::Equal => decode_json(&state, &self.ty, Unlisted::Tolerate)
                .map_err(|error| Stored::State.unreadable(self.type_name(), error))?,
            Ordering::Less => self.resource.upgrade(version, state)?.into_value(),
            Ordering::Greater => return Err(Stored::State.newer(self.type_name(), version).into()),
        };
        // An attribute may have become write-only.
        write_only::clear(&self.schema.attributes, &mut value);
        Ok(value)
    }

    fn upgrade_identity(&self, version: i64, identity: Json) -> Result<Value, Diagnostics> {
        let stored = Stored::Identity;
        match version.cmp(&self.identity_schema.version) {
            Ordering::Equal => decode_json(&identity, &self.identity_ty, Unlisted::Tolerate)
                .map_err(|error| stored.unreadable(self.type_name(), error).into()),
            Ordering::Less => {
                let identity = self.resource.upgrade_identity(version, identity)?;
                Ok(identity.into_value())
            }
            Ordering::Greater => Err(stored.newer(self.type_name(), version).into()),
        }
    }
}
