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
    fn plan<'a>(&'a self, call: Call<'a, D>, config: Value) -> BoxFuture<'a, ActionPlanOutcome>;
    /// Returns the messages that complete the invocation.
    fn invoke<'a>(
        &'a self,
        call: Call<'a, D>,
        config: Value,
        progress: Progress,
    ) -> BoxFuture<'a, Diagnostics>;
}

/// Converts between values and the models of an action's author.
pub(crate) struct ErasedAction<A> {
    action: A,
    schema: Schema,
    ty: Type,
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

    fn plan<'a>(
        &'a self,
        mut call: Call<'a, A::Data>,
        config: Value,
    ) -> BoxFuture<'a, ActionPlanOutcome> {
        Box::pin(async move {
            let plan = match A::Config::from_value(config) {
                Ok(config) => self.action.plan(&mut call, &config).await,
                Err(error) => Err(Diagnostic::from(error).into()),
            };
            (plan, call.diagnostics)
        })
    }

    fn invoke<'a>(
        &'a self,
        call: Call<'a, A::Data>,
        config: Value,
        progress: Progress,
    ) -> BoxFuture<'a, Diagnostics> {
        Box::pin(async move {
            let cancel = call.cancel.child_token();
            let mut call = call.with_cancel(&cancel);
            let deadline = Deadline::of(Operation::Invoke, &config);
            call.set_deadline(deadline.instant());
            let end = match A::Config::from_value(config) {
                Ok(config) => {
                    let invoke = self.action.invoke(&mut call, config, &progress);
                    deadline.run(&cancel, invoke).await
                }
                Err(error) => Err(Diagnostic::from(error).into()),
            };
            if let Err(errors) = end {
                call.diagnostics.extend(errors);
            }
            call.diagnostics
        })
    }
}
