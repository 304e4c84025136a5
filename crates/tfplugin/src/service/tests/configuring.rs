//! A provider that takes forever to configure.

use std::{
    future::pending,
    sync::{Arc, Mutex},
};

use tokio::sync::oneshot;
use tonic::Request;

use super::Nothing;
use crate::{
    codec,
    diagnostics::Diagnostics,
    model::IntoValue as _,
    proto::{tfplugin6 as pb, tfplugin6::provider_server::Provider as _},
    provider::{Host, Provider},
    schema::Schema,
    service::Service,
};

/// Reports that it has begun to configure.
struct Endless(Mutex<Option<oneshot::Sender<()>>>);

impl Provider for Endless {
    type Config = Nothing;
    type Data = ();

    fn schema(&self) -> Schema {
        Schema::new("", Vec::new())
    }

    async fn configure(&self, _: Nothing, _: Host, _: &mut Diagnostics) -> Result<(), Diagnostics> {
        let begun = self.0.lock().unwrap().take();
        begun.unwrap().send(()).unwrap();
        pending().await
    }
}

#[tokio::test]
async fn a_stop_ends_the_configuration() {
    let (begun, has_begun) = oneshot::channel();
    let service = Arc::new(Service::new(Endless(Mutex::new(Some(begun)))));
    let configuring = {
        let service = Arc::clone(&service);
        let request = pb::configure_provider::Request {
            config: Some(codec::encode(&Nothing {}.into_value())),
            ..Default::default()
        };
        tokio::spawn(async move { service.configure_provider(Request::new(request)).await })
    };
    has_begun.await.unwrap();
    let stop = pb::stop_provider::Request::default();
    service.stop_provider(Request::new(stop)).await.unwrap();
    let answer = configuring.await.unwrap().unwrap().into_inner();
    let [error] = answer.diagnostics.as_slice() else {
        panic!("{answer:?}");
    };
    assert_eq!(error.summary, "Provider Configuration Stopped");
}
