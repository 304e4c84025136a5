//! Calls about data sources.

use std::{future::Future, pin::Pin};

use super::{Instance, validate::judge};
use crate::{
    call::Call,
    codec,
    data_source::{DataSource, ListedDataSource},
    diagnostics::{Diagnostic, Diagnostics},
    model::{FromValue, IntoValue},
    proto::tfplugin6 as pb,
    provider::Provider,
    schema::Schema,
    value::{Value, types::Type},
};

type Answer<'a> =
    Pin<Box<dyn Future<Output = (Result<Value, Diagnostics>, Diagnostics)> + Send + 'a>>;

/// A [`DataSource`] without its types.
pub(crate) trait AnyDataSource<C>: Send + Sync {
    fn type_name(&self) -> &'static str;
    fn schema(&self) -> &Schema;
    fn ty(&self) -> &Type;
    fn validate(&self, config: Value) -> Diagnostics;
    fn read<'a>(&'a self, call: Call<'a, C>, config: Value) -> Answer<'a>;
}

struct Registered<D> {
    source: D,
    schema: Schema,
    ty: Type,
}

// === impl ListedDataSource ===

impl<C: Send + Sync + 'static> ListedDataSource<C> {
    /// Takes a data source into a provider's list.
    pub fn new<D: DataSource<Data = C>>(source: D) -> Self {
        let schema = source.schema();
        let ty = schema.implied_type();
        Self(Box::new(Registered { source, schema, ty }))
    }
}

// === impl Registered ===

impl<D: DataSource> AnyDataSource<D::Data> for Registered<D> {
    fn type_name(&self) -> &'static str {
        self.source.type_name()
    }

    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn ty(&self) -> &Type {
        &self.ty
    }

    fn validate(&self, config: Value) -> Diagnostics {
        judge(&self.schema.attributes, config, true, |config| {
            self.source.validate(config)
        })
    }

    fn read<'a>(&'a self, mut call: Call<'a, D::Data>, config: Value) -> Answer<'a> {
        Box::pin(async move {
            let answer = match D::Model::from_value(config) {
                Ok(config) => self.source.read(&mut call, config).await,
                Err(error) => Err(Diagnostic::from(error).into()),
            };
            (answer.map(D::Model::into_value), call.diagnostics)
        })
    }
}

// === impl Instance ===

impl<P: Provider> Instance<P> {
    fn data_source(&self, type_name: &str) -> Result<&dyn AnyDataSource<P::Data>, Diagnostic> {
        match self.offer.data_sources.get(type_name) {
            Some(source) => Ok(source.0.as_ref()),
            None => Err(Diagnostic::error(
                "Unknown Data Source Type",
                format!("This provider has no data source {type_name:?}."),
            )),
        }
    }

    pub(super) fn validate_data_source(
        &self,
        request: &pb::validate_data_resource_config::Request,
    ) -> Diagnostics {
        let checked = self.data_source(&request.type_name).and_then(|source| {
            let config = codec::decode(request.config.as_ref(), source.ty())?;
            Ok(source.validate(config))
        });
        checked.unwrap_or_else(Into::into)
    }

    pub(super) async fn read_data_source(
        &self,
        request: &pb::read_data_source::Request,
    ) -> pb::read_data_source::Response {
        let cancel = self.calls.begin();
        let prepared = self.data_source(&request.type_name).and_then(|source| {
            let config = codec::decode(request.config.as_ref(), source.ty())?;
            Ok((source, self.client()?, config))
        });
        let (answer, mut diagnostics) = match prepared {
            Ok((source, client, config)) => {
                source
                    .read(Call::new(client.as_ref(), &cancel), config)
                    .await
            }
            Err(error) => (Err(error.into()), Diagnostics::new()),
        };
        let state = match answer {
            Ok(state) => Some(codec::encode(&state)),
            Err(errors) => {
                diagnostics.extend(errors);
                None
            }
        };
        pb::read_data_source::Response {
            state,
            diagnostics: diagnostics.into_proto(),
            ..Default::default()
        }
    }
}
