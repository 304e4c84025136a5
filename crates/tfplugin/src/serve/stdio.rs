//! go-plugin's stdio service, which streams a plugin's output. There is none: logs go to stderr.

use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status, codegen::BoxStream};

use crate::proto::plugin::{StdioData, grpc_stdio_server::GrpcStdio};

/// Keeps the stream open and empty until the process ends, so that the host does not ask again.
#[derive(Debug)]
pub(super) struct Stdio {
    pub(super) ending: CancellationToken,
}

#[tonic::async_trait]
impl GrpcStdio for Stdio {
    async fn stream_stdio(
        &self,
        _request: Request<()>,
    ) -> Result<Response<BoxStream<StdioData>>, Status> {
        let (output, stream) = mpsc::channel(1);
        let ending = self.ending.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = ending.cancelled() => {}
                () = output.closed() => {}
            }
        });
        Ok(Response::new(Box::pin(ReceiverStream::new(stream))))
    }
}
