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
    /// Reads without a deadline.
    fn read_model<'a>(
        &'a self,
        call: &'a mut Call<'_, D>,
        config: Value,
    ) -> BoxFuture<'a, Result<Value, Diagnostics>>;
}

/// Converts between values and the models of a data source's author.
pub(crate) struct ErasedDataSource<S> {
    source: S,
    schema: Schema,
    ty: Type,
}

// === impl AnyDataSource ===

impl<D> dyn AnyDataSource<D> + '_ {
    pub(crate) async fn read(&self, call: Call<'_, D>, config: Value) -> ReadOutcome {
        let cancel = call.cancel.child_token();
        let mut call = call.with_cancel(&cancel);
        let deadline = Deadline::of(Operation::Read, &config);
        call.set_deadline(deadline.instant());
        let read = self.read_model(&mut call, config);
        let answer = deadline.run(&cancel, read).await;
        (answer, call.diagnostics)
    }
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

    fn read_model<'a>(
        &'a self,
        call: &'a mut Call<'_, S::Data>,
        config: Value,
    ) -> BoxFuture<'a, Result<Value, Diagnostics>> {
        Box::pin(async move {
            let config = S::Model::from_value(config).map_err(Diagnostic::from)?;
            let model = self.source.read(call, config).await?;
            Ok(model.into_value())
        })
    }
}
