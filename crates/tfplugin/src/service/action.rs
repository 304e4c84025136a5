//! Calls about actions.

use std::{
    pin::{Pin, pin},
    sync::Arc,
};

use tokio::sync::mpsc;
use tokio_stream::{StreamExt as _, wrappers::ReceiverStream};
use tonic::Status;

use super::{config, incoming::Incoming, instance::Instance};
use crate::{
    action::{ActionEvent, ActionPlan, Progress},
    diagnostics::Diagnostics,
    proto::tfplugin6 as pb,
    provider::Provider,
};

/// The events of one invocation, as they come.
pub(super) type Invocation =
    Pin<Box<dyn tokio_stream::Stream<Item = Result<pb::invoke_action::Event, Status>> + Send>>;

/// How many messages may wait for a host that does not read them.
pub(super) const MOST_WAITING: usize = 64;

impl<P: Provider> Instance<P> {
    pub(super) fn validate_action(
        &self,
        request: &pb::validate_action_config::Request,
    ) -> Diagnostics {
        let checked = self
            .offer
            .registry()
            .action(&request.type_name)
            .and_then(|action| {
                let config = config::decode(request.config.as_ref(), action.ty())?;
                Ok(action.validate(config))
            });
        checked.unwrap_or_else(Into::into)
    }

    pub(super) async fn plan_action(
        &self,
        request: &pb::plan_action::Request,
    ) -> pb::plan_action::Response {
        let cancel = self.calls.begin();
        let prepared = self
            .offer
            .registry()
            .action(&request.action_type)
            .and_then(|action| {
                let config = config::decode(request.config.as_ref(), action.ty())?;
                Ok((action, self.configured()?, config))
            });
        let (plan, mut diagnostics) = match prepared {
            Ok((action, configured, config)) => action.plan(configured.call(&cancel), config).await,
            Err(error) => (Err(error.into()), Diagnostics::new()),
        };
        let may_defer = request
            .client_capabilities
            .is_some_and(|client| client.deferral_allowed);
        let deferred = match plan {
            Ok(ActionPlan::Defer) if may_defer => Some(pb::Deferred {
                reason: pb::deferred::Reason::ProviderConfigUnknown.into(),
            }),
            Ok(ActionPlan::Invoke | ActionPlan::Defer) => None,
            Err(errors) => {
                diagnostics.extend(errors);
                None
            }
        };
        pb::plan_action::Response {
            diagnostics: diagnostics.into_proto(),
            deferred,
        }
    }

    /// Starts an action and returns its events. The action never waits for the host, and is cancelled
    /// when the host hangs up.
    pub(super) fn invoke(self: Arc<Self>, request: pb::invoke_action::Request) -> Invocation {
        let (sender, events) = mpsc::channel(MOST_WAITING + 1);
        let incoming = Incoming::new("InvokeAction", &request);
        tokio::spawn(async move {
            // Messages that nobody reads cannot take the place of the last event.
            let Ok(last) = sender.clone().reserve_owned().await else {
                return log::debug!("The host has hung up; no action is invoked");
            };
            let run = Arc::clone(&self).run(request, sender);
            let ended = self.calls.guarded(incoming, run).await;
            let diagnostics = ended.unwrap_or_else(Into::into);
            last.send(ActionEvent::Completed(diagnostics));
        });
        Box::pin(ReceiverStream::new(events).map(|one| Ok(event(one))))
    }

    async fn run(
        self: Arc<Self>,
        request: pb::invoke_action::Request,
        events: mpsc::Sender<ActionEvent>,
    ) -> Diagnostics {
        let cancel = self.calls.begin().child_token();
        let prepared = self
            .offer
            .registry()
            .action(&request.action_type)
            .and_then(|action| {
                let config = config::decode(request.config.as_ref(), action.ty())?;
                Ok((action, self.configured()?, config))
            });
        let (action, configured, config) = match prepared {
            Ok(prepared) => prepared,
            Err(error) => return error.into(),
        };
        let name = action.type_name();
        let host = events.clone();
        let progress = Progress::new(name, events);
        let mut invoke = pin!(action.invoke(configured.call(&cancel), config, progress));
        tokio::select! {
            biased;
            diagnostics = &mut invoke => return diagnostics,
            () = host.closed() => {
                log::debug!(action = name; "The host has hung up; the action is cancelled");
                cancel.cancel();
            }
        }
        let unread = invoke.await;
        for one in unread.iter() {
            log::warn!(action = name; "{}: {}", one.summary, one.detail);
        }
        unread
    }
}

fn event(one: ActionEvent) -> pb::invoke_action::Event {
    use pb::invoke_action::event::{Completed, Progress, Type};
    let one = match one {
        ActionEvent::Progress(message) => Type::Progress(Progress { message }),
        ActionEvent::Completed(diagnostics) => Type::Completed(Completed {
            diagnostics: diagnostics.into_proto(),
        }),
    };
    pb::invoke_action::Event { r#type: Some(one) }
}
