//! A resource behind [`AnyResource`].

use std::{fmt, future::ready, time::Duration};

use serde_json::Value as Json;

use super::{
    any_resource::{AnyResource, Failed, ImportTarget, Outcome, PlanRequest, PlannedChange},
    capabilities::Capabilities,
    future::BoxFuture,
    generation::generate_config,
    planning::plan_by_schema,
    validation::validate_config,
};
use crate::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    identity::IdentitySchema,
    model::{FromValue as _, IntoValue as _, Shape},
    plan::write_only,
    private,
    resource::{
        ApplyFailure, MoveSource, Plan, PrivateState, Resource, ResourceWithIdentity,
        ResourceWithImport, ResourceWithMove, ResourceWithUpgrade, State,
    },
    schema::Schema,
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

    fn state(&self, value: Value, private: &[u8]) -> Result<State<R::Model, P>, Diagnostic> {
        private::decode_state(self.resource.type_name(), value, private)
    }

    fn identity_of(&self, model: &R::Model) -> Option<Value> {
        let identity = self.capabilities.identity.as_ref()?;
        (identity.of)(&self.resource, model)
    }

    fn outcome(&self, state: State<R::Model, P>) -> Outcome {
        let private = state.private.as_ref().map(private::encode);
        let identity = self.identity_of(&state.model);
        outcome(
            &self.schema,
            state.model.into_value(),
            private.transpose(),
            identity,
        )
    }

    fn applied(&self, result: Applied<R, P>) -> Result<Outcome, Failed> {
        match result {
            Ok(state) => Ok(self.outcome(state)),
            Err(failure) => Err(Failed {
                diagnostics: failure.diagnostics,
                object: failure.state.map(|state| Box::new(self.outcome(state))),
            }),
        }
    }
}

fn outcome(
    schema: &Schema,
    mut value: Value,
    private: Result<Option<Vec<u8>>, Diagnostic>,
    identity: Option<Value>,
) -> Outcome {
    write_only::clear(&schema.attributes, &mut value);
    let (private, diagnostics) = match private {
        Ok(private) => (private.unwrap_or_default(), Diagnostics::new()),
        Err(error) => (Vec::new(), error.into()),
    };
    Outcome {
        value,
        private,
        identity,
        diagnostics,
    }
}

fn import_not_supported(type_name: &str) -> Diagnostic {
    Diagnostic::error(
        "Import Not Supported",
        format!(
            "A resource of type {type_name} cannot be imported in this way. Remove the import block \
             and let apply create it."
        ),
    )
}

fn upgrade_not_supported(type_name: &str, version: i64) -> Diagnostic {
    Diagnostic::error(
        "Unsupported State Version",
        format!(
            "The state of {type_name} has schema version {version}, which this version of the \
             provider cannot read. Remove the resource from the state and import it again."
        ),
    )
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

    fn import_timeout(&self) -> Option<Duration> {
        self.capabilities.import.as_ref()?.timeout
    }

    fn validate(&self, config: Value, write_only_allowed: bool) -> Diagnostics {
        let attributes = &self.schema.attributes;
        validate_config(attributes, config, write_only_allowed, |config| {
            self.resource.validate(config)
        })
    }

    fn plan_change<'a>(
        &'a self,
        call: &'a mut Call<'_, R::Data>,
        request: &'a PlanRequest,
    ) -> BoxFuture<'a, Result<PlannedChange, Diagnostics>> {
        Box::pin(async move {
            let state = (!request.prior.is_null())
                .then(|| self.state(request.prior.clone(), &request.private))
                .transpose()?;
            let config = R::Model::from_value(request.config.clone()).map_err(Diagnostic::from)?;
            let attributes = &self.schema.attributes;
            let planned = plan_by_schema(&self.resource, attributes, state.as_ref(), request)?;
            let mut plan = Plan::new(&config, state.as_ref(), planned);
            if state.is_none() {
                plan.set_replaced(private::decode_replaced(&request.private));
            }
            let approved = &request.approved_private;
            let approved = private::decode_approved(self.resource.type_name(), approved)?;
            plan.set_approved(approved, request.stores_private);
            self.resource.plan(call, &mut plan).await?;
            let (model, private, replacements) = plan.into_parts();
            Ok(PlannedChange {
                identity: self.identity_of(&model),
                value: model.into_value(),
                private: private.as_ref().map(private::encode).transpose()?,
                replacements,
            })
        })
    }

    fn plan_destroy(
        &self,
        call: &mut Call<'_, R::Data>,
        prior: Value,
        private: &[u8],
    ) -> Result<(), Diagnostics> {
        let type_name = self.resource.type_name();
        let (state, warning) = private::decode_state_to_delete(type_name, prior, private)?;
        call.diagnostics.extend(warning);
        self.resource.plan_destroy(call, &state)
    }

    fn create<'a>(
        &'a self,
        call: &'a mut Call<'_, R::Data>,
        planned: Value,
        private: &'a [u8],
    ) -> BoxFuture<'a, Result<Outcome, Failed>> {
        Box::pin(async move {
            let planned = self.state(planned, private)?;
            self.applied(self.resource.create(call, planned).await)
        })
    }

    fn update<'a>(
        &'a self,
        call: &'a mut Call<'_, R::Data>,
        prior: Value,
        planned: Value,
        private: &'a [u8],
    ) -> BoxFuture<'a, Result<Outcome, Failed>> {
        Box::pin(async move {
            let prior = R::Model::from_value(prior).map_err(Diagnostic::from)?;
            let planned = self.state(planned, private)?;
            self.applied(self.resource.update(call, prior, planned).await)
        })
    }

    fn delete<'a>(
        &'a self,
        call: &'a mut Call<'_, R::Data>,
        prior: Value,
        private: &'a [u8],
    ) -> BoxFuture<'a, Result<(), Failed>> {
        Box::pin(async move {
            let type_name = self.resource.type_name();
            let (prior, warning) = private::decode_state_to_delete(type_name, prior, private)?;
            call.diagnostics.extend(warning);
            // Terraform destroys a tainted object without its private state. Returning the object
            // would erase that; without an object, Terraform keeps both.
            let kept = prior.private.is_some().then(|| prior.clone());
            let deleted = self.resource.delete(call, prior).await;
            deleted.map_err(|diagnostics| Failed {
                diagnostics,
                object: kept.map(|state| Box::new(self.outcome(state))),
            })
        })
    }

    fn refresh<'a>(
        &'a self,
        call: &'a mut Call<'_, R::Data>,
        state: Value,
        private: &'a [u8],
    ) -> BoxFuture<'a, Result<Option<Outcome>, Diagnostics>> {
        Box::pin(async move {
            let state = self.state(state, private)?;
            let prior = state.model.clone();
            let found = self.resource.read(call, state).await?;
            Ok(found.map(|mut state| {
                self.resource.keep_equivalent(&prior, &mut state.model);
                self.outcome(state)
            }))
        })
    }

    fn find<'a>(
        &'a self,
        call: &'a mut Call<'_, R::Data>,
        target: ImportTarget,
    ) -> BoxFuture<'a, Result<Outcome, Diagnostics>> {
        let Capabilities {
            identity, import, ..
        } = &self.capabilities;
        let find = match (target, identity, import) {
            (ImportTarget::Id(id), _, Some(import)) => (import.import)(&self.resource, call, id),
            (ImportTarget::Identity(value), Some(identity), _) => {
                (identity.import)(&self.resource, call, value)
            }
            (ImportTarget::Id(_), _, None) | (ImportTarget::Identity(_), None, _) => {
                let error = import_not_supported(self.resource.type_name());
                return Box::pin(ready(Err(error.into())));
            }
        };
        Box::pin(async move { Ok(self.outcome(find.await?)) })
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
            Ok(state) => self.outcome(state),
            Err(errors) => Outcome::nothing(errors),
        }
    }

    fn upgrade_older(&self, version: i64, state: Json) -> Result<Value, Diagnostics> {
        match self.capabilities.upgrade {
            Some(upgrade) => Ok(upgrade(&self.resource, version, state)?.into_value()),
            None => Err(upgrade_not_supported(self.type_name(), version).into()),
        }
    }

    fn upgrade_older_identity(&self, version: i64, identity: Json) -> Result<Value, Diagnostics> {
        match &self.capabilities.identity {
            Some(with_identity) => (with_identity.upgrade)(&self.resource, version, identity),
            // Without an identity there is no older one.
            None => Ok(Value::Null),
        }
    }
}
