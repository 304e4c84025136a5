//! The controller service, by which the host ends the plugin.

use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};

use crate::proto::plugin::{Empty, grpc_controller_server::GrpcController};

/// Ends the process on request.
#[derive(Debug)]
pub(super) struct Controller {
    pub(super) ending: CancellationToken,
}

#[tonic::async_trait]
impl GrpcController for Controller {
    async fn shutdown(&self, _request: Request<Empty>) -> Result<Response<Empty>, Status> {
        self.ending.cancel();
        Ok(Response::new(Empty {}))
    }
}
