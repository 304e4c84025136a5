//! A resource behind [`AnyResource`].

use std::{cmp::Ordering, fmt};

use serde_json::Value as Json;

use super::{
    any_resource::{AnyResource, ApplyRequest, ImportTarget, Outcome, PlanOutcome, PlanRequest},
    capabilities::Capabilities,
    future::BoxFuture,
    generation::generate_config,
    planning::Planner,
    validation::validate_config,
};
use crate::{
    call::Call,
    codec::{Unlisted, decode_json},
    diagnostics::{Diagnostic, Diagnostics},
    identity::IdentitySchema,
    model::{FromValue as _, IntoValue as _, Shape},
    plan::write_only,
    private,
    resource::{
        ApplyFailure, MoveSource, PrivateState, Resource, ResourceWithIdentity, ResourceWithImport,
        ResourceWithMove, ResourceWithUpgrade, State,
    },
    schema::Schema,
    stored_state::Stored,
    timeouts::{self, Deadline, Operation},
    value::{Value, types::Type},
};

type Applied<R, P> =
    Result<State<<R as Resource<P>>::Model, P>, ApplyFailure<<R as Resource<P>>::Model, P>>;

/// Converts between values and the models of a resource's author.
pub(crate) struct ErasedResource<R: Resource<P>, P: PrivateState> {
    resource: R,
    schema: Schema,
    ty: Type,
    capabilities: Capabilities<R, P>,
}

// === impl ErasedResource ===

impl<R: Resource<P>, P: PrivateState> ErasedResource<R, P> {
    pub(crate) fn new(resource: R) -> Self {
        let schema = resource.schema();
        Self {
            ty: schema.implied_type(),
            schema,
            resource,
            capabilities: Capabilities::NONE,
        }
    }

    pub(crate) fn add_identity(&mut self)
    where
        R: ResourceWithIdentity<P>,
    {
        self.capabilities.add_identity(&self.resource);
    }

    pub(crate) fn add_import(&mut self)
    where
        R: ResourceWithImport<P>,
    {
        self.capabilities.add_import(&self.resource);
    }

    pub(crate) fn add_move(&mut self)
    where
        R: ResourceWithMove<P>,
    {
        self.capabilities.add_move();
    }

    pub(crate) fn add_upgrade(&mut self)
    where
        R: ResourceWithUpgrade<P>,
    {
        self.capabilities.add_upgrade();
    }

    fn outcome(&self, state: State<R::Model, P>, mut diagnostics: Diagnostics) -> Outcome {
        let private = state.private.as_ref().map(private::encode);
        let private = private.transpose().unwrap_or_else(|error| {
            diagnostics.push(error);
            None
        });
        let identity = self.capabilities.identity.as_ref();
        let identity = identity.and_then(|identity| (identity.of)(&self.resource, &state.model));
        let mut value = state.model.into_value();
        write_only::clear(&self.schema.attributes, &mut value);
        Outcome {
            value,
            private: private.unwrap_or_default(),
            identity,
            diagnostics,
        }
    }

    fn applied(&self, result: Applied<R, P>, mut diagnostics: Diagnostics) -> Outcome {
        match result {
            Ok(state) => self.outcome(state, diagnostics),
            Err(failure) => {
                diagnostics.extend(failure.diagnostics);
                match failure.state {
                    Some(state) => self.outcome(state, diagnostics),
                    // Terraform keeps the prior state on an error without a new one.
                    None => Outcome::nothing(diagnostics),
                }
            }
        }
    }

    /// Creates or updates.
    async fn set(&self, call: &mut Call<'_, R::Data>, request: ApplyRequest) -> Applied<R, P> {
        let ApplyRequest {
            prior,
            mut planned,
            config,
            private,
        } = request;
        write_only::fill(&self.schema.attributes, &config, &mut planned);
        let prior = (!prior.is_null())
            .then(|| R::Model::from_value(prior).map_err(Diagnostic::from))
            .transpose()?;
        let operation = match prior {
            None => Operation::Create,
            Some(_) => Operation::Update,
        };
        let deadline = Deadline::of(operation, &planned);
        call.set_deadline(deadline.instant());
        let planned = private::decode_state(self.resource.type_name(), planned, &private)?;
        let cancel = call.cancel;
        match prior {
            None => {
                let create = self.resource.create(call, planned);
                deadline.run(cancel, create).await
            }
            Some(prior) => {
                let update = self.resource.update(call, prior, planned);
                deadline.run(cancel, update).await
            }
        }
    }

    /// Deletes. On failure the state is kept, if it can be kept whole.
    async fn delete(
        &self,
        call: &mut Call<'_, R::Data>,
        prior: Value,
        private: &[u8],
    ) -> Result<(), ApplyFailure<R::Model, P>> {
        let deadline = Deadline::of(Operation::Delete, &prior);
        call.set_deadline(deadline.instant());
        let type_name = self.resource.type_name();
        let (prior, warning): (State<R::Model, P>, _) =
            private::decode_state_to_delete(type_name, prior, private)?;
        call.diagnostics.extend(warning);
        // Terraform destroys a tainted object without its private state. Returning the object would
        // erase that; without an object, Terraform keeps both.
        let kept = prior.private.is_some().then(|| prior.clone());
        let cancel = call.cancel;
        let deleted = deadline
            .run(cancel, self.resource.delete(call, prior))
            .await;
        deleted.map_err(|diagnostics| ApplyFailure {
            diagnostics,
            state: kept,
        })
    }

    async fn find(
        &self,
        call: &mut Call<'_, R::Data>,
        target: ImportTarget,
    ) -> Result<State<R::Model, P>, Diagnostics> {
        let Capabilities {
            identity, import, ..
        } = &self.capabilities;
        let timeout = import.as_ref().and_then(|import| import.timeout);
        let deadline = Deadline::fixed(Operation::Import, timeout.unwrap_or(timeouts::DEFAULT));
        call.set_deadline(deadline.instant());
        let cancel = call.cancel;
        let find = match (target, identity, import) {
            (ImportTarget::Id(id), _, Some(import)) => (import.import)(&self.resource, call, id),
            (ImportTarget::Identity(value), Some(identity), _) => {
                (identity.import)(&self.resource, call, value)
            }
            (ImportTarget::Id(_), _, None) | (ImportTarget::Identity(_), None, _) => {
                return Err(self.import_not_supported().into());
            }
        };
        deadline.run(cancel, find).await
    }

    fn import_not_supported(&self) -> Diagnostic {
        Diagnostic::error(
            "Import Not Supported",
            format!(
                "A resource of type {} cannot be imported in this way. Remove the import block and \
                 let apply create it.",
                self.type_name()
            ),
        )
    }

    fn upgrade_not_supported(&self, version: i64) -> Diagnostic {
        Diagnostic::error(
            "Unsupported State Version",
            format!(
                "The state of {} has schema version {version}, which this version of the provider \
                 cannot read. Remove the resource from the state and import it again.",
                self.type_name()
            ),
        )
    }
}

impl<R: Resource<P>, P: PrivateState> fmt::Debug for ErasedResource<R, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.resource.type_name();
        f.debug_tuple("ErasedResource").field(&name).finish()
    }
}

impl<R: Resource<P>, P: PrivateState> AnyResource<R::Data> for ErasedResource<R, P> {
    fn type_name(&self) -> &'static str {
        self.resource.type_name()
    }

    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn ty(&self) -> &Type {
        &self.ty
    }

    fn identity(&self) -> Option<(&IdentitySchema, &Type)> {
        let identity = self.capabilities.identity.as_ref();
        identity.map(|identity| (&identity.schema, &identity.ty))
    }

    fn model_shape(&self) -> Shape {
        R::Model::shape()
    }

    fn identity_shape(&self) -> Option<Shape> {
        let identity = self.capabilities.identity.as_ref();
        identity.map(|identity| identity.shape.clone())
    }

    fn upgrades(&self) -> bool {
        self.capabilities.upgrade.is_some()
    }

    fn validate(&self, config: Value, write_only_allowed: bool) -> Diagnostics {
        let attributes = &self.schema.attributes;
        validate_config(attributes, config, write_only_allowed, |config| {
            self.resource.validate(config)
        })
    }

    fn plan<'a>(
        &'a self,
        call: Call<'a, R::Data>,
        request: PlanRequest,
    ) -> BoxFuture<'a, PlanOutcome> {
        let planner = Planner {
            resource: &self.resource,
            attributes: &self.schema.attributes,
            capabilities: &self.capabilities,
        };
        Box::pin(planner.plan(call, request))
    }

    fn apply<'a>(
        &'a self,
        call: Call<'a, R::Data>,
        request: ApplyRequest,
    ) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let cancel = call.cancel.child_token();
            let mut call = call.with_cancel(&cancel);
            match (request.prior.is_null(), request.planned.is_null()) {
                (true, true) => Outcome::nothing(call.diagnostics),
                (false, true) => {
                    let ApplyRequest { prior, private, .. } = request;
                    match self.delete(&mut call, prior, &private).await {
                        Ok(()) => Outcome::nothing(call.diagnostics),
                        Err(failure) => self.applied(Err(failure), call.diagnostics),
                    }
                }
                (_, false) => {
                    let result = self.set(&mut call, request).await;
                    self.applied(result, call.diagnostics)
                }
            }
        })
    }

    fn read<'a>(
        &'a self,
        call: Call<'a, R::Data>,
        value: Value,
        private: Vec<u8>,
    ) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let cancel = call.cancel.child_token();
            let mut call = call.with_cancel(&cancel);
            let state: State<R::Model, P> =
                match private::decode_state(self.resource.type_name(), value.clone(), &private) {
                    Ok(state) => state,
                    Err(error) => return Outcome::unchanged(value, private, error),
                };
            let prior = state.model.clone();
            let deadline = Deadline::of(Operation::Read, &value);
            call.set_deadline(deadline.instant());
            let read = self.resource.read(&mut call, state);
            match deadline.run(&cancel, read).await {
                Ok(Some(mut state)) => {
                    self.resource.keep_equivalent(&prior, &mut state.model);
                    self.outcome(state, call.diagnostics)
                }
                Ok(None) => Outcome::nothing(call.diagnostics),
                Err(errors) => {
                    call.diagnostics.extend(errors);
                    Outcome::unchanged(value, private, call.diagnostics)
                }
            }
        })
    }

    fn import<'a>(
        &'a self,
        call: Call<'a, R::Data>,
        target: ImportTarget,
    ) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let cancel = call.cancel.child_token();
            let mut call = call.with_cancel(&cancel);
            match self.find(&mut call, target).await {
                Ok(state) => self.outcome(state, call.diagnostics),
                Err(errors) => {
                    call.diagnostics.extend(errors);
                    Outcome::nothing(call.diagnostics)
                }
            }
        })
    }

    fn generate_config(&self, call: &Call<'_, R::Data>, state: Value) -> Result<Value, Diagnostic> {
        generate_config(&self.resource, &self.schema.attributes, call, state)
    }

    fn move_from(&self, source: MoveSource) -> Outcome {
        let Some(move_from) = self.capabilities.move_from else {
            let reason = "It is not the same kind of object.";
            return Outcome::nothing(source.refused(self.type_name(), reason));
        };
        match move_from(&self.resource, source) {
            Ok(state) => self.outcome(state, Diagnostics::new()),
            Err(errors) => Outcome::nothing(errors),
        }
    }

    fn upgrade(&self, version: i64, state: Json) -> Result<Value, Diagnostics> {
        let mut value = match version.cmp(&self.schema.version) {
            Ordering::Equal => decode_json(&state, &self.ty, Unlisted::Tolerate)
                .map_err(|error| Stored::State.unreadable(self.type_name(), error))?,
            Ordering::Less => match self.capabilities.upgrade {
                Some(upgrade) => upgrade(&self.resource, version, state)?.into_value(),
                None => return Err(self.upgrade_not_supported(version).into()),
            },
            Ordering::Greater => return Err(Stored::State.newer(self.type_name(), version).into()),
        };
        // An attribute may have become write-only.
        write_only::clear(&self.schema.attributes, &mut value);
        Ok(value)
    }

    fn upgrade_identity(&self, version: i64, stored: Json) -> Result<Value, Diagnostics> {
        let type_name = self.type_name();
        let Some(identity) = &self.capabilities.identity else {
            let error = "this version of the provider stores no identity";
            return Err(Stored::Identity.unreadable(type_name, error).into());
        };
        match version.cmp(&identity.schema.version) {
            Ordering::Equal => decode_json(&stored, &identity.ty, Unlisted::Tolerate)
                .map_err(|error| Stored::Identity.unreadable(type_name, error).into()),
            Ordering::Less => (identity.upgrade)(&self.resource, version, stored),
            Ordering::Greater => Err(Stored::Identity.newer(type_name, version).into()),
        }
    }
}
