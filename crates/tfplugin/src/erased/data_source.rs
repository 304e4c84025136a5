//! A data source behind [`AnyDataSource`].

use super::{future::BoxFuture, validation::validate_config};
use crate::{
    call::Call,
    data_source::DataSource,
    diagnostics::{Diagnostic, Diagnostics},
    model::{FromValue as _, IntoValue as _, Shape},
    schema::Schema,
    timeouts::{Deadline, Operation},
    value::{Value, types::Type},
};

/// The result of a read, and the warnings in addition to it.
type ReadOutcome = (Result<Value, Diagnostics>, Diagnostics);

/// A [`DataSource`] without its types.
pub(crate) trait AnyDataSource<D>: Send + Sync {
    fn type_name(&self) -> &'static str;
    fn schema(&self) -> &Schema;
    fn ty(&self) -> &Type;
    fn model_shape(&self) -> Shape;
    fn validate(&self, config: Value) -> Diagnostics;
    fn read<'a>(&'a self, call: Call<'a, D>, config: Value) -> BoxFuture<'a, ReadOutcome>;
}

/// Converts between values and the models of a data source's author.
pub(crate) struct ErasedDataSource<S> {
    source: S,
    schema: Schema,
    ty: Type,
}

// === impl ErasedDataSource ===

impl<S: DataSource> ErasedDataSource<S> {
    pub(crate) fn new(source: S) -> Self {
        let schema = source.schema();
        let ty = schema.implied_type();
        Self { source, schema, ty }
    }
}

impl<S: DataSource> AnyDataSource<S::Data> for ErasedDataSource<S> {
    fn type_name(&self) -> &'static str {
        self.source.type_name()
    }

    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn ty(&self) -> &Type {
        &self.ty
    }

    fn model_shape(&self) -> Shape {
        S::Model::shape()
    }

    fn validate(&self, config: Value) -> Diagnostics {
        validate_config(&self.schema.attributes, config, true, |config| {
            self.source.validate(config)
        })
    }

    fn read<'a>(&'a self, call: Call<'a, S::Data>, config: Value) -> BoxFuture<'a, ReadOutcome> {
        Box::pin(async move {
            let cancel = call.cancel.child_token();
            let mut call = call.with_cancel(&cancel);
            let deadline = Deadline::of(Operation::Read, &config);
            call.set_deadline(deadline.instant());
            let answer = match S::Model::from_value(config) {
                Ok(config) => {
                    let read = self.source.read(&mut call, config);
                    deadline.run(&cancel, read).await
                }
                Err(error) => Err(Diagnostic::from(error).into()),
            };
            (answer.map(S::Model::into_value), call.diagnostics)
        })
    }
}
