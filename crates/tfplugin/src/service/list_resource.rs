//! Calls about list resources.

use std::{pin::Pin, sync::Arc};

use tokio::sync::mpsc;
use tokio_stream::{StreamExt as _, wrappers::ReceiverStream};
use tonic::Status;

use super::{config, incoming::Incoming, instance::Instance};
use crate::{
    codec,
    diagnostics::Diagnostics,
    list_resource::{ListEvent, ListRequest},
    proto::tfplugin6 as pb,
    provider::Provider,
    terminal,
};

/// The events of one query, as they come.
pub(super) type Listing =
    Pin<Box<dyn tokio_stream::Stream<Item = Result<pb::list_resource::Event, Status>> + Send>>;

impl<P: Provider> Instance<P> {
    pub(super) fn validate_list(
        &self,
        request: &pb::validate_list_resource_config::Request,
    ) -> Diagnostics {
        let checked = self
            .offer
            .registry()
            .list_resource(&request.type_name)
            .and_then(
                |list| Ok(list.validate(config::decode(request.config.as_ref(), list.ty())?)),
            );
        checked.unwrap_or_else(Into::into)
    }

    /// Starts a list and returns its events. The list is at most one result ahead of the host, and
    /// ends when the host hangs up.
    pub(super) fn list(self: Arc<Self>, request: pb::list_resource::Request) -> Listing {
        let (results, events) = mpsc::channel(1);
        let end = results.clone();
        let incoming = Incoming::new("ListResource", &request);
        tokio::spawn(async move {
            let walk = Arc::clone(&self).walk(request, results);
            let ended = self.calls.guarded(incoming, walk).await;
            let diagnostics = ended.unwrap_or_else(Into::into);
            if !diagnostics.is_empty() {
                // Without a host nobody reads this.
                let _unread = end.send(ListEvent::message(diagnostics)).await;
            }
        });
        Box::pin(ReceiverStream::new(events).map(|found| Ok(event(found))))
    }

    async fn walk(
        self: Arc<Self>,
        request: pb::list_resource::Request,
        results: mpsc::Sender<ListEvent>,
    ) -> Diagnostics {
        let cancel = self.calls.begin();
        let prepared = self
            .offer
            .registry()
            .list_resource(&request.type_name)
            .and_then(|list| {
                let config = config::decode(request.config.as_ref(), list.ty())?;
                Ok((list, self.configured()?, config))
            });
        let (list, configured, config) = match prepared {
            Ok(prepared) => prepared,
            Err(error) => return error.into(),
        };
        let options = ListRequest {
            include_resource: request.include_resource_object,
            limit: u64::try_from(request.limit).ok().filter(|limit| *limit > 0),
        };
        let hung_up = results.clone();
        let call = configured.call(&cancel);
        tokio::select! {
            // The list may notice at the same moment; the log should have this line all the same.
            biased;
            () = hung_up.closed() => {
                log::debug!("the host has hung up; the list ends");
                Diagnostics::new()
            }
            diagnostics = list.list(call, config, options, results) => diagnostics,
        }
    }
}

fn event(found: ListEvent) -> pb::list_resource::Event {
    pb::list_resource::Event {
        identity: found.identity.map(|identity| pb::ResourceIdentityData {
            identity_data: Some(codec::encode(&identity)),
        }),
        display_name: terminal::line(&found.display_name),
        resource_object: found.object.as_ref().map(codec::encode),
        diagnostic: found.diagnostics.into_proto(),
    }
}
