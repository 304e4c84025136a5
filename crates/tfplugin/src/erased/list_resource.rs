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
    /// Sends the results to `events`, and returns the messages that end the list.
    fn list<'a>(
        &'a self,
        call: Call<'a, D>,
        config: Value,
        request: ListRequest,
        events: mpsc::Sender<ListEvent>,
    ) -> BoxFuture<'a, Diagnostics>;
}

/// Converts between values and the models of a list resource's author.
pub(crate) struct ErasedListResource<L> {
    list: L,
    schema: Schema,
    ty: Type,
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

    fn list<'a>(
        &'a self,
        call: Call<'a, L::Data>,
        config: Value,
        request: ListRequest,
        events: mpsc::Sender<ListEvent>,
    ) -> BoxFuture<'a, Diagnostics> {
        Box::pin(async move {
            let cancel = call.cancel.child_token();
            let mut call = call.with_cancel(&cancel);
            let deadline = Deadline::of(Operation::List, &config);
            call.set_deadline(deadline.instant());
            let mut sink = ListSink::new(events, request.limit);
            let end = match L::Config::from_value(config) {
                Ok(config) => {
                    let list = self.list.list(&mut call, config, request, &mut sink);
                    deadline.run(&cancel, list).await
                }
                Err(error) => Err(Diagnostic::from(error).into()),
            };
            if let Err(ListEnd::Failed(errors)) = end {
                call.diagnostics.extend(errors);
            }
            call.diagnostics
        })
    }
}
