//! Calls about data sources.

use super::instance::Instance;
use crate::{codec, diagnostics::Diagnostics, proto::tfplugin6 as pb, provider::Provider};

impl<P: Provider> Instance<P> {
    pub(super) fn validate_data_source(
        &self,
        request: &pb::validate_data_resource_config::Request,
    ) -> Diagnostics {
        let checked = self
            .offer
            .registry()
            .data_source(&request.type_name)
            .and_then(|source| {
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
        let prepared = self
            .offer
            .registry()
            .data_source(&request.type_name)
            .and_then(|source| {
                let config = codec::decode(request.config.as_ref(), source.ty())?;
                Ok((source, self.configured()?, config))
            });
        let (answer, mut diagnostics) = match prepared {
            Ok((source, configured, config)) => source.read(configured.call(&cancel), config).await,
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
