//! The generated service trait, call by call.

use std::sync::Arc;

use tonic::{Request, Response, Status};

use super::{
    action::Invocation, function::function_answer, incoming::Incoming, list_resource::Listing,
    server::Service,
};
use crate::{
    codec,
    diagnostics::Diagnostics,
    proto::{tfplugin6 as pb, tfplugin6::provider_server},
    provider::Provider,
};

type Answer<T> = Result<Response<T>, Status>;

/// Runs a handler on the instance that the request is for.
macro_rules! guarded {
    ($rpc:literal, $service:expr, |$instance:ident, $request:ident| $handler:expr) => {{
        let instance = $service.instance(&$request);
        let incoming = Incoming::new($rpc, $request.get_ref());
        let ($instance, $request) = (Arc::clone(&instance), $request.into_inner());
        let handler = async move { $handler };
        instance.calls.guarded(incoming, handler).await
    }};
}

macro_rules! guarded_with_diagnostics {
    ($($call:tt)*) => {
        match guarded!($($call)*) {
            Ok(response) => Ok(Response::new(response)),
            Err(panicked) => Ok(Response::new(with_diagnostics(panicked.into()))),
        }
    };
}

#[tonic::async_trait]
impl<P: Provider> provider_server::Provider for Service<P> {
    async fn get_metadata(
        &self,
        _: Request<pb::get_metadata::Request>,
    ) -> Answer<pb::get_metadata::Response> {
        Ok(Response::new(self.0.offer.metadata()))
    }

    async fn get_provider_schema(
        &self,
        _: Request<pb::get_provider_schema::Request>,
    ) -> Answer<pb::get_provider_schema::Response> {
        Ok(Response::new(self.0.offer.provider_schema()))
    }

    async fn get_resource_identity_schemas(
        &self,
        _: Request<pb::get_resource_identity_schemas::Request>,
    ) -> Answer<pb::get_resource_identity_schemas::Response> {
        Ok(Response::new(self.0.offer.identity_schemas()))
    }

    async fn validate_provider_config(
        &self,
        request: Request<pb::validate_provider_config::Request>,
    ) -> Answer<pb::validate_provider_config::Response> {
        guarded_with_diagnostics!("ValidateProviderConfig", self, |instance, request| {
            with_diagnostics(instance.validate_provider(request))
        })
    }

    async fn configure_provider(
        &self,
        request: Request<pb::configure_provider::Request>,
    ) -> Answer<pb::configure_provider::Response> {
        guarded_with_diagnostics!("ConfigureProvider", self, |instance, request| {
            with_diagnostics(instance.configure(request).await)
        })
    }

    async fn stop_provider(
        &self,
        request: Request<pb::stop_provider::Request>,
    ) -> Answer<pb::stop_provider::Response> {
        let instance = self.instance(&request);
        let Incoming { context, .. } = Incoming::new("StopProvider", request.get_ref());
        let stop = async {
            log::info!("stopping the calls in flight");
            instance.calls.stop();
        };
        context.scope(stop).await;
        Ok(Response::new(pb::stop_provider::Response::default()))
    }

    async fn validate_resource_config(
        &self,
        request: Request<pb::validate_resource_config::Request>,
    ) -> Answer<pb::validate_resource_config::Response> {
        guarded_with_diagnostics!("ValidateResourceConfig", self, |instance, request| {
            with_diagnostics(instance.validate_resource(&request))
        })
    }

    async fn upgrade_resource_state(
        &self,
        request: Request<pb::upgrade_resource_state::Request>,
    ) -> Answer<pb::upgrade_resource_state::Response> {
        guarded_with_diagnostics!("UpgradeResourceState", self, |instance, request| {
            match instance.upgrade_resource(&request) {
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
        guarded_with_diagnostics!("UpgradeResourceIdentity", self, |instance, request| {
            match instance.upgrade_identity(&request) {
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
        let asked = request.get_ref();
        let (state, private) = (asked.current_state.clone(), asked.private.clone());
        let answer = guarded!("ReadResource", self, |instance, request| {
            instance.read_resource(request).await
        });
        let answer = answer.unwrap_or_else(|panicked| pb::read_resource::Response {
            new_state: state,
            private,
            diagnostics: Diagnostics::from(panicked).into_proto(),
            ..Default::default()
        });
        Ok(Response::new(answer))
    }

    async fn plan_resource_change(
        &self,
        request: Request<pb::plan_resource_change::Request>,
    ) -> Answer<pb::plan_resource_change::Response> {
        guarded_with_diagnostics!("PlanResourceChange", self, |instance, request| {
            instance.plan_resource(request).await
        })
    }

    async fn apply_resource_change(
        &self,
        request: Request<pb::apply_resource_change::Request>,
    ) -> Answer<pb::apply_resource_change::Response> {
        let asked = request.get_ref().clone();
        let answer = guarded!("ApplyResourceChange", self, |instance, request| {
            instance.apply_resource(request).await
        });
        let answer = answer.unwrap_or_else(|panicked| self.0.apply_panicked(asked, panicked));
        Ok(Response::new(answer))
    }

    async fn import_resource_state(
        &self,
        request: Request<pb::import_resource_state::Request>,
    ) -> Answer<pb::import_resource_state::Response> {
        guarded_with_diagnostics!("ImportResourceState", self, |instance, request| {
            instance.import_resource(request).await
        })
    }

    async fn generate_resource_config(
        &self,
        request: Request<pb::generate_resource_config::Request>,
    ) -> Answer<pb::generate_resource_config::Response> {
        guarded_with_diagnostics!("GenerateResourceConfig", self, |instance, request| {
            instance.generate_config(&request)
        })
    }

    async fn move_resource_state(
        &self,
        request: Request<pb::move_resource_state::Request>,
    ) -> Answer<pb::move_resource_state::Response> {
        guarded_with_diagnostics!("MoveResourceState", self, |instance, request| {
            instance.move_resource(request)
        })
    }

    async fn validate_data_resource_config(
        &self,
        request: Request<pb::validate_data_resource_config::Request>,
    ) -> Answer<pb::validate_data_resource_config::Response> {
        guarded_with_diagnostics!("ValidateDataResourceConfig", self, |instance, request| {
            with_diagnostics(instance.validate_data_source(&request))
        })
    }

    async fn read_data_source(
        &self,
        request: Request<pb::read_data_source::Request>,
    ) -> Answer<pb::read_data_source::Response> {
        guarded_with_diagnostics!("ReadDataSource", self, |instance, request| {
            instance.read_data_source(&request).await
        })
    }

    async fn list_resource(&self, request: Request<pb::list_resource::Request>) -> Answer<Listing> {
        let instance = self.instance(&request);
        Ok(Response::new(instance.list(request.into_inner())))
    }

    async fn validate_list_resource_config(
        &self,
        request: Request<pb::validate_list_resource_config::Request>,
    ) -> Answer<pb::validate_list_resource_config::Response> {
        guarded_with_diagnostics!("ValidateListResourceConfig", self, |instance, request| {
            with_diagnostics(instance.validate_list(&request))
        })
    }

    async fn validate_action_config(
        &self,
        request: Request<pb::validate_action_config::Request>,
    ) -> Answer<pb::validate_action_config::Response> {
        guarded_with_diagnostics!("ValidateActionConfig", self, |instance, request| {
            with_diagnostics(instance.validate_action(&request))
        })
    }

    async fn plan_action(
        &self,
        request: Request<pb::plan_action::Request>,
    ) -> Answer<pb::plan_action::Response> {
        guarded_with_diagnostics!("PlanAction", self, |instance, request| {
            instance.plan_action(&request).await
        })
    }

    async fn invoke_action(
        &self,
        request: Request<pb::invoke_action::Request>,
    ) -> Answer<Invocation> {
        let instance = self.instance(&request);
        Ok(Response::new(instance.invoke(request.into_inner())))
    }

    async fn get_functions(
        &self,
        _: Request<pb::get_functions::Request>,
    ) -> Answer<pb::get_functions::Response> {
        Ok(Response::new(pb::get_functions::Response {
            functions: self.0.offer.registry().function_signatures(),
            diagnostics: Vec::new(),
        }))
    }

    async fn call_function(
        &self,
        request: Request<pb::call_function::Request>,
    ) -> Answer<pb::call_function::Response> {
        let answer = guarded!("CallFunction", self, |instance, request| {
            instance.offer.registry().call_function(&request)
        });
        let answer = answer.unwrap_or_else(|panicked| Err(panicked.into()));
        Ok(Response::new(function_answer(answer)))
    }
}

/// Creates a response that carries nothing but diagnostics.
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
    generate_resource_config,
    move_resource_state,
    validate_data_resource_config,
    read_data_source,
    validate_list_resource_config,
    validate_action_config,
    plan_action
);
