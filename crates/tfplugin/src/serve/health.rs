//! The health service that go-plugin's ping asks.

use tonic::{Request, Response, Status};

use crate::proto::health::{
    HealthCheckRequest, HealthCheckResponse, health_check_response::ServingStatus,
    health_server::Health as HealthService,
};

/// The name under which go-plugin asks for the plugin's health.
const PLUGIN_SERVICE: &str = "plugin";

/// Serving for as long as it answers.
#[derive(Debug)]
pub(super) struct Health;

#[tonic::async_trait]
impl HealthService for Health {
    async fn check(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<HealthCheckResponse>, Status> {
        match request.get_ref().service.as_str() {
            "" | PLUGIN_SERVICE => Ok(Response::new(HealthCheckResponse {
                status: ServingStatus::Serving.into(),
            })),
            other => Err(Status::not_found(format!("there is no service {other:?}"))),
        }
    }
}
