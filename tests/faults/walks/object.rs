//! A resource as Terraform keeps it from one command to the next.

use serde_json::Value as Json;
use test_support::{
    retry_policy::{TYPE, apply, destroy, read},
    target::Provider,
    values::{errors, json, null, value, warnings},
};
use tfplugin::proto::tfplugin6::plan_resource_change;

/// A resource in the state.
#[derive(Clone, Debug, Default)]
pub(super) struct Object {
    pub(super) state: Json,
    private: Vec<u8>,
}

/// The warnings of a command that ended well, or the errors of another.
pub(super) type Reported = Result<Vec<String>, Vec<String>>;

// === impl Object ===

impl Object {
    pub(super) fn exists(&self) -> bool {
        !self.state.is_null()
    }

    /// Reads it, as each plan does that is not made with `-refresh=false`.
    pub(super) async fn refresh(&mut self, provider: &mut Provider) -> Reported {
        if !self.exists() {
            return Ok(Vec::new());
        }
        let seen = read(provider, &self.state, self.private.clone()).await;
        let reported = reported(&seen.diagnostics)?;
        self.state = json(seen.new_state.as_ref());
        self.private = seen.private;
        Ok(reported)
    }

    /// Plans what a configuration asks for. `None` if that is no change.
    pub(super) async fn plan(
        &self,
        provider: &mut Provider,
        config: &Json,
    ) -> Result<Option<plan_resource_change::Response>, Vec<String>> {
        let mut proposed = config.clone();
        if let (Json::Object(proposed), Json::Object(prior)) = (&mut proposed, &self.state) {
            for (name, value) in proposed {
                if value.is_null() {
                    value.clone_from(&prior[name]);
                }
            }
        }
        let request = plan_resource_change::Request {
            type_name: TYPE.to_owned(),
            prior_state: Some(value(&self.state)),
            proposed_new_state: Some(value(&proposed)),
            config: Some(value(config)),
            prior_private: self.private.clone(),
            ..Default::default()
        };
        let planned = provider.plan_resource_change(request).await.unwrap();
        let planned = planned.into_inner();
        reported(&planned.diagnostics)?;
        let is_change = json(planned.planned_state.as_ref()) != self.state;
        Ok(is_change.then_some(planned))
    }

    /// Plans and applies. A create that fails may leave an object; the state of an update that
    /// fails stays.
    pub(super) async fn apply(&mut self, provider: &mut Provider, config: &Json) -> Reported {
        let Some(planned) = self.plan(provider, config).await? else {
            return Ok(Vec::new());
        };
        let applied = apply(provider, &self.state, &planned).await;
        let state = json(applied.new_state.as_ref());
        if !state.is_null() {
            self.state = state;
            self.private = applied.private;
        }
        reported(&applied.diagnostics)
    }

    /// Plans and does a destroy.
    pub(super) async fn destroy(&mut self, provider: &mut Provider) -> Reported {
        if !self.exists() {
            return Ok(Vec::new());
        }
        let request = plan_resource_change::Request {
            type_name: TYPE.to_owned(),
            prior_state: Some(value(&self.state)),
            proposed_new_state: Some(null()),
            config: Some(null()),
            prior_private: self.private.clone(),
            ..Default::default()
        };
        let planned = provider.plan_resource_change(request).await.unwrap();
        let planned = planned.into_inner();
        reported(&planned.diagnostics)?;
        let destroyed = destroy(provider, &self.state, planned.planned_private).await;
        let warnings = reported(&destroyed.diagnostics)?;
        *self = Self::default();
        Ok(warnings)
    }
}

fn reported(diagnostics: &[tfplugin::proto::tfplugin6::Diagnostic]) -> Reported {
    let errors = errors(diagnostics);
    if errors.is_empty() {
        Ok(warnings(diagnostics))
    } else {
        Err(errors)
    }
}
