//! An action, and the events of its invocations.

use std::{sync::Arc, time::Duration};

use tokio::sync::{Notify, mpsc};
use tokio_stream::StreamExt as _;
use tonic::Request;

use super::{Nothing, configured_with};
use crate::{
    action::{Action, ActionPlan, Progress},
    call::Call,
    codec,
    diagnostics::{Diagnostic, Diagnostics},
    lint::lint,
    model,
    model::{Attr, IntoValue as _},
    path::AttributePath,
    proto::{
        tfplugin6 as pb,
        tfplugin6::{
            invoke_action::event::{Completed, Type},
            provider_server::Provider as _,
        },
    },
    provider::{Host, Provider},
    registry::ActionHandle,
    schema::{Attribute, Schema, Validator},
    service::{Service, action::MOST_WAITING},
    timeouts::{self, InvokeTimeouts},
    value::Value,
};

/// What the test and the action share.
#[derive(Debug)]
struct Tower {
    /// Lets the action go on.
    rope: Notify,
    /// What the action has done.
    heard: mpsc::UnboundedSender<&'static str>,
}

struct Bells(Arc<Tower>);

/// Rings as often as it is told, then does what its tune says.
struct Ring;

model! {
    struct Rings {
        times: Attr<i64>,
        tune: Attr<String>,
        timeouts: Attr<InvokeTimeouts>,
    }
}

impl Provider for Bells {
    type Config = Nothing;
    type Data = Arc<Tower>;

    fn schema(&self) -> Schema {
        Schema::new("", Vec::new())
    }

    fn actions(&self) -> Vec<ActionHandle<Arc<Tower>>> {
        vec![ActionHandle::new(Ring)]
    }

    async fn configure(
        &self,
        _: Nothing,
        _: Host,
        _: &mut Diagnostics,
    ) -> Result<Arc<Tower>, Diagnostics> {
        Ok(Arc::clone(&self.0))
    }
}

impl Action for Ring {
    type Data = Arc<Tower>;
    type Config = Rings;

    fn type_name(&self) -> &'static str {
        "toy_ring"
    }

    fn schema(&self) -> Schema {
        let times = Attribute::number("times", "").validator(Validator::between(0..=99));
        let tune = Attribute::string("tune", "");
        Schema::new("", vec![times, tune, timeouts::invoke_attribute()]).deprecated("Whistle.")
    }

    fn validate(&self, config: &Rings) -> Diagnostics {
        if config.times.is_null() && config.tune.is_null() {
            return Diagnostic::error("Nothing To Ring", "Set times or tune.").into();
        }
        Diagnostics::new()
    }

    async fn plan(
        &self,
        call: &mut Call<'_, Arc<Tower>>,
        config: &Rings,
    ) -> Result<ActionPlan, Diagnostics> {
        call.warn("Loud", "Everybody hears it.");
        match &config.tune {
            Attr::Unknown => Ok(ActionPlan::Defer),
            Attr::Known(tune) if tune == "off" => {
                let path = AttributePath::attribute("tune");
                Err(Diagnostic::error("Out Of Tune", "Choose another.")
                    .at(path)
                    .into())
            }
            _ => Ok(ActionPlan::Invoke),
        }
    }

    async fn invoke(
        &self,
        call: &mut Call<'_, Arc<Tower>>,
        config: Rings,
        progress: &Progress,
    ) -> Result<(), Diagnostics> {
        for time in 1..=config.times.known().unwrap_or_default() {
            progress.report(format!("ring {time}"));
        }
        match config.tune.known().as_deref() {
            Some("wait") => call.data.rope.notified().await,
            Some("hold") => {
                call.data.heard.send("held").unwrap();
                call.cancel.cancelled().await;
                call.data.heard.send("let go").unwrap();
                return Err(Diagnostic::error("Ring Cancelled", "It rang half.").into());
            }
            Some("break") => panic!("in invoke, with a secret"),
            _ => {}
        }
        call.warn("Loud", "Everybody heard it.");
        call.data.heard.send("rung").unwrap();
        Ok(())
    }
}

fn rings(times: i64, tune: Attr<&str>) -> pb::DynamicValue {
    let rings = Rings {
        times: Attr::Known(times),
        tune: tune.map(str::to_owned),
        timeouts: Attr::Null,
    };
    codec::encode(&rings.into_value())
}

/// Returns a configured service, its tower, and what its actions do.
async fn bells() -> (
    Service<Bells>,
    Arc<Tower>,
    mpsc::UnboundedReceiver<&'static str>,
) {
    let (heard, hears) = mpsc::unbounded_channel();
    let tower = Arc::new(Tower {
        rope: Notify::new(),
        heard,
    });
    let service = configured_with(Bells(Arc::clone(&tower))).await;
    (service, tower, hears)
}

/// The events of one invocation, as the host reads them.
struct Events(crate::service::action::Invocation);

impl Events {
    async fn next(&mut self) -> Option<Type> {
        let event = self.0.next().await?;
        Some(event.unwrap().r#type.unwrap())
    }

    /// Reads the next event, which is progress.
    async fn progress(&mut self) -> String {
        match self.next().await {
            Some(Type::Progress(progress)) => progress.message,
            other => panic!("{other:?}"),
        }
    }

    /// Reads the next event, which is the last.
    async fn completed(&mut self) -> Vec<pb::Diagnostic> {
        let Some(Type::Completed(Completed { diagnostics })) = self.next().await else {
            panic!("the action has not completed");
        };
        assert_eq!(self.next().await, None);
        diagnostics
    }
}

async fn invoked(service: &Service<Bells>, config: Option<pb::DynamicValue>) -> Events {
    let request = pb::invoke_action::Request {
        action_type: "toy_ring".to_owned(),
        config,
        ..Default::default()
    };
    let events = service.invoke_action(Request::new(request)).await;
    Events(events.unwrap().into_inner())
}

fn summaries(diagnostics: &[pb::Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|one| one.summary.as_str()).collect()
}

#[tokio::test]
async fn an_action_is_offered_with_its_schema() {
    let (service, ..) = bells().await;
    let metadata = service.get_metadata(Request::new(Default::default())).await;
    let names: Vec<_> = metadata.unwrap().into_inner().actions;
    assert_eq!(names[0].type_name, "toy_ring");
    let offered = service
        .get_provider_schema(Request::new(Default::default()))
        .await;
    let schemas = offered.unwrap().into_inner().action_schemas;
    let schema = schemas["toy_ring"].schema.clone().unwrap();
    let block = schema.block.unwrap();
    let attributes: Vec<_> = block.attributes.iter().map(|one| &*one.name).collect();
    assert_eq!(attributes, ["times", "tune", "timeouts"]);
    assert!(block.deprecated);
    assert_eq!(block.deprecation_message, "Whistle.");
    let (heard, _) = mpsc::unbounded_channel();
    let rope = Notify::new();
    assert_eq!(lint(&Bells(Arc::new(Tower { rope, heard }))), []);
}

#[tokio::test]
async fn arguments_are_validated_by_the_schema_and_by_the_author() {
    let (service, ..) = bells().await;
    let validated = async |type_name: &str, config| {
        let request = pb::validate_action_config::Request {
            type_name: type_name.to_owned(),
            config: Some(config),
        };
        let answer = service.validate_action_config(Request::new(request)).await;
        let found = answer.unwrap().into_inner().diagnostics;
        summaries(&found).join(", ")
    };
    assert_eq!(validated("toy_ring", rings(3, Attr::Unknown)).await, "");
    let too_many = rings(100, Attr::Null);
    let expected = "Invalid Attribute Value";
    assert_eq!(validated("toy_ring", too_many).await, expected);
    // A block that is left out.
    let nothing = codec::encode(&Value::Null);
    assert_eq!(validated("toy_ring", nothing).await, "Nothing To Ring");
    let unknown = validated("toy_gong", rings(1, Attr::Null)).await;
    assert_eq!(unknown, "Unknown Action Type");
}

#[tokio::test]
async fn a_plan_warns_and_fails_and_is_deferred_where_the_host_can() {
    let (service, ..) = bells().await;
    let planned = async |tune, deferral_allowed| {
        let request = pb::plan_action::Request {
            action_type: "toy_ring".to_owned(),
            config: Some(rings(1, tune)),
            client_capabilities: Some(pb::ClientCapabilities {
                deferral_allowed,
                ..Default::default()
            }),
        };
        let answer = service.plan_action(Request::new(request)).await;
        answer.unwrap().into_inner()
    };
    for may_defer in [true, false] {
        let plan = planned(Attr::Null, may_defer).await;
        assert_eq!(summaries(&plan.diagnostics), ["Loud"]);
        assert_eq!(plan.deferred, None);
        let plan = planned(Attr::Known("off"), may_defer).await;
        assert_eq!(summaries(&plan.diagnostics), ["Loud", "Out Of Tune"]);
        assert_eq!(plan.deferred, None);
    }
    let reason = pb::deferred::Reason::ProviderConfigUnknown.into();
    let deferred = planned(Attr::Unknown, true).await.deferred;
    assert_eq!(deferred, Some(pb::Deferred { reason }));
    assert_eq!(planned(Attr::Unknown, false).await.deferred, None);
}

#[tokio::test]
async fn progress_comes_while_the_action_runs_and_its_warnings_come_last() {
    let (service, tower, mut hears) = bells().await;
    let mut events = invoked(&service, Some(rings(2, Attr::Known("wait")))).await;
    assert_eq!(events.progress().await, "ring 1");
    assert_eq!(events.progress().await, "ring 2");
    assert!(hears.try_recv().is_err(), "it is still running");
    tower.rope.notify_one();
    assert_eq!(summaries(&events.completed().await), ["Loud"]);
    assert_eq!(hears.recv().await, Some("rung"));
}

#[tokio::test]
async fn a_host_that_does_not_read_holds_nothing_up_and_gets_the_last_event() {
    let (service, _, mut hears) = bells().await;
    let times = i64::try_from(MOST_WAITING).unwrap() + 30;
    let mut events = invoked(&service, Some(rings(times, Attr::Null))).await;
    assert_eq!(hears.recv().await, Some("rung"));
    for time in 1..=MOST_WAITING {
        assert_eq!(events.progress().await, format!("ring {time}"));
    }
    assert_eq!(summaries(&events.completed().await), ["Loud"]);
}

#[tokio::test]
async fn a_host_that_hangs_up_cancels_its_action_alone() {
    let (service, _, mut hears) = bells().await;
    let dropped = invoked(&service, Some(rings(1, Attr::Known("hold")))).await;
    assert_eq!(hears.recv().await, Some("held"));
    let mut other = invoked(&service, Some(rings(0, Attr::Known("hold")))).await;
    assert_eq!(hears.recv().await, Some("held"));
    drop(dropped);
    assert_eq!(hears.recv().await, Some("let go"));
    assert!(hears.try_recv().is_err(), "the other one goes on");

    let stop = pb::stop_provider::Request::default();
    service.stop_provider(Request::new(stop)).await.unwrap();
    assert_eq!(summaries(&other.completed().await), ["Ring Cancelled"]);
}

#[tokio::test]
async fn an_action_is_not_begun_for_a_host_that_is_gone() {
    let (service, _, mut hears) = bells().await;
    drop(invoked(&service, Some(rings(0, Attr::Known("wait")))).await);
    drop(invoked(&service, Some(rings(0, Attr::Null))).await);
    let mut events = invoked(&service, Some(rings(0, Attr::Null))).await;
    events.completed().await;
    assert_eq!(hears.recv().await, Some("rung"));
    assert!(hears.try_recv().is_err(), "only the last one has rung");
}

#[tokio::test(start_paused = true)]
async fn an_action_ends_with_its_timeout() {
    let (service, _tower, _hears) = bells().await;
    for (invoke, seconds, advice) in [
        (Attr::Known("7s"), 7, "The invocation took longer than 7s"),
        (Attr::Null, 300, "raise timeouts.invoke."),
    ] {
        let began = tokio::time::Instant::now();
        let timeouts = Value::Object([("invoke".to_owned(), invoke.into_value())].into());
        let rings = [
            ("times", Value::Null),
            ("tune", "hold".into()),
            ("timeouts", timeouts),
        ];
        let rings = rings.map(|(name, value)| (name.to_owned(), value));
        let config = codec::encode(&Value::Object(rings.into()));
        let mut events = invoked(&service, Some(config)).await;
        let errors = events.completed().await;
        assert_eq!(began.elapsed(), Duration::from_secs(seconds));
        assert_eq!(summaries(&errors), ["Operation Timed Out"]);
        assert!(errors[0].detail.contains(advice), "{}", errors[0].detail);
    }
}

#[tokio::test]
async fn a_panic_in_an_action_is_its_last_event() {
    let (service, ..) = bells().await;
    let mut events = invoked(&service, Some(rings(1, Attr::Known("break")))).await;
    assert_eq!(events.progress().await, "ring 1");
    super::only_names(&events.completed().await, "InvokeAction");
}

#[tokio::test]
async fn an_action_that_cannot_begin_completes_with_an_error() {
    let (service, ..) = bells().await;
    let request = pb::invoke_action::Request {
        action_type: "toy_gong".to_owned(),
        ..Default::default()
    };
    let events = service.invoke_action(Request::new(request)).await;
    let mut events = Events(events.unwrap().into_inner());
    assert_eq!(
        summaries(&events.completed().await),
        ["Unknown Action Type"]
    );

    let (heard, _) = mpsc::unbounded_channel();
    let rope = Notify::new();
    let service = Service::new(Bells(Arc::new(Tower { rope, heard })));
    let mut events = invoked(&service, None).await;
    let expected = ["Provider Not Configured"];
    assert_eq!(summaries(&events.completed().await), expected);
}
