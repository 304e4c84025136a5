//! The services of a plugin, by their names.

use std::{convert::Infallible, sync::Arc};

use hyper::body::Incoming;
use tokio_util::sync::CancellationToken;
use tonic::{
    Status,
    body::Body,
    codegen::{BoxFuture, Service as _},
};

use super::{
    broker::Broker, controller::Controller, health::Health, provider_calls::ProviderCalls,
    stdio::Stdio,
};
use crate::proto::{
    health::health_server::{self, HealthServer},
    plugin::{
        grpc_broker_server::{self, GrpcBrokerServer},
        grpc_controller_server::{self, GrpcControllerServer},
        grpc_stdio_server::{self, GrpcStdioServer},
    },
    tfplugin6::provider_server::{self, Provider},
};

/// The provider's service and go-plugin's. Cheap to clone.
#[derive(Clone)]
pub(super) struct Services {
    provider: ProviderCalls,
    broker: GrpcBrokerServer<Broker>,
    controller: GrpcControllerServer<Controller>,
    stdio: GrpcStdioServer<Stdio>,
    health: HealthServer<Health>,
}

// === impl Services ===

impl Services {
    /// Creates the services of a process that is over when `ending` is cancelled.
    pub(super) fn new(provider: Arc<dyn Provider>, ending: &CancellationToken) -> Self {
        let ending = || ending.clone();
        Self {
            provider: ProviderCalls::new(provider),
            broker: GrpcBrokerServer::new(Broker { ending: ending() }),
            controller: GrpcControllerServer::new(Controller { ending: ending() }),
            stdio: GrpcStdioServer::new(Stdio { ending: ending() }),
            health: HealthServer::new(Health),
        }
    }

    /// Answers a call of any of the services.
    pub(super) fn call(
        &self,
        request: http::Request<Incoming>,
    ) -> BoxFuture<http::Response<Body>, Infallible> {
        match service_name(request.uri().path()) {
            provider_server::SERVICE_NAME => self.provider.call(request),
            grpc_broker_server::SERVICE_NAME => self.broker.clone().call(request),
            grpc_controller_server::SERVICE_NAME => self.controller.clone().call(request),
            grpc_stdio_server::SERVICE_NAME => self.stdio.clone().call(request),
            health_server::SERVICE_NAME => self.health.clone().call(request),
            _ => Box::pin(async { Ok(Status::unimplemented("").into_http()) }),
        }
    }
}

/// Returns the first part of a path such as `/grpc.health.v1.Health/Check`.
fn service_name(path: &str) -> &str {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.split_once('/').map_or(path, |(service, _)| service)
}
