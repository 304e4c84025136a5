//! go-plugin's broker, which Terraform opens and never uses.

use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status, Streaming, codegen::BoxStream};

use crate::proto::plugin::{ConnInfo, grpc_broker_server::GrpcBroker};

/// Reads the requests, answers none, and ends with the process.
#[derive(Debug)]
pub(super) struct Broker {
    pub(super) ending: CancellationToken,
}

#[tonic::async_trait]
impl GrpcBroker for Broker {
    async fn start_stream(
        &self,
        request: Request<Streaming<ConnInfo>>,
    ) -> Result<Response<BoxStream<ConnInfo>>, Status> {
        let mut offers = request.into_inner();
        let (answers, stream) = mpsc::channel(1);
        let ending = self.ending.clone();
        tokio::spawn(async move {
            // Holding the sender keeps the response stream open.
            let _answers = answers;
            let drain = async { while let Ok(Some(_)) = offers.message().await {} };
            tokio::select! {
                () = ending.cancelled() => {}
                () = drain => {}
            }
        });
        Ok(Response::new(Box::pin(ReceiverStream::new(stream))))
    }
}
