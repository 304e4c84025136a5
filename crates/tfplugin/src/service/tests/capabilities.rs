//! A resource with create, read, update and delete only, and one with private state, replacements,
//! memory and timeouts.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use tonic::Request;

use super::{Nothing, configured_with};
use crate::{
    call::Call,
    codec,
    data_source::DataSource,
    diagnostics::{Diagnostic, Diagnostics},
    lint::lint,
    model,
    model::{Attr, IntoValue as _},
    path::AttributePath,
    proto::{tfplugin6 as pb, tfplugin6::provider_server::Provider as _},
    provider::{Host, Provider},
    registry::{DataSourceHandle, ResourceHandle},
    resource::{ApplyFailure, Plan, Resource, ResourceWithUpgrade, State},
    schema::{Attribute, Schema},
    service::Service,
    timeouts::{self, ReadTimeouts, Timeouts},
    value::Value,
};

/// `upgrades` says whether the handle of the counter lists its upgrade.
struct Toys {
    upgrades: bool,
}

struct Plain;

struct Slow;

const TOYS: Toys = Toys { upgrades: true };

/// Counts its plans in the private state, and its applies in the session.
struct Counted;

model! {
    struct Note {
        id: Attr<String>,
        text: Attr<String>,
    }

    struct Question {
        timeouts: Attr<ReadTimeouts>,
    }

    struct Counter {
        number: Attr<i64>,
        text: Attr<String>,
        timeouts: Attr<Timeouts>,
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Plans {
    plans: u64,
}

#[derive(Default)]
struct Applies(AtomicU64);

impl Provider for Toys {
    type Config = Nothing;
    type Data = ();

    fn schema(&self) -> Schema {
        Schema::new("", Vec::new())
    }

    fn resources(&self) -> Vec<ResourceHandle<()>> {
        let counted = ResourceHandle::builder(Counted);
        let counted = if self.upgrades {
            counted.with_upgrade()
        } else {
            counted
        };
        vec![ResourceHandle::new(Plain), counted.build()]
    }

    fn data_sources(&self) -> Vec<DataSourceHandle<()>> {
        vec![DataSourceHandle::new(Slow)]
    }

    async fn configure(&self, _: Nothing, _: Host, _: &mut Diagnostics) -> Result<(), Diagnostics> {
        Ok(())
    }
}

impl Resource for Plain {
    type Data = ();
    type Model = Note;

    fn type_name(&self) -> &'static str {
        "toy_note"
    }

    fn schema(&self) -> Schema {
        let id = Attribute::string("id", "").computed();
        let text = Attribute::string("text", "").required();
        Schema::new("", vec![id.use_state_for_unknown(), text])
    }

    fn simplify_config(&self, _: &Call<'_, ()>, config: &mut Note) {
        if config.text == Attr::Known("the usual".to_owned()) {
            config.text = Attr::Null;
        }
    }

    async fn create(
        &self,
        _: &mut Call<'_, ()>,
        mut planned: State<Note>,
    ) -> Result<State<Note>, ApplyFailure<Note>> {
        planned.model.id = Attr::Known("1".to_owned());
        Ok(planned)
    }

    async fn read(
        &self,
        _: &mut Call<'_, ()>,
        state: State<Note>,
    ) -> Result<Option<State<Note>>, Diagnostics> {
        Ok(Some(state))
    }

    async fn update(
        &self,
        _: &mut Call<'_, ()>,
        _: Note,
        planned: State<Note>,
    ) -> Result<State<Note>, ApplyFailure<Note>> {
        Ok(planned)
    }

    async fn delete(&self, _: &mut Call<'_, ()>, _: State<Note>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

impl DataSource for Slow {
    type Data = ();
    type Model = Question;

    fn type_name(&self) -> &'static str {
        "toy_slow"
    }

    fn schema(&self) -> Schema {
        Schema::new("", vec![timeouts::read_attribute()])
    }

    async fn read(&self, call: &mut Call<'_, ()>, _: Question) -> Result<Question, Diagnostics> {
        call.cancel.cancelled().await;
        Err(Diagnostic::error("Cancelled", "Nothing was read.").into())
    }
}

impl ResourceWithUpgrade<Plans> for Counted {
    fn upgrade(&self, version: i64, state: Json) -> Result<Counter, Diagnostics> {
        assert_eq!(version, 0);
        Ok(Counter {
            number: Attr::Known(0),
            text: Attr::Known(state["title"].as_str().unwrap().to_owned()),
            timeouts: Attr::Null,
        })
    }
}

impl Resource<Plans> for Counted {
    type Data = ();
    type Model = Counter;

    fn type_name(&self) -> &'static str {
        "toy_counter"
    }

    fn schema(&self) -> Schema {
        let number = Attribute::number("number", "").computed();
        let text = Attribute::string("text", "").required();
        Schema {
            version: 1,
            ..Schema::new("", vec![number, text, timeouts::attribute()])
        }
    }

    async fn plan(
        &self,
        _: &mut Call<'_, ()>,
        plan: &mut Plan<'_, Counter, Plans>,
    ) -> Result<(), Diagnostics> {
        let plans = plan.private().map_or(0, |private| private.plans) + 1;
        plan.set_private(Plans { plans });
        if plan.planned.text == Attr::Known("new".to_owned()) {
            plan.require_replace(AttributePath::attribute("text"));
        }
        if plan.planned.text == Attr::Known("random".to_owned()) {
            let kept = plan.approved().map(|approved| approved.plans);
            // As random as a test can bear.
            let chosen = kept.or_else(|| plan.stores_private().then_some(1_000_003));
            if let Some(chosen) = chosen {
                plan.planned.number = Attr::Known(i64::try_from(chosen).unwrap());
                plan.set_private(Plans { plans: chosen });
            }
        }
        Ok(())
    }

    async fn create(
        &self,
        call: &mut Call<'_, ()>,
        mut planned: State<Counter, Plans>,
    ) -> Result<State<Counter, Plans>, ApplyFailure<Counter, Plans>> {
        if planned.model.text == Attr::Known("slow".to_owned()) {
            call.cancel.cancelled().await;
            return Err(Diagnostic::error("Cancelled", "Nothing has changed.").into());
        }
        let applies = call.session::<Applies>();
        let before = applies.0.fetch_add(1, Ordering::Relaxed);
        planned.model.number = Attr::Known(i64::try_from(before).unwrap());
        Ok(planned)
    }

    async fn read(
        &self,
        _: &mut Call<'_, ()>,
        state: State<Counter, Plans>,
    ) -> Result<Option<State<Counter, Plans>>, Diagnostics> {
        Ok(Some(state))
    }

    async fn update(
        &self,
        _: &mut Call<'_, ()>,
        prior: Counter,
        mut planned: State<Counter, Plans>,
    ) -> Result<State<Counter, Plans>, ApplyFailure<Counter, Plans>> {
        planned.model.number = prior.number;
        Ok(planned)
    }

    async fn delete(
        &self,
        _: &mut Call<'_, ()>,
        prior: State<Counter, Plans>,
    ) -> Result<(), Diagnostics> {
        let passed_on = prior.private.is_some();
        Err(Diagnostic::error("Kept", format!("{passed_on}")).into())
    }
}

fn counter(number: Attr<i64>, text: &str) -> pb::DynamicValue {
    let counter = Counter {
        number,
        text: Attr::Known(text.to_owned()),
        timeouts: Attr::Null,
    };
    codec::encode(&counter.into_value())
}

fn nothing() -> pb::DynamicValue {
    codec::encode(&Value::Null)
}

async fn planned(
    service: &Service<Toys>,
    prior: pb::DynamicValue,
    prior_private: &[u8],
    text: &str,
) -> pb::plan_resource_change::Response {
    let request = pb::plan_resource_change::Request {
        type_name: "toy_counter".to_owned(),
        prior_state: Some(prior),
        prior_private: prior_private.to_vec(),
        config: Some(counter(Attr::Null, text)),
        proposed_new_state: Some(counter(Attr::Null, text)),
        ..Default::default()
    };
    let answer = service.plan_resource_change(Request::new(request)).await;
    answer.unwrap().into_inner()
}

async fn applied(
    service: &Service<Toys>,
    prior: pb::DynamicValue,
    planned: pb::DynamicValue,
    planned_private: &[u8],
) -> pb::apply_resource_change::Response {
    let request = pb::apply_resource_change::Request {
        type_name: "toy_counter".to_owned(),
        prior_state: Some(prior),
        planned_state: Some(planned),
        planned_private: planned_private.to_vec(),
        ..Default::default()
    };
    let answer = service.apply_resource_change(Request::new(request)).await;
    answer.unwrap().into_inner()
}

#[tokio::test]
async fn a_resource_without_capabilities_says_so() {
    let service = configured_with(TOYS).await;
    let answer = service
        .get_resource_identity_schemas(Request::new(Default::default()))
        .await;
    assert!(answer.unwrap().into_inner().identity_schemas.is_empty());

    let by_identity = pb::ResourceIdentityData {
        identity_data: Some(nothing()),
    };
    for identity in [None, Some(by_identity)] {
        let request = pb::import_resource_state::Request {
            type_name: "toy_note".to_owned(),
            id: "1".to_owned(),
            identity,
            ..Default::default()
        };
        let answer = service.import_resource_state(Request::new(request)).await;
        let answer = answer.unwrap().into_inner();
        assert!(answer.imported_resources.is_empty());
        assert_eq!(answer.diagnostics[0].summary, "Import Not Supported");
        assert!(answer.diagnostics[0].detail.contains("toy_note"));
    }

    let request = pb::upgrade_resource_identity::Request {
        type_name: "toy_note".to_owned(),
        raw_identity: Some(pb::RawState {
            json: b"{}".to_vec(),
            ..Default::default()
        }),
        ..Default::default()
    };
    let answer = service
        .upgrade_resource_identity(Request::new(request))
        .await;
    let answer = answer.unwrap().into_inner();
    assert_eq!(answer.diagnostics[0].summary, "Unreadable Identity");
}

#[tokio::test]
async fn a_configuration_is_generated_without_computed_values_and_simplified() {
    let service = configured_with(TOYS).await;
    let note = |id: Attr<&str>, text: Attr<&str>| {
        let (id, text) = (id.map(str::to_owned), text.map(str::to_owned));
        Note { id, text }.into_value()
    };
    let id = Attr::Known("1");
    for (state, config) in [
        (
            note(id, Attr::Known("a")),
            note(Attr::Null, Attr::Known("a")),
        ),
        (
            note(id, Attr::Known("the usual")),
            note(Attr::Null, Attr::Null),
        ),
        (Value::Null, Value::Null),
    ] {
        let request = pb::generate_resource_config::Request {
            type_name: "toy_note".to_owned(),
            state: Some(codec::encode(&state)),
        };
        let answer = service
            .generate_resource_config(Request::new(request))
            .await;
        let answer = answer.unwrap().into_inner();
        assert!(answer.diagnostics.is_empty(), "{:?}", answer.diagnostics);
        assert_eq!(answer.config, Some(codec::encode(&config)));
    }
}

#[tokio::test]
async fn private_state_goes_from_plan_to_apply_and_back() {
    let service = configured_with(TOYS).await;
    let plan = planned(&service, nothing(), b"", "a").await;
    assert_eq!(plan.planned_private, br#"{"plans":1}"#);
    let state = plan.planned_state.unwrap();
    let made = applied(&service, nothing(), state, &plan.planned_private).await;
    assert_eq!(made.private, plan.planned_private);

    let prior = made.new_state.unwrap();
    let plan = planned(&service, prior.clone(), &made.private, "b").await;
    assert_eq!(plan.planned_private, br#"{"plans":2}"#);
    assert!(plan.requires_replace.is_empty());
    let state = plan.planned_state.unwrap();
    let changed = applied(&service, prior, state, &plan.planned_private).await;
    assert_eq!(changed.private, plan.planned_private);
}

#[tokio::test]
async fn the_approved_plan_is_kept_to_if_the_host_stores_it() {
    let service = configured_with(TOYS).await;
    let planned = async |planned_private: &[u8], store_planned_private| {
        let request = pb::plan_resource_change::Request {
            type_name: "toy_counter".to_owned(),
            prior_state: Some(nothing()),
            config: Some(counter(Attr::Null, "random")),
            proposed_new_state: Some(counter(Attr::Null, "random")),
            planned_private: planned_private.to_vec(),
            client_capabilities: Some(pb::ClientCapabilities {
                store_planned_private,
                ..Default::default()
            }),
            ..Default::default()
        };
        let answer = service.plan_resource_change(Request::new(request)).await;
        answer.unwrap().into_inner()
    };
    let unknown = Some(counter(Attr::Unknown, "random"));
    assert_eq!(planned(b"", false).await.planned_state, unknown);

    let first = planned(b"", true).await;
    assert_eq!(
        first.planned_state,
        Some(counter(Attr::Known(1_000_003), "random"))
    );
    let earlier = br#"{"plans":41}"#;
    let second = planned(earlier, true).await;
    assert_eq!(
        second.planned_state,
        Some(counter(Attr::Known(41), "random"))
    );
    assert_eq!(second.planned_private, earlier);

    let damaged = planned(b"{", true).await;
    assert_eq!(damaged.diagnostics[0].summary, "Unreadable Plan");
}

#[tokio::test]
async fn private_state_that_terraform_does_not_pass_on_is_none() {
    let service = configured_with(TOYS).await;
    let state = counter(Attr::Known(0), "a");
    for (private, passed_on) in [(&b""[..], "false"), (br#"{"plans":1}"#, "true")] {
        let answer = applied(&service, state.clone(), nothing(), private).await;
        assert_eq!(answer.diagnostics[0].detail, passed_on);
        // The private state is returned whole, or Terraform keeps the one that it has.
        assert_eq!(answer.private, private);
    }
}

#[tokio::test]
async fn a_plan_can_ask_for_a_replacement_of_an_existing_object() {
    let service = configured_with(TOYS).await;
    let prior = counter(Attr::Known(0), "a");
    let plan = planned(&service, prior, b"", "new").await;
    let path = AttributePath::attribute("text").to_proto();
    assert_eq!(plan.requires_replace, [path]);
    let plan = planned(&service, nothing(), b"", "new").await;
    assert!(plan.requires_replace.is_empty());
}

#[tokio::test]
async fn memory_lasts_until_the_provider_is_configured_again() {
    let service = configured_with(TOYS).await;
    let create = async || {
        let planned = counter(Attr::Unknown, "a");
        let made = applied(&service, nothing(), planned, b"").await;
        made.new_state.unwrap()
    };
    assert_eq!(create().await, counter(Attr::Known(0), "a"));
    assert_eq!(create().await, counter(Attr::Known(1), "a"));
    let request = pb::configure_provider::Request {
        config: Some(codec::encode(&Nothing {}.into_value())),
        ..Default::default()
    };
    let configured = service.configure_provider(Request::new(request)).await;
    assert!(configured.unwrap().into_inner().diagnostics.is_empty());
    assert_eq!(create().await, counter(Attr::Known(0), "a"));
}

#[tokio::test(start_paused = true)]
async fn an_operation_ends_with_the_timeout_of_its_schema() {
    let service = configured_with(TOYS).await;
    let began = tokio::time::Instant::now();
    let planned = counter(Attr::Unknown, "slow");
    let answer = applied(&service, nothing(), planned, b"").await;
    assert_eq!(began.elapsed(), Duration::from_secs(300));
    assert_eq!(answer.diagnostics[0].summary, "Operation Timed Out");
}

#[tokio::test(start_paused = true)]
async fn a_data_source_ends_with_the_timeout_of_its_arguments() {
    let service = configured_with(TOYS).await;
    let within = |read: Attr<&str>| {
        let read = Value::Object([("read".to_owned(), read.into_value())].into());
        codec::encode(&Value::Object([("timeouts".to_owned(), read)].into()))
    };
    for (read, expected) in [(Attr::Known("7s"), 7), (Attr::Null, 300)] {
        let began = tokio::time::Instant::now();
        let request = pb::read_data_source::Request {
            type_name: "toy_slow".to_owned(),
            config: Some(within(read)),
            ..Default::default()
        };
        let answer = service.read_data_source(Request::new(request)).await;
        let diagnostics = answer.unwrap().into_inner().diagnostics;
        assert_eq!(diagnostics[0].summary, "Operation Timed Out");
        assert_eq!(began.elapsed(), Duration::from_secs(expected));
    }
}

#[tokio::test]
async fn an_old_state_is_rewritten_if_the_handle_lists_that() {
    let old = || pb::upgrade_resource_state::Request {
        type_name: "toy_counter".to_owned(),
        version: 0,
        raw_state: Some(pb::RawState {
            json: br#"{"title":"a"}"#.to_vec(),
            ..Default::default()
        }),
    };
    let service = configured_with(TOYS).await;
    let answer = service.upgrade_resource_state(Request::new(old())).await;
    let upgraded = answer.unwrap().into_inner().upgraded_state;
    assert_eq!(upgraded, Some(counter(Attr::Known(0), "a")));
    assert_eq!(lint(&TOYS), []);

    let without = || Toys { upgrades: false };
    let service = configured_with(without()).await;
    let answer = service.upgrade_resource_state(Request::new(old())).await;
    let diagnostics = answer.unwrap().into_inner().diagnostics;
    assert_eq!(diagnostics[0].summary, "Unsupported State Version");
    let found: Vec<_> = lint(&without()).iter().map(ToString::to_string).collect();
    assert_eq!(found, ["resource toy_counter: NotUpgraded"]);
}
