//! Calls about list resources.

use std::{future::Future, pin::Pin, sync::Arc};

use tokio::sync::mpsc;
use tokio_stream::{StreamExt as _, wrappers::ReceiverStream};
use tonic::Status;

use super::{Instance, validate::judge};
use crate::{
    call::Call,
    codec,
    diagnostics::{Diagnostic, Diagnostics},
    list_resource::{Findings, Found, ListEnd, ListResource, ListedListResource, Query},
    model::FromValue,
    proto::tfplugin6 as pb,
    provider::Provider,
    resource::Resource,
    schema::Schema,
    value::{Value, convert::conform, types::Type},
};

type Walk<'a> = Pin<Box<dyn Future<Output = Diagnostics> + Send + 'a>>;

/// The events of one query, as they come.
pub(super) type Listing =
    Pin<Box<dyn tokio_stream::Stream<Item = Result<pb::list_resource::Event, Status>> + Send>>;

/// A [`ListResource`] without its types.
pub(crate) trait AnyListResource<C>: Send + Sync {
    fn type_name(&self) -> &'static str;
    fn schema(&self) -> &Schema;
    fn ty(&self) -> &Type;
    fn validate(&self, config: Value) -> Diagnostics;
    fn list<'a>(
        &'a self,
        call: Call<'a, C>,
        config: Value,
        query: Query,
        results: mpsc::Sender<Found>,
    ) -> Walk<'a>;
}

struct Registered<L> {
    list: L,
    type_name: &'static str,
    schema: Schema,
    ty: Type,
}

// === impl ListedListResource ===

impl<C: Send + Sync + 'static> ListedListResource<C> {
    /// Takes a list resource into a provider's list, beside the resource that it finds.
    pub fn new<L>(list: L, resource: &L::Resource) -> Self
    where
        L: ListResource,
        L::Resource: Resource<Data = C>,
    {
        let schema = list.schema();
        Self(Box::new(Registered {
            type_name: resource.type_name(),
            ty: schema.implied_type(),
            schema,
            list,
        }))
    }
}

// === impl Registered ===

impl<L: ListResource> AnyListResource<<L::Resource as Resource>::Data> for Registered<L> {
    fn type_name(&self) -> &'static str {
        self.type_name
    }

    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn ty(&self) -> &Type {
        &self.ty
    }

    fn validate(&self, config: Value) -> Diagnostics {
        judge(&self.schema.attributes, config, true, |config| {
            self.list.validate(config)
        })
    }

    fn list<'a>(
        &'a self,
        mut call: Call<'a, <L::Resource as Resource>::Data>,
        config: Value,
        query: Query,
        results: mpsc::Sender<Found>,
    ) -> Walk<'a> {
        Box::pin(async move {
            let mut findings = Findings::new(results, query.limit);
            let end = match L::Config::from_value(config) {
                Ok(config) => {
                    self.list
                        .list(&mut call, config, query, &mut findings)
                        .await
                }
                Err(error) => Err(Diagnostic::from(error).into()),
            };
            if let Err(ListEnd::Failed(errors)) = end {
                call.diagnostics.extend(errors);
            }
            call.diagnostics
        })
    }
}

// === impl Instance ===

impl<P: Provider> Instance<P> {
    fn list_resource(&self, name: &str) -> Result<&dyn AnyListResource<P::Data>, Diagnostic> {
        match self.offer.list_resources.get(name) {
            Some(list) => Ok(list.0.as_ref()),
            None => Err(Diagnostic::error(
                "Unknown List Resource Type",
                format!("This provider has no list resource {name:?}."),
            )),
        }
    }

    pub(super) fn validate_list(
        &self,
        request: &pb::validate_list_resource_config::Request,
    ) -> Diagnostics {
        let checked = self
            .list_resource(&request.type_name)
            .and_then(|list| Ok(list.validate(config(request.config.as_ref(), list.ty())?)));
        checked.unwrap_or_else(Into::into)
    }

    /// Starts a walk and gives its events. The walk is one result ahead of the host at most, and
    /// ends when the host hangs up.
    pub(super) fn list(self: Arc<Self>, request: pb::list_resource::Request) -> Listing {
        let (results, events) = mpsc::channel(1);
        let last_word = results.clone();
        tokio::spawn(async move {
            let walk = Arc::clone(&self).walk(request, results);
            let ended = self.calls.guarded("ListResource", walk).await;
            let diagnostics = ended.unwrap_or_else(Into::into);
            if !diagnostics.is_empty() {
                // Without a listener there is nobody to tell.
                let _unheard = last_word.send(Found::only(diagnostics)).await;
            }
        });
        Box::pin(ReceiverStream::new(events).map(|found| Ok(event(found))))
    }

    async fn walk(
        self: Arc<Self>,
        request: pb::list_resource::Request,
        results: mpsc::Sender<Found>,
    ) -> Diagnostics {
        let cancel = self.calls.begin();
        let prepared = self.list_resource(&request.type_name).and_then(|list| {
            let config = config(request.config.as_ref(), list.ty())?;
            Ok((list, self.client()?, config))
        });
        let (list, client, config) = match prepared {
            Ok(prepared) => prepared,
            Err(error) => return error.into(),
        };
        let query = Query {
            include_resource: request.include_resource_object,
            limit: u64::try_from(request.limit).ok().filter(|limit| *limit > 0),
        };
        let hung_up = results.clone();
        let call = Call::new(client.as_ref(), &cancel);
        tokio::select! {
            // The walk may find out at the same moment; the log should tell all the same.
            biased;
            () = hung_up.closed() => {
                log::debug!("the host has hung up; the list ends");
                Diagnostics::new()
            }
            diagnostics = list.list(call, config, query, results) => diagnostics,
        }
    }
}

/// The `config` block of a query. One that is left out is null, and as good as an empty one.
fn config(value: Option<&pb::DynamicValue>, ty: &Type) -> Result<Value, Diagnostic> {
    match codec::decode(value, ty)? {
        Value::Null => Ok(conform(Value::Object(Default::default()), ty)?),
        config => Ok(config),
    }
}

fn event(found: Found) -> pb::list_resource::Event {
    pb::list_resource::Event {
        identity: found.identity.map(|identity| pb::ResourceIdentityData {
            identity_data: Some(codec::encode(&identity)),
        }),
        display_name: found.display_name,
        resource_object: found.object.as_ref().map(codec::encode),
        diagnostic: found.diagnostics.into_proto(),
    }
}
