//! A provider whose handlers panic, and the answers of its service.

mod actions;
mod authoring;
mod capabilities;
mod configuring;
mod deadlines;

use tonic::Request;

use super::Service;
use crate::{
    call::Call,
    codec,
    diagnostics::Diagnostics,
    function::{Function, FunctionError, Parameter, Signature},
    list_resource::{ListEnd, ListRequest, ListResource, ListSink},
    model,
    model::{Attr, IntoValue as _},
    proto::{tfplugin6 as pb, tfplugin6::provider_server::Provider as _},
    provider::{Host, Provider},
    registry::{FunctionHandle, ListResourceHandle, ResourceHandle},
    resource::{ApplyFailure, Resource, State},
    schema::{Attribute, Schema},
    value::{Value, types::Type},
};

struct Panicking;

struct PanickingThing;

model! {
    struct Nothing {}

    struct Thing {
        id: Attr<String>,
        size: Attr<i64>,
    }
}

impl Provider for Panicking {
    type Config = Nothing;
    type Data = ();

    fn schema(&self) -> Schema {
        Schema::new("", Vec::new())
    }

    fn resources(&self) -> Vec<ResourceHandle<()>> {
        vec![ResourceHandle::new(PanickingThing)]
    }

    fn list_resources(&self) -> Vec<ListResourceHandle<()>> {
        vec![ListResourceHandle::new(PanickingThing)]
    }

    fn functions(&self) -> Vec<FunctionHandle> {
        vec![FunctionHandle::new(PanickingThing)]
    }

    async fn configure(&self, _: Nothing, _: Host, _: &mut Diagnostics) -> Result<(), Diagnostics> {
        Ok(())
    }
}

impl Resource for PanickingThing {
    type Data = ();
    type Model = Thing;

    fn type_name(&self) -> &'static str {
        "toy_thing"
    }

    fn schema(&self) -> Schema {
        let id = Attribute::string("id", "").computed();
        Schema::new("", vec![id, Attribute::number("size", "").required()])
    }

    async fn create(
        &self,
        _: &mut Call<'_, ()>,
        _: State<Thing>,
    ) -> Result<State<Thing>, ApplyFailure<Thing>> {
        panic!("in create, with a secret")
    }

    async fn read(
        &self,
        _: &mut Call<'_, ()>,
        _: State<Thing>,
    ) -> Result<Option<State<Thing>>, Diagnostics> {
        panic!("in read")
    }

    async fn update(
        &self,
        _: &mut Call<'_, ()>,
        _: Thing,
        _: State<Thing>,
    ) -> Result<State<Thing>, ApplyFailure<Thing>> {
        panic!("in update")
    }

    async fn delete(&self, _: &mut Call<'_, ()>, _: State<Thing>) -> Result<(), Diagnostics> {
        panic!("in delete")
    }
}

impl ListResource for PanickingThing {
    type Data = ();
    type Config = Nothing;
    type Identity = Nothing;
    type Model = Thing;

    fn type_name(&self) -> &'static str {
        "toy_thing"
    }

    fn schema(&self) -> Schema {
        Schema::new("", Vec::new())
    }

    async fn list(
        &self,
        _: &mut Call<'_, ()>,
        _: Nothing,
        _: ListRequest,
        _: &mut ListSink<Nothing, Thing>,
    ) -> Result<(), ListEnd> {
        panic!("in list")
    }
}

impl Function for PanickingThing {
    type Arguments = (String,);
    type Output = String;

    fn name(&self) -> &'static str {
        "panic"
    }

    fn signature(&self) -> Signature {
        Signature {
            summary: "",
            description: "",
            parameters: vec![Parameter {
                name: "text",
                ty: Type::String,
                nullable: false,
                description: "",
            }],
            variadic: None,
            returns: Type::String,
            deprecated: None,
        }
    }

    fn call(&self, _: (String,)) -> Result<String, FunctionError> {
        panic!("in a function")
    }
}

fn thing(id: Attr<&str>, size: i64) -> pb::DynamicValue {
    let thing = Thing {
        id: id.map(str::to_owned),
        size: Attr::Known(size),
    };
    codec::encode(&thing.into_value())
}

async fn configured() -> Service<Panicking> {
    configured_with(Panicking).await
}

/// Returns a configured service whose provider takes no arguments.
async fn configured_with<P: Provider>(provider: P) -> Service<P> {
    let service = Service::new(provider);
    let request = pb::configure_provider::Request {
        config: Some(codec::encode(&Nothing {}.into_value())),
        ..Default::default()
    };
    let configured = service.configure_provider(Request::new(request)).await;
    assert!(configured.unwrap().into_inner().diagnostics.is_empty());
    service
}

fn only_names(diagnostics: &[pb::Diagnostic], rpc: &str) {
    let [one] = diagnostics else {
        panic!("{diagnostics:?}");
    };
    assert!(one.detail.contains(rpc), "{}", one.detail);
    assert!(!one.detail.contains("secret"), "{}", one.detail);
}

const ADVICE: &str = "Run terraform plan";

/// Private state, as bytes.
const PRIVATE: &[u8] = b"null";

async fn applied(
    prior: pb::DynamicValue,
    planned: pb::DynamicValue,
) -> pb::apply_resource_change::Response {
    let request = pb::apply_resource_change::Request {
        type_name: "toy_thing".to_owned(),
        prior_state: Some(prior),
        planned_state: Some(planned),
        planned_private: PRIVATE.to_vec(),
        ..Default::default()
    };
    let service = configured().await;
    let answer = service.apply_resource_change(Request::new(request)).await;
    let answer = answer.unwrap().into_inner();
    only_names(&answer.diagnostics, "ApplyResourceChange");
    let detail = &answer.diagnostics[0].detail;
    assert!(detail.contains(ADVICE), "{detail}");
    answer
}

#[tokio::test]
async fn a_panic_in_create_keeps_the_planned_object() {
    let answer = applied(codec::encode(&Value::Null), thing(Attr::Unknown, 3)).await;
    assert_eq!(answer.new_state, Some(thing(Attr::Null, 3)));
    // The planned one may be that of an object which this one replaces.
    assert_eq!(answer.private, b"");
}

// Terraform keeps the state and the private state when the answer holds neither.
#[tokio::test]
async fn a_panic_in_update_or_delete_says_nothing_of_the_object() {
    for planned in [thing(Attr::Known("a"), 4), codec::encode(&Value::Null)] {
        let answer = applied(thing(Attr::Known("a"), 3), planned).await;
        assert_eq!(answer.new_state, None);
        assert!(answer.private.is_empty());
    }
}

#[tokio::test]
async fn a_panic_in_read_loses_nothing() {
    let state = thing(Attr::Known("a"), 3);
    let request = pb::read_resource::Request {
        type_name: "toy_thing".to_owned(),
        current_state: Some(state.clone()),
        private: PRIVATE.to_vec(),
        ..Default::default()
    };
    let answer = configured()
        .await
        .read_resource(Request::new(request))
        .await;
    let answer = answer.unwrap().into_inner();
    only_names(&answer.diagnostics, "ReadResource");
    assert!(!answer.diagnostics[0].detail.contains(ADVICE));
    assert_eq!(answer.new_state, Some(state));
    assert_eq!(answer.private, PRIVATE);
}

#[tokio::test]
async fn a_panic_in_a_function_is_its_error() {
    let request = pb::call_function::Request {
        name: "panic".to_owned(),
        arguments: vec![codec::encode(&"x".into())],
    };
    let answer = configured()
        .await
        .call_function(Request::new(request))
        .await;
    let text = answer.unwrap().into_inner().error.unwrap().text;
    assert!(text.contains("CallFunction"), "{text}");
    assert!(!text.contains(ADVICE), "{text}");
    // Terraform adds the full stop.
    assert!(!text.ends_with('.'), "{text}");
}

#[tokio::test]
async fn a_panic_in_a_list_is_its_last_event() {
    use tokio_stream::StreamExt as _;
    let service = configured().await;
    let request = pb::list_resource::Request {
        type_name: "toy_thing".to_owned(),
        ..Default::default()
    };
    let answer = service.list_resource(Request::new(request)).await;
    let mut events = answer.unwrap().into_inner();
    let event = events.next().await.unwrap().unwrap();
    only_names(&event.diagnostic, "ListResource");
    assert!(events.next().await.is_none());
}
