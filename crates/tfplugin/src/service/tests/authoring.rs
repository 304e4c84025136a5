//! A resource with what this provider's own does not have: write-only values, computed values in a
//! list that is put into another order, an identity of an older version.

use std::sync::Mutex;

use serde_json::Value as Json;
use tonic::Request;

use super::{Nothing, PanickingThing, configured_with};
use crate::{
    call::Call,
    codec,
    diagnostics::Diagnostics,
    identity::{IdentityAttribute, IdentitySchema, ImportNeed},
    lint::lint,
    list_resource::ListedListResource,
    model,
    model::{Attr, IntoValue as _},
    proto::{tfplugin6 as pb, tfplugin6::provider_server::Provider as _},
    provider::{Host, Provider},
    resource::{ApplyFailure, ImportTarget, ManagedResource, Resource, State},
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

/// What the handlers were given as the password, call by call.
static PASSWORDS: Mutex<Vec<Attr<String>>> = Mutex::new(Vec::new());

struct Doors;

struct DoorResource;

impl Provider for Doors {
    type Config = Nothing;
    type Data = ();

    fn schema(&self) -> Schema {
        Schema::new("", Vec::new())
    }

    fn resources(&self) -> Vec<ManagedResource<()>> {
        vec![ManagedResource::new(DoorResource)]
    }

    async fn configure(&self, _: Nothing, _: Host, _: &mut Diagnostics) -> Result<(), Diagnostics> {
        Ok(())
    }
}

impl Resource for DoorResource {
    type Data = ();
    type Model = Door;
    type Private = ();
    type Identity = DoorIdentity;

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
        Schema::new("", attributes)
    }

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

    /// The order of the keys has no meaning.
    fn keep_equivalent(&self, prior: &Door, new: &mut Door) {
        if let (Attr::Known(before), Attr::Known(after)) = (&prior.keys, &mut new.keys) {
            after.sort_by_key(|key| before.iter().position(|known| known.owner == key.owner));
        }
    }

    async fn create(
        &self,
        _: &mut Call<'_, ()>,
        planned: Door,
    ) -> Result<State<Self>, ApplyFailure<Self>> {
        PASSWORDS.lock().unwrap().push(planned.password.clone());
        Ok(State::new(planned))
    }

    async fn read(
        &self,
        _: &mut Call<'_, ()>,
        state: State<Self>,
    ) -> Result<Option<State<Self>>, Diagnostics> {
        Ok(Some(state))
    }

    async fn update(
        &self,
        _: &mut Call<'_, ()>,
        _: State<Self>,
        planned: Door,
    ) -> Result<State<Self>, ApplyFailure<Self>> {
        PASSWORDS.lock().unwrap().push(planned.password.clone());
        Err(ApplyFailure::with_state(
            super::super::Diagnostic::error("Stuck", "It does not open."),
            State::new(planned),
        ))
    }

    async fn delete(&self, _: &mut Call<'_, ()>, _: State<Self>) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn import(
        &self,
        _: &mut Call<'_, ()>,
        _: ImportTarget<DoorIdentity>,
    ) -> Result<State<Self>, Diagnostics> {
        unreachable!()
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
async fn what_apply_will_tell_is_unknown_in_its_own_place_in_whatever_order() {
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
            told => Err((told[0].summary.clone(), told[0].detail.clone())),
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

/// Lists its resource twice, and a resource that is nowhere.
struct Forgetful;

impl Provider for Forgetful {
    type Config = Nothing;
    type Data = ();

    fn schema(&self) -> Schema {
        Schema::new("", vec![Attribute::bool("on", "").default(true)])
    }

    fn resources(&self) -> Vec<ManagedResource<()>> {
        let twice = [DoorResource, DoorResource];
        twice.map(ManagedResource::new).into()
    }

    fn list_resources(&self) -> Vec<ListedListResource<()>> {
        vec![ListedListResource::new(PanickingThing, &PanickingThing)]
    }

    async fn configure(&self, _: Nothing, _: Host, _: &mut Diagnostics) -> Result<(), Diagnostics> {
        Ok(())
    }
}

#[test]
fn what_would_be_lost_in_silence_is_found() {
    assert!(lint(&Doors).is_empty());
    let found: Vec<_> = lint(&Forgetful).iter().map(ToString::to_string).collect();
    let expected = [
        "on: NotPlanned",
        "resource toy_door: Twice",
        "list resource toy_thing: NothingToList",
    ];
    assert_eq!(found, expected);
}
