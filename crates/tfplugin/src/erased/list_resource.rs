//! A list resource behind [`AnyListResource`].

use tokio::sync::mpsc;

use super::{future::BoxFuture, validation::validate_config};
use crate::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    list_resource::{ListEnd, ListEvent, ListRequest, ListResource, ListSink},
    model::{FromValue as _, Shape},
    schema::Schema,
    timeouts::{Deadline, Operation},
    value::{Value, types::Type},
};

/// A [`ListResource`] without its types.
pub(crate) trait AnyListResource<D>: Send + Sync {
    fn type_name(&self) -> &'static str;
    fn schema(&self) -> &Schema;
    fn ty(&self) -> &Type;
    fn config_shape(&self) -> Shape;
    fn identity_shape(&self) -> Shape;
    fn model_shape(&self) -> Shape;
    fn validate(&self, config: Value) -> Diagnostics;
    /// Lists without a deadline.
    fn list_models<'a>(
        &'a self,
        call: &'a mut Call<'_, D>,
        config: Value,
        request: ListRequest,
        events: mpsc::Sender<ListEvent>,
    ) -> BoxFuture<'a, Result<(), ListEnd>>;
}

/// Converts between values and the models of a list resource's author.
pub(crate) struct ErasedListResource<L> {
    list: L,
    schema: Schema,
    ty: Type,
}

// === impl AnyListResource ===

impl<D> dyn AnyListResource<D> + '_ {
    /// Sends the results to `events`, and returns the messages that end the list.
    pub(crate) async fn list(
        &self,
        call: Call<'_, D>,
        config: Value,
        request: ListRequest,
        events: mpsc::Sender<ListEvent>,
    ) -> Diagnostics {
        let cancel = call.cancel.child_token();
        let mut call = call.with_cancel(&cancel);
        let deadline = Deadline::of(Operation::List, &config);
        call.set_deadline(deadline.instant());
        let list = self.list_models(&mut call, config, request, events);
        if let Err(ListEnd::Failed(errors)) = deadline.run(&cancel, list).await {
            call.diagnostics.extend(errors);
        }
        call.diagnostics
    }
}

// === impl ErasedListResource ===

impl<L: ListResource> ErasedListResource<L> {
    pub(crate) fn new(list: L) -> Self {
        let schema = list.schema();
        let ty = schema.implied_type();
        Self { list, schema, ty }
    }
}

impl<L: ListResource> AnyListResource<L::Data> for ErasedListResource<L> {
    fn type_name(&self) -> &'static str {
        self.list.type_name()
    }

    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn ty(&self) -> &Type {
        &self.ty
    }

    fn config_shape(&self) -> Shape {
        L::Config::shape()
    }

    fn identity_shape(&self) -> Shape {
        L::Identity::shape()
    }

    fn model_shape(&self) -> Shape {
        L::Model::shape()
    }

    fn validate(&self, config: Value) -> Diagnostics {
        validate_config(&self.schema.attributes, config, true, |config| {
            self.list.validate(config)
        })
    }

    fn list_models<'a>(
        &'a self,
        call: &'a mut Call<'_, L::Data>,
        config: Value,
        request: ListRequest,
        events: mpsc::Sender<ListEvent>,
    ) -> BoxFuture<'a, Result<(), ListEnd>> {
        Box::pin(async move {
            let config = L::Config::from_value(config).map_err(Diagnostic::from)?;
            let mut sink = ListSink::new(events, request.limit);
            self.list.list(call, config, request, &mut sink).await
        })
    }
}
