//! Write-only values, computed values in a list that is put into another order, an identity of an
//! older version, and the lint.

use std::sync::Mutex;

use serde_json::Value as Json;
use tonic::Request;

use super::{Nothing, PanickingThing, configured_with};
use crate::{
    call::Call,
    codec,
    diagnostics::{Diagnostic, Diagnostics},
    function::{Function, FunctionError, Signature},
    identity::{IdentityAttribute, IdentitySchema, ImportNeed},
    lint::lint,
    model,
    model::{Attr, IntoValue as _},
    proto::{tfplugin6 as pb, tfplugin6::provider_server::Provider as _},
    provider::{Host, Provider},
    registry::{FunctionHandle, ListResourceHandle, ResourceHandle},
    resource::{ApplyFailure, Resource, ResourceWithIdentity, State},
    schema::{Attribute, Nesting, Schema},
    value::{Value, types::Type},
};

model! {
    struct Door {
        name: Attr<String>,
        password: Attr<String>,
        keys: Attr<Vec<Key>>,
    }

    struct Key {
        owner: Attr<String>,
        number: Attr<i64>,
    }

    struct DoorIdentity {
        name: Attr<String>,
    }
}

/// The passwords that the handlers received, call by call.
static PASSWORDS: Mutex<Vec<Attr<String>>> = Mutex::new(Vec::new());

struct Doors;

struct DoorResource;

struct Knock;

impl Provider for Doors {
    type Config = Nothing;
    type Data = ();

    fn schema(&self) -> Schema {
        Schema::new("", Vec::new())
    }

    fn resources(&self) -> Vec<ResourceHandle<()>> {
        vec![
            ResourceHandle::builder(DoorResource)
                .with_identity()
                .build(),
        ]
    }

    fn functions(&self) -> Vec<FunctionHandle> {
        vec![FunctionHandle::new(Knock)]
    }

    async fn configure(&self, _: Nothing, _: Host, _: &mut Diagnostics) -> Result<(), Diagnostics> {
        Ok(())
    }
}

impl Function for Knock {
    type Arguments = (String,);
    type Output = String;

    fn name(&self) -> &'static str {
        "knock"
    }

    fn signature(&self) -> Signature {
        Signature {
            summary: "",
            description: "",
            parameters: Vec::new(),
            variadic: None,
            returns: Type::String,
            deprecated: Some("Use the bell."),
        }
    }

    fn call(&self, (door,): (String,)) -> Result<String, FunctionError> {
        Ok(door)
    }
}

impl Resource for DoorResource {
    type Data = ();
    type Model = Door;

    fn type_name(&self) -> &'static str {
        "toy_door"
    }

    fn schema(&self) -> Schema {
        let keys = vec![
            Attribute::string("owner", "").required(),
            Attribute::number("number", "").optional_computed(),
        ];
        let attributes = vec![
            Attribute::string("name", "").required(),
            Attribute::string("password", "").write_only(),
            Attribute::nested("keys", Nesting::List, keys, ""),
        ];
        Schema::new("", attributes).deprecated("Use toy_gate.")
    }

    /// The order of the keys has no meaning.
    fn keep_equivalent(&self, prior: &Door, new: &mut Door) {
        if let (Attr::Known(before), Attr::Known(after)) = (&prior.keys, &mut new.keys) {
            after.sort_by_key(|key| before.iter().position(|known| known.owner == key.owner));
        }
    }

    async fn create(
        &self,
        _: &mut Call<'_, ()>,
        planned: State<Door>,
    ) -> Result<State<Door>, ApplyFailure<Door>> {
        let password = planned.model.password.clone();
        PASSWORDS.lock().unwrap().push(password);
        Ok(planned)
    }

    async fn read(
        &self,
        _: &mut Call<'_, ()>,
        state: State<Door>,
    ) -> Result<Option<State<Door>>, Diagnostics> {
        Ok(Some(state))
    }

    async fn update(
        &self,
        _: &mut Call<'_, ()>,
        _: Door,
        planned: State<Door>,
    ) -> Result<State<Door>, ApplyFailure<Door>> {
        let password = planned.model.password.clone();
        PASSWORDS.lock().unwrap().push(password);
        let error = Diagnostic::error("Stuck", "It does not open.");
        Err(ApplyFailure::with_state(error, planned))
    }

    async fn delete(&self, _: &mut Call<'_, ()>, _: State<Door>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

impl ResourceWithIdentity for DoorResource {
    type Identity = DoorIdentity;

    fn identity_schema(&self) -> IdentitySchema {
        IdentitySchema {
            version: 2,
            attributes: vec![IdentityAttribute {
                name: "name",
                ty: Type::String,
                description: "",
                import: ImportNeed::Required,
            }],
        }
    }

    fn identity(&self, _: &Door) -> Option<DoorIdentity> {
        None
    }

    fn upgrade_identity(&self, version: i64, identity: Json) -> Result<DoorIdentity, Diagnostics> {
        assert_eq!(version, 1);
        Ok(DoorIdentity {
            name: Attr::Known(identity["title"].as_str().unwrap().to_owned()),
        })
    }
}

fn door(password: Attr<&str>, keys: &[(&str, Attr<i64>)]) -> pb::DynamicValue {
    let keys = keys.iter().map(|(owner, number)| Key {
        owner: Attr::Known((*owner).to_owned()),
        number: *number,
    });
    let door = Door {
        name: Attr::Known("front".to_owned()),
        password: password.map(str::to_owned),
        keys: Attr::Known(keys.collect()),
    };
    codec::encode(&door.into_value())
}

#[tokio::test]
async fn a_deprecated_object_says_what_to_use_instead() {
    let service = configured_with(Doors).await;
    let offered = service
        .get_provider_schema(Request::new(Default::default()))
        .await;
    let offered = offered.unwrap().into_inner();
    let of = |schema: &pb::Schema| {
        let block = schema.block.clone().unwrap();
        (block.deprecated, block.deprecation_message)
    };
    let door = of(&offered.resource_schemas["toy_door"]);
    assert_eq!(door, (true, "Use toy_gate.".to_owned()));
    assert_eq!(of(&offered.provider.unwrap()), (false, String::new()));
    assert_eq!(
        offered.functions["knock"].deprecation_message,
        "Use the bell."
    );
}

#[tokio::test]
async fn a_write_only_value_reaches_the_handlers_and_no_state() {
    let service = configured_with(Doors).await;
    let without = door(Attr::Null, &[]);
    for (prior, password) in [
        (codec::encode(&Value::Null), "one"),
        (without.clone(), "two"),
    ] {
        let request = pb::apply_resource_change::Request {
            type_name: "toy_door".to_owned(),
            prior_state: Some(prior),
            planned_state: Some(without.clone()),
            config: Some(door(Attr::Known(password), &[])),
            ..Default::default()
        };
        let answer = service.apply_resource_change(Request::new(request)).await;
        assert_eq!(
            answer.unwrap().into_inner().new_state,
            Some(without.clone())
        );
    }
    let given = PASSWORDS.lock().unwrap().clone();
    let expected = ["one", "two"].map(|password| Attr::Known(password.to_owned()));
    assert_eq!(given, expected);
}

#[tokio::test]
async fn values_known_after_apply_are_unknown_in_their_own_place_in_whatever_order() {
    let prior = [("ann", Attr::Known(1)), ("bob", Attr::Known(2))];
    let config = [("bob", Attr::Null), ("ann", Attr::Known(7))];
    // Terraform lays the configuration over the prior state by the order of the elements.
    let proposed = [("bob", Attr::Known(1)), ("ann", Attr::Known(7))];
    let request = pb::plan_resource_change::Request {
        type_name: "toy_door".to_owned(),
        prior_state: Some(door(Attr::Null, &prior)),
        config: Some(door(Attr::Null, &config)),
        proposed_new_state: Some(door(Attr::Null, &proposed)),
        ..Default::default()
    };
    let answer = configured_with(Doors)
        .await
        .plan_resource_change(Request::new(request))
        .await;
    let expected = [("ann", Attr::Known(7)), ("bob", Attr::Unknown)];
    assert_eq!(
        answer.unwrap().into_inner().planned_state,
        Some(door(Attr::Null, &expected))
    );
}

#[tokio::test]
async fn an_identity_is_rewritten_by_its_author_alone() {
    let service = configured_with(Doors).await;
    let upgraded = async |version, json: &str| {
        let request = pb::upgrade_resource_identity::Request {
            type_name: "toy_door".to_owned(),
            version,
            raw_identity: Some(pb::RawState {
                json: json.as_bytes().to_vec(),
                ..Default::default()
            }),
        };
        let answer = service
            .upgrade_resource_identity(Request::new(request))
            .await;
        let answer = answer.unwrap().into_inner();
        match &answer.diagnostics[..] {
            [] => Ok(answer.upgraded_identity.unwrap().identity_data.unwrap()),
            errors => Err((errors[0].summary.clone(), errors[0].detail.clone())),
        }
    };
    let identity = DoorIdentity {
        name: Attr::Known("front".to_owned()),
    };
    let identity = codec::encode(&identity.into_value());
    assert_eq!(
        upgraded(1, r#"{"title":"front"}"#).await,
        Ok(identity.clone())
    );
    assert_eq!(upgraded(2, r#"{"name":"front"}"#).await, Ok(identity));
    for (version, json, title) in [
        (2, r#"{"name":[]}"#, "Unreadable Identity"),
        (3, "{}", "Identity Of A Newer Provider"),
    ] {
        let (summary, detail) = upgraded(version, json).await.unwrap_err();
        assert_eq!(summary, title);
        assert!(
            detail.starts_with("The stored identity of toy_door"),
            "{detail}"
        );
    }
}

/// Lists its resource twice, and a resource that is nowhere; its model has a field that no attribute
/// fills.
struct Forgetful;

impl Provider for Forgetful {
    type Config = Door;
    type Data = ();

    fn schema(&self) -> Schema {
        let attributes = vec![
            Attribute::bool("on", "").default(true),
            Attribute::string("name", ""),
            Attribute::string("password", ""),
        ];
        Schema::new("", attributes)
    }

    fn resources(&self) -> Vec<ResourceHandle<()>> {
        let twice = [DoorResource, DoorResource];
        twice.map(ResourceHandle::new).into()
    }

    fn list_resources(&self) -> Vec<ListResourceHandle<()>> {
        vec![ListResourceHandle::new(PanickingThing)]
    }

    async fn configure(&self, _: Door, _: Host, _: &mut Diagnostics) -> Result<(), Diagnostics> {
        Ok(())
    }
}

#[test]
fn mistakes_that_show_in_no_schema_are_found() {
    assert_eq!(lint(&Doors), []);
    let found: Vec<_> = lint(&Forgetful).iter().map(ToString::to_string).collect();
    let expected = [
        "on: NotPlanned",
        "keys: NoAttribute",
        "on: NoField",
        "resource toy_door: Duplicate",
        "list resource toy_thing: NothingToList",
    ];
    assert_eq!(found, expected);
}
