//! The calls of the provider's service, each by its path.
//!
//! The server that is generated for the service instantiates the whole of tonic once for each call, and
//! all of these copies together take half a megabyte. Here tonic carries bytes, and exists once.

use std::{convert::Infallible, sync::Arc};

use bytes::{Buf as _, Bytes};
use hyper::body::Incoming;
use prost::Message;
use tokio_stream::StreamExt as _;
use tonic::{
    Request, Response, Status,
    body::Body,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    codegen::{BoxFuture, BoxStream},
    server::{Grpc, ServerStreamingService},
};

use crate::proto::tfplugin6::provider_server::Provider;

/// The maximum size of messages in bytes, the same as in HashiCorp's framework.
const MAX_MESSAGE_SIZE: usize = 256 << 20;

/// The calls of a provider.
#[derive(Clone)]
pub(super) struct ProviderCalls(Arc<dyn Provider>);

/// One call. It is a streaming one to tonic; most streams have one message.
struct Call {
    provider: Arc<dyn Provider>,
    uri: http::Uri,
}

/// The codec of messages that stay encoded, as far as tonic is concerned.
#[derive(Clone, Copy, Debug, Default)]
struct Opaque;

/// A message of any type, encoded when it is sent.
type Reply = Box<dyn Encode>;

trait Encode: Send + Sync {
    fn encode(&self, buffer: &mut EncodeBuf<'_>) -> Result<(), Status>;
}

type Replies = Response<BoxStream<Reply>>;

// === impl ProviderCalls ===

impl ProviderCalls {
    pub(super) fn new(provider: Arc<dyn Provider>) -> Self {
        Self(provider)
    }

    pub(super) fn call(
        &self,
        request: http::Request<Incoming>,
    ) -> BoxFuture<http::Response<Body>, Infallible> {
        let call = Call {
            provider: Arc::clone(&self.0),
            uri: request.uri().clone(),
        };
        Box::pin(async move {
            let mut grpc = Grpc::new(Opaque)
                .max_decoding_message_size(MAX_MESSAGE_SIZE)
                .max_encoding_message_size(MAX_MESSAGE_SIZE);
            Ok(grpc.server_streaming(call, request).await)
        })
    }
}

// === impl Call ===

impl ServerStreamingService<Bytes> for Call {
    type Response = Reply;
    type ResponseStream = BoxStream<Reply>;
    type Future = BoxFuture<Replies, Status>;

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let (provider, uri) = (Arc::clone(&self.provider), self.uri.clone());
        Box::pin(async move { answer(provider.as_ref(), uri.path(), request).await })
    }
}

async fn answer(
    provider: &dyn Provider,
    path: &str,
    request: Request<Bytes>,
) -> Result<Replies, Status> {
    match path.rsplit('/').next().unwrap_or_default() {
        "GetMetadata" => one(provider.get_metadata(decode(request)?).await),
        "GetProviderSchema" => one(provider.get_provider_schema(decode(request)?).await),
        "GetResourceIdentitySchemas" => one(provider
            .get_resource_identity_schemas(decode(request)?)
            .await),
        "ValidateProviderConfig" => one(provider.validate_provider_config(decode(request)?).await),
        "ConfigureProvider" => one(provider.configure_provider(decode(request)?).await),
        "StopProvider" => one(provider.stop_provider(decode(request)?).await),
        "ValidateResourceConfig" => one(provider.validate_resource_config(decode(request)?).await),
        "UpgradeResourceState" => one(provider.upgrade_resource_state(decode(request)?).await),
        "UpgradeResourceIdentity" => {
            one(provider.upgrade_resource_identity(decode(request)?).await)
        }
        "ReadResource" => one(provider.read_resource(decode(request)?).await),
        "PlanResourceChange" => one(provider.plan_resource_change(decode(request)?).await),
        "ApplyResourceChange" => one(provider.apply_resource_change(decode(request)?).await),
        "ImportResourceState" => one(provider.import_resource_state(decode(request)?).await),
        "GenerateResourceConfig" => one(provider.generate_resource_config(decode(request)?).await),
        "MoveResourceState" => one(provider.move_resource_state(decode(request)?).await),
        "ValidateDataResourceConfig" => one(provider
            .validate_data_resource_config(decode(request)?)
            .await),
        "ReadDataSource" => one(provider.read_data_source(decode(request)?).await),
        "ListResource" => many(provider.list_resource(decode(request)?).await),
        "ValidateListResourceConfig" => one(provider
            .validate_list_resource_config(decode(request)?)
            .await),
        "ValidateActionConfig" => one(provider.validate_action_config(decode(request)?).await),
        "PlanAction" => one(provider.plan_action(decode(request)?).await),
        "InvokeAction" => many(provider.invoke_action(decode(request)?).await),
        "GetFunctions" => one(provider.get_functions(decode(request)?).await),
        "CallFunction" => one(provider.call_function(decode(request)?).await),
        _ => Err(Status::unimplemented("")),
    }
}

fn decode<M: Message + Default>(request: Request<Bytes>) -> Result<Request<M>, Status> {
    let (metadata, extensions, message) = request.into_parts();
    let message = M::decode(message).map_err(|error| Status::internal(error.to_string()))?;
    Ok(Request::from_parts(metadata, extensions, message))
}

/// Returns the answer of a unary call.
fn one<M: Message + 'static>(answer: Result<Response<M>, Status>) -> Result<Replies, Status> {
    Ok(answer?.map(|message| stream_of(Box::new(message))))
}

fn stream_of(reply: Reply) -> BoxStream<Reply> {
    Box::pin(tokio_stream::once(Ok(reply)))
}

/// Returns the answers of a streaming call.
fn many<M: Message + 'static>(
    answer: Result<Response<BoxStream<M>>, Status>,
) -> Result<Replies, Status> {
    Ok(answer?.map(|messages| -> BoxStream<Reply> {
        Box::pin(messages.map(|message| Ok(Box::new(message?) as Reply)))
    }))
}

// === impl Opaque ===

impl Codec for Opaque {
    type Encode = Reply;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        *self
    }

    fn decoder(&mut self) -> Self {
        *self
    }
}

impl Encoder for Opaque {
    type Item = Reply;
    type Error = Status;

    fn encode(&mut self, reply: Reply, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        reply.encode(buffer)
    }
}

impl Decoder for Opaque {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(buffer.copy_to_bytes(buffer.remaining())))
    }
}

// === impl Encode ===

impl<M: Message> Encode for M {
    fn encode(&self, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        Message::encode(self, buffer).map_err(|error| Status::internal(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use prost_types::FileDescriptorSet;
    use tonic::Code;

    use super::*;
    use crate::proto::{DESCRIPTORS, tfplugin6::provider_server::SERVICE_NAME};

    /// Calls that no provider of this crate can offer.
    const LEFT_OUT: [&str; 4] = [
        "CloseEphemeralResource",
        "OpenEphemeralResource",
        "RenewEphemeralResource",
        "ValidateEphemeralResourceConfig",
    ];

    /// A provider without a call of its own: the generated trait answers each.
    struct Generated;

    impl Provider for Generated {}

    async fn answered(call: &str) -> Status {
        let path = format!("/{SERVICE_NAME}/{call}");
        let answer = answer(&Generated, &path, Request::new(Bytes::new())).await;
        answer.map(drop).unwrap_err()
    }

    #[tokio::test]
    async fn every_call_of_the_protocol_reaches_the_provider() {
        let own = answered("NoSuchCall").await;
        assert_eq!(own.code(), Code::Unimplemented);
        let protocol = FileDescriptorSet::decode(DESCRIPTORS).unwrap();
        let services = protocol.file.iter().flat_map(|file| &file.service);
        let service = services
            .filter(|service| service.name() == "Provider")
            .flat_map(|service| &service.method);
        let mut calls = 0;
        for method in service {
            let refused = answered(method.name()).await;
            assert_eq!(refused.code(), Code::Unimplemented);
            let is_left_out = LEFT_OUT.contains(&method.name());
            let is_own = refused.message() == own.message();
            assert_eq!(is_own, is_left_out, "{}", method.name());
            calls += 1;
        }
        assert_eq!(calls, 28);
    }

    #[tokio::test]
    async fn a_message_that_cannot_be_decoded_is_refused() {
        let request = Request::new(Bytes::from_static(b"\xff"));
        let refused = answer(&Generated, "/x/ReadResource", request).await;
        assert_eq!(refused.map(drop).unwrap_err().code(), Code::Internal);
    }
}
