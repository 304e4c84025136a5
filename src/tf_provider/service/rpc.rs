//! The generated service trait, call by call.

use std::sync::Arc;

use tonic::{Request, Response, Status};

use super::{Service, function::function_answer, list::Listing};
use crate::tf_provider::{
    codec,
    diagnostics::Diagnostics,
    proto::tfplugin6::{self as pb, provider_server},
    provider::Provider,
};

type Answer<T> = Result<Response<T>, Status>;

macro_rules! guarded_with_diagnostics {
    ($rpc:literal, $service:expr, |$inner:ident| $handler:expr) => {{
        let $inner = Arc::clone(&$service.0);
        match $service
            .0
            .calls
            .guarded($rpc, async move { $handler })
            .await
        {
            Ok(response) => Ok(Response::new(response)),
            Err(panicked) => Ok(Response::new(with_diagnostics(panicked.into()))),
        }
    }};
}

#[tonic::async_trait]
impl<P: Provider> provider_server::Provider for Service<P> {
    async fn get_metadata(
        &self,
        _: Request<pb::get_metadata::Request>,
    ) -> Answer<pb::get_metadata::Response> {
        Ok(Response::new(self.0.metadata()))
    }

    async fn get_provider_schema(
        &self,
        _: Request<pb::get_provider_schema::Request>,
    ) -> Answer<pb::get_provider_schema::Response> {
        Ok(Response::new(self.0.provider_schema()))
    }

    async fn get_resource_identity_schemas(
        &self,
        _: Request<pb::get_resource_identity_schemas::Request>,
    ) -> Answer<pb::get_resource_identity_schemas::Response> {
        Ok(Response::new(self.0.identity_schemas()))
    }

    async fn validate_provider_config(
        &self,
        request: Request<pb::validate_provider_config::Request>,
    ) -> Answer<pb::validate_provider_config::Response> {
        guarded_with_diagnostics!("ValidateProviderConfig", self, |inner| {
            with_diagnostics(inner.validate_config(&request.into_inner()))
        })
    }

    async fn configure_provider(
        &self,
        request: Request<pb::configure_provider::Request>,
    ) -> Answer<pb::configure_provider::Response> {
        guarded_with_diagnostics!("ConfigureProvider", self, |inner| {
            with_diagnostics(inner.configure(request.into_inner()).await)
        })
    }

    async fn stop_provider(
        &self,
        _: Request<pb::stop_provider::Request>,
    ) -> Answer<pb::stop_provider::Response> {
        log::info!("stopping the calls in flight");
        self.0.calls.stop();
        Ok(Response::new(pb::stop_provider::Response::default()))
    }

    async fn validate_resource_config(
        &self,
        request: Request<pb::validate_resource_config::Request>,
    ) -> Answer<pb::validate_resource_config::Response> {
        guarded_with_diagnostics!("ValidateResourceConfig", self, |inner| {
            with_diagnostics(inner.validate_resource(&request.into_inner()))
        })
    }

    async fn upgrade_resource_state(
        &self,
        request: Request<pb::upgrade_resource_state::Request>,
    ) -> Answer<pb::upgrade_resource_state::Response> {
        guarded_with_diagnostics!("UpgradeResourceState", self, |inner| {
            match inner.upgrade_resource(&request.into_inner()) {
                Ok(state) => pb::upgrade_resource_state::Response {
                    upgraded_state: Some(codec::encode(&state)),
                    diagnostics: Vec::new(),
                },
                Err(errors) => with_diagnostics(errors),
            }
        })
    }

    async fn upgrade_resource_identity(
        &self,
        request: Request<pb::upgrade_resource_identity::Request>,
    ) -> Answer<pb::upgrade_resource_identity::Response> {
        guarded_with_diagnostics!("UpgradeResourceIdentity", self, |inner| {
            match inner.upgrade_identity(&request.into_inner()) {
                Ok(identity) => pb::upgrade_resource_identity::Response {
                    upgraded_identity: Some(pb::ResourceIdentityData {
                        identity_data: Some(codec::encode(&identity)),
                    }),
                    diagnostics: Vec::new(),
                },
                Err(errors) => with_diagnostics(errors),
            }
        })
    }

    async fn read_resource(
        &self,
        request: Request<pb::read_resource::Request>,
    ) -> Answer<pb::read_resource::Response> {
        let request = request.into_inner();
        let (state, private) = (request.current_state.clone(), request.private.clone());
        let inner = Arc::clone(&self.0);
        let handler = async move { inner.read_resource(request).await };
        let response = (self.0.calls)
            .guarded("ReadResource", handler)
            .await
            .unwrap_or_else(|panicked| pb::read_resource::Response {
                new_state: state,
                private,
                diagnostics: Diagnostics::from(panicked).into_proto(),
                ..Default::default()
            });
        Ok(Response::new(response))
    }

    async fn plan_resource_change(
        &self,
        request: Request<pb::plan_resource_change::Request>,
    ) -> Answer<pb::plan_resource_change::Response> {
        guarded_with_diagnostics!("PlanResourceChange", self, |inner| {
            inner.plan_resource(request.into_inner())
        })
    }

    async fn apply_resource_change(
        &self,
        request: Request<pb::apply_resource_change::Request>,
    ) -> Answer<pb::apply_resource_change::Response> {
        let request = request.into_inner();
        let asked = request.clone();
        let inner = Arc::clone(&self.0);
        let handler = async move { inner.apply_resource(request).await };
        let response = (self.0.calls)
            .guarded("ApplyResourceChange", handler)
            .await
            .unwrap_or_else(|panicked| self.0.apply_panicked(asked, panicked));
        Ok(Response::new(response))
    }

    async fn import_resource_state(
        &self,
        request: Request<pb::import_resource_state::Request>,
    ) -> Answer<pb::import_resource_state::Response> {
        guarded_with_diagnostics!("ImportResourceState", self, |inner| {
            inner.import_resource(request.into_inner()).await
        })
    }

    async fn move_resource_state(
        &self,
        request: Request<pb::move_resource_state::Request>,
    ) -> Answer<pb::move_resource_state::Response> {
        guarded_with_diagnostics!("MoveResourceState", self, |inner| {
            inner.move_resource(request.into_inner())
        })
    }

    async fn validate_data_resource_config(
        &self,
        request: Request<pb::validate_data_resource_config::Request>,
    ) -> Answer<pb::validate_data_resource_config::Response> {
        guarded_with_diagnostics!("ValidateDataResourceConfig", self, |inner| {
            with_diagnostics(inner.validate_data_source(&request.into_inner()))
        })
    }

    async fn read_data_source(
        &self,
        request: Request<pb::read_data_source::Request>,
    ) -> Answer<pb::read_data_source::Response> {
        guarded_with_diagnostics!("ReadDataSource", self, |inner| {
            inner.read_data_source(&request.into_inner()).await
        })
    }

    async fn list_resource(&self, request: Request<pb::list_resource::Request>) -> Answer<Listing> {
        Ok(Response::new(
            Arc::clone(&self.0).list(request.into_inner()),
        ))
    }

    async fn validate_list_resource_config(
        &self,
        request: Request<pb::validate_list_resource_config::Request>,
    ) -> Answer<pb::validate_list_resource_config::Response> {
        guarded_with_diagnostics!("ValidateListResourceConfig", self, |inner| {
            with_diagnostics(inner.validate_list(&request.into_inner()))
        })
    }

    async fn get_functions(
        &self,
        _: Request<pb::get_functions::Request>,
    ) -> Answer<pb::get_functions::Response> {
        Ok(Response::new(pb::get_functions::Response {
            functions: self.0.function_signatures(),
            diagnostics: Vec::new(),
        }))
    }

    async fn call_function(
        &self,
        request: Request<pb::call_function::Request>,
    ) -> Answer<pb::call_function::Response> {
        let inner = Arc::clone(&self.0);
        let handler = async move { inner.call_function(&request.into_inner()) };
        let response = (self.0.calls)
            .guarded("CallFunction", handler)
            .await
            .unwrap_or_else(|panicked| Err(panicked.into()));
        Ok(Response::new(function_answer(response)))
    }
}

/// A response that carries nothing but diagnostics.
fn with_diagnostics<R: OnlyDiagnostics>(diagnostics: Diagnostics) -> R {
    R::of(diagnostics.into_proto())
}

trait OnlyDiagnostics {
    fn of(diagnostics: Vec<pb::Diagnostic>) -> Self;
}

macro_rules! only_diagnostics {
    ($($rpc:ident),*) => {$(
        impl OnlyDiagnostics for pb::$rpc::Response {
            #[allow(clippy::needless_update)]
            fn of(diagnostics: Vec<pb::Diagnostic>) -> Self {
                Self { diagnostics, ..Default::default() }
            }
        }
    )*};
}

only_diagnostics!(
    validate_provider_config,
    configure_provider,
    validate_resource_config,
    upgrade_resource_state,
    upgrade_resource_identity,
    plan_resource_change,
    import_resource_state,
    move_resource_state,
    validate_data_resource_config,
    read_data_source,
    validate_list_resource_config
);
