//! The health service, which go-plugin's ping calls.

use tonic::{Request, Response, Status};

use crate::proto::health::{
    HealthCheckRequest, HealthCheckResponse, health_check_response::ServingStatus,
    health_server::Health as HealthService,
};

/// The name by which go-plugin asks for the plugin's health.
const PLUGIN_SERVICE: &str = "plugin";

/// Always reports that it is serving.
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
