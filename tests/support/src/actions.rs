//! Calls about actions, as Terraform 1.14 makes them.

use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{
    ClientCapabilities, Diagnostic, invoke_action, invoke_action::event::Type, plan_action,
    validate_action_config,
};
use tonic::Streaming;

use crate::{
    host::patiently,
    target::Provider,
    values::{errors, value},
};

/// The actions that pause and resume a campaign.
pub const PAUSE: &str = "isales_campaign_pause";
pub const RESUME: &str = "isales_campaign_resume";

/// The actions that pause and resume a call batch.
pub const PAUSE_BATCH: &str = "isales_call_batch_pause";
pub const RESUME_BATCH: &str = "isales_call_batch_resume";

/// The end of an action, with the progress before it.
#[derive(Debug)]
pub struct Invoked {
    pub progress: Vec<String>,
    pub diagnostics: Vec<Diagnostic>,
}

/// The events of an action that is under way.
#[derive(Debug)]
pub struct Events(Streaming<invoke_action::Event>);

// === impl Events ===

impl Events {
    /// Waits for the next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Type> {
        let event = patiently("an event", self.0.message()).await.unwrap()?;
        Some(event.r#type.expect("progress or the end"))
    }

    /// Reads the events to the end.
    pub async fn completed(mut self) -> Invoked {
        let mut progress = Vec::new();
        loop {
            match self.next().await.expect("an event that completes it") {
                Type::Progress(one) => progress.push(one.message),
                Type::Completed(completed) => {
                    assert_eq!(self.next().await, None, "an event after the last");
                    return Invoked {
                        progress,
                        diagnostics: completed.diagnostics,
                    };
                }
            }
        }
    }
}

/// A `config` block with the campaign alone.
pub fn campaign(campaign_id: i64) -> Json {
    json!({"vdn_id": null, "campaign_id": campaign_id, "timeouts": null})
}

/// A `config` block with a call batch.
pub fn call_batch(campaign_id: i64, call_batch_id: &str) -> Json {
    json!({
        "vdn_id": null, "campaign_id": campaign_id, "call_batch_id": call_batch_id,
        "timeouts": null,
    })
}

/// Validates an `action` block.
pub async fn validate(provider: &mut Provider, action: &str, config: &Json) -> Vec<Diagnostic> {
    let request = validate_action_config::Request {
        type_name: action.to_owned(),
        config: Some(value(config)),
    };
    let response = provider.validate_action_config(request).await;
    response.unwrap().into_inner().diagnostics
}

/// Plans an invocation.
pub async fn plan(
    provider: &mut Provider,
    action: &str,
    config: &Json,
    deferral_allowed: bool,
) -> plan_action::Response {
    let request = plan_action::Request {
        action_type: action.to_owned(),
        config: Some(value(config)),
        client_capabilities: Some(ClientCapabilities {
            deferral_allowed,
            ..Default::default()
        }),
    };
    provider.plan_action(request).await.unwrap().into_inner()
}

/// Starts an action.
pub async fn begin(provider: &mut Provider, action: &str, config: &Json) -> Events {
    let request = invoke_action::Request {
        action_type: action.to_owned(),
        config: Some(value(config)),
        client_capabilities: None,
    };
    Events(provider.invoke_action(request).await.unwrap().into_inner())
}

/// Starts an action and waits for its end.
pub async fn invoke(provider: &mut Provider, action: &str, config: &Json) -> Invoked {
    begin(provider, action, config).await.completed().await
}

/// What a resource's `action_trigger` blocks do around an update, of which `update` is the apply: the
/// action before it, the update, and the action after it. An error ends it.
///
/// # Errors
/// The errors of the first step that fails.
pub async fn around_an_update(
    provider: &mut Provider,
    campaign_id: i64,
    update: impl AsyncFnOnce(&mut Provider) -> Vec<Diagnostic>,
) -> Result<(), Vec<String>> {
    let ended = |diagnostics: Vec<Diagnostic>| match errors(&diagnostics) {
        errors if errors.is_empty() => Ok(()),
        errors => Err(errors),
    };
    let config = campaign(campaign_id);
    ended(invoke(provider, PAUSE, &config).await.diagnostics)?;
    ended(update(provider).await)?;
    ended(invoke(provider, RESUME, &config).await.diagnostics)
}
