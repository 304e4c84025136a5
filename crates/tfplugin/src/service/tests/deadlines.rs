//! Operations without a timeout of their own, which end nevertheless.

use std::time::Duration;

use tokio::time::Instant;
use tokio_stream::StreamExt as _;
use tonic::Request;

use super::{Nothing, configured_with};
use crate::{
    call::Call,
    codec,
    data_source::DataSource,
    diagnostics::{Diagnostic, Diagnostics},
    identity::{IdentityAttribute, IdentitySchema, ImportNeed},
    list_resource::{ListEnd, ListRequest, ListResource, ListSink},
    model,
    model::{Attr, IntoValue as _},
    proto::{tfplugin6 as pb, tfplugin6::provider_server::Provider as _},
    provider::{Host, Provider},
    registry::{DataSourceHandle, ListResourceHandle, ResourceHandle},
    resource::{ApplyFailure, Resource, ResourceWithIdentity, ResourceWithImport, State},
    schema::{Attribute, Schema},
    value::{Value, types::Type},
};

/// A provider whose server never answers.
struct Silent;

/// All of its objects.
struct Well;

model! {
    struct Depth {
        name: Attr<String>,
        depth: Attr<i64>,
    }

    struct WellIdentity {
        name: Attr<String>,
    }
}

async fn no_answer<T>(call: &Call<'_, ()>) -> Result<T, Diagnostics> {
    assert!(call.time_left().is_some(), "a deadline");
    call.cancel.cancelled().await;
    Err(Diagnostic::error("Cancelled", "There was no answer.").into())
}

impl Provider for Silent {
    type Config = Nothing;
    type Data = ();

    fn schema(&self) -> Schema {
        Schema::new("", Vec::new())
    }

    fn resources(&self) -> Vec<ResourceHandle<()>> {
        vec![
            ResourceHandle::builder(Well)
                .with_identity()
                .with_import()
                .build(),
        ]
    }

    fn data_sources(&self) -> Vec<DataSourceHandle<()>> {
        vec![DataSourceHandle::new(Well)]
    }

    fn list_resources(&self) -> Vec<ListResourceHandle<()>> {
        vec![ListResourceHandle::new(Well)]
    }

    async fn configure(&self, _: Nothing, _: Host, _: &mut Diagnostics) -> Result<(), Diagnostics> {
        Ok(())
    }
}

impl Resource for Well {
    type Data = ();
    type Model = Depth;

    fn type_name(&self) -> &'static str {
        "toy_well"
    }

    fn schema(&self) -> Schema {
        let name = Attribute::string("name", "").required();
        let depth = Attribute::number("depth", "").required();
        Schema::new("", vec![name, depth])
    }

    async fn create(
        &self,
        call: &mut Call<'_, ()>,
        _: State<Depth>,
    ) -> Result<State<Depth>, ApplyFailure<Depth>> {
        Ok(no_answer(call).await?)
    }

    async fn read(
        &self,
        call: &mut Call<'_, ()>,
        _: State<Depth>,
    ) -> Result<Option<State<Depth>>, Diagnostics> {
        no_answer(call).await
    }

    async fn update(
        &self,
        call: &mut Call<'_, ()>,
        _: Depth,
        _: State<Depth>,
    ) -> Result<State<Depth>, ApplyFailure<Depth>> {
        Ok(no_answer(call).await?)
    }

    async fn delete(&self, call: &mut Call<'_, ()>, _: State<Depth>) -> Result<(), Diagnostics> {
        no_answer(call).await
    }
}

impl ResourceWithIdentity for Well {
    type Identity = WellIdentity;

    fn identity_schema(&self) -> IdentitySchema {
        IdentitySchema {
            version: 0,
            attributes: vec![IdentityAttribute {
                name: "name",
                ty: Type::String,
                description: "",
                import: ImportNeed::Required,
            }],
        }
    }

    fn identity(&self, model: &Depth) -> Option<WellIdentity> {
        let name = model.name.clone();
        Some(WellIdentity { name })
    }

    async fn import_by_identity(
        &self,
        call: &mut Call<'_, ()>,
        _: WellIdentity,
    ) -> Result<State<Depth>, Diagnostics> {
        no_answer(call).await
    }
}

impl ResourceWithImport for Well {
    async fn import(
        &self,
        call: &mut Call<'_, ()>,
        _: String,
    ) -> Result<State<Depth>, Diagnostics> {
        no_answer(call).await
    }
}

impl DataSource for Well {
    type Data = ();
    type Model = Nothing;

    fn type_name(&self) -> &'static str {
        "toy_well"
    }

    fn schema(&self) -> Schema {
        Schema::new("", Vec::new())
    }

    async fn read(&self, call: &mut Call<'_, ()>, _: Nothing) -> Result<Nothing, Diagnostics> {
        no_answer(call).await
    }
}

impl ListResource for Well {
    type Data = ();
    type Config = Nothing;
    type Identity = WellIdentity;
    type Model = Depth;

    fn type_name(&self) -> &'static str {
        "toy_well"
    }

    fn schema(&self) -> Schema {
        Schema::new("", Vec::new())
    }

    async fn list(
        &self,
        call: &mut Call<'_, ()>,
        _: Nothing,
        _: ListRequest,
        _: &mut ListSink<WellIdentity, Depth>,
    ) -> Result<(), ListEnd> {
        Ok(no_answer(call).await?)
    }
}

fn object(value: Value) -> Option<pb::DynamicValue> {
    Some(codec::encode(&value))
}

/// Checks that an operation that began then has timed out, after this many minutes.
fn assert_timed_out(diagnostics: &[pb::Diagnostic], began: Instant, minutes: u64) {
    let [one] = diagnostics else {
        panic!("{diagnostics:?}");
    };
    assert_eq!(one.summary, "Operation Timed Out");
    assert!(
        one.detail.contains("There was no answer."),
        "{}",
        one.detail
    );
    assert!(!one.detail.contains("raise"), "{}", one.detail);
    assert_eq!(began.elapsed(), Duration::from_secs(60 * minutes));
}

#[tokio::test(start_paused = true)]
async fn an_import_ends_whichever_way_it_names_its_object() {
    let service = configured_with(Silent).await;
    let identity = WellIdentity {
        name: Attr::Known("a".to_owned()),
    };
    let identity = pb::ResourceIdentityData {
        identity_data: object(identity.into_value()),
    };
    for identity in [None, Some(identity)] {
        let began = Instant::now();
        let request = pb::import_resource_state::Request {
            type_name: "toy_well".to_owned(),
            id: "a".to_owned(),
            identity,
            ..Default::default()
        };
        let answer = service.import_resource_state(Request::new(request)).await;
        assert_timed_out(&answer.unwrap().into_inner().diagnostics, began, 5);
    }
}

#[tokio::test(start_paused = true)]
async fn what_has_no_timeouts_ends_as_well() {
    let service = configured_with(Silent).await;
    let began = Instant::now();
    let request = pb::read_data_source::Request {
        type_name: "toy_well".to_owned(),
        config: object(Nothing {}.into_value()),
        ..Default::default()
    };
    let answer = service.read_data_source(Request::new(request)).await;
    assert_timed_out(&answer.unwrap().into_inner().diagnostics, began, 20);

    let began = Instant::now();
    let well = Depth {
        name: Attr::Known("a".to_owned()),
        depth: Attr::Known(1),
    };
    let request = pb::read_resource::Request {
        type_name: "toy_well".to_owned(),
        current_state: object(well.into_value()),
        ..Default::default()
    };
    let answer = service.read_resource(Request::new(request)).await;
    assert_timed_out(&answer.unwrap().into_inner().diagnostics, began, 20);

    let began = Instant::now();
    let request = pb::list_resource::Request {
        type_name: "toy_well".to_owned(),
        config: object(Nothing {}.into_value()),
        ..Default::default()
    };
    let events = service.list_resource(Request::new(request)).await;
    let mut events = events.unwrap().into_inner();
    let event = events.next().await.unwrap().unwrap();
    assert_timed_out(&event.diagnostic, began, 30);
}
