//! An action behind [`AnyAction`].

use super::{future::BoxFuture, validation::validate_config};
use crate::{
    action::{Action, ActionPlan, Progress},
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    model::{FromValue as _, Shape},
    schema::Schema,
    timeouts::{Deadline, Operation},
    value::{Value, types::Type},
};

/// The plan, and messages in addition to it.
pub(crate) type ActionPlanOutcome = (Result<ActionPlan, Diagnostics>, Diagnostics);

/// An [`Action`] without its types.
pub(crate) trait AnyAction<D>: Send + Sync {
    fn type_name(&self) -> &'static str;
    fn schema(&self) -> &Schema;
    fn ty(&self) -> &Type;
    fn config_shape(&self) -> Shape;
    fn validate(&self, config: Value) -> Diagnostics;
    /// Plans without a deadline.
    fn plan_model<'a>(
        &'a self,
        call: &'a mut Call<'_, D>,
        config: Value,
    ) -> BoxFuture<'a, Result<ActionPlan, Diagnostics>>;
    /// Invokes without a deadline.
    fn invoke_model<'a>(
        &'a self,
        call: &'a mut Call<'_, D>,
        config: Value,
        progress: &'a Progress,
    ) -> BoxFuture<'a, Result<(), Diagnostics>>;
}

/// Converts between values and the models of an action's author.
pub(crate) struct ErasedAction<A> {
    action: A,
    schema: Schema,
    ty: Type,
}

// === impl AnyAction ===

impl<D> dyn AnyAction<D> + '_ {
    pub(crate) async fn plan(&self, mut call: Call<'_, D>, config: Value) -> ActionPlanOutcome {
        let plan = self.plan_model(&mut call, config).await;
        (plan, call.diagnostics)
    }

    /// Returns the messages that complete the invocation.
    pub(crate) async fn invoke(
        &self,
        call: Call<'_, D>,
        config: Value,
        progress: Progress,
    ) -> Diagnostics {
        let cancel = call.cancel.child_token();
        let mut call = call.with_cancel(&cancel);
        let deadline = Deadline::of(Operation::Invoke, &config);
        call.set_deadline(deadline.instant());
        let invoke = self.invoke_model(&mut call, config, &progress);
        if let Err(errors) = deadline.run(&cancel, invoke).await {
            call.diagnostics.extend(errors);
        }
        call.diagnostics
    }
}

// === impl ErasedAction ===

impl<A: Action> ErasedAction<A> {
    pub(crate) fn new(action: A) -> Self {
        let schema = action.schema();
        let ty = schema.implied_type();
        Self { action, schema, ty }
    }
}

impl<A: Action> AnyAction<A::Data> for ErasedAction<A> {
    fn type_name(&self) -> &'static str {
        self.action.type_name()
    }

    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn ty(&self) -> &Type {
        &self.ty
    }

    fn config_shape(&self) -> Shape {
        A::Config::shape()
    }

    fn validate(&self, config: Value) -> Diagnostics {
        // Every host that knows actions also knows write-only attributes.
        validate_config(&self.schema.attributes, config, true, |config| {
            self.action.validate(config)
        })
    }

    fn plan_model<'a>(
        &'a self,
        call: &'a mut Call<'_, A::Data>,
        config: Value,
    ) -> BoxFuture<'a, Result<ActionPlan, Diagnostics>> {
        Box::pin(async move {
            let config = A::Config::from_value(config).map_err(Diagnostic::from)?;
            self.action.plan(call, &config).await
        })
    }

    fn invoke_model<'a>(
        &'a self,
        call: &'a mut Call<'_, A::Data>,
        config: Value,
        progress: &'a Progress,
    ) -> BoxFuture<'a, Result<(), Diagnostics>> {
        Box::pin(async move {
            let config = A::Config::from_value(config).map_err(Diagnostic::from)?;
            self.action.invoke(call, config, progress).await
        })
    }
}
