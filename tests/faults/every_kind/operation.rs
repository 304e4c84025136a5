//! Operations that faults are put into.

use isales_simulator::{Fault, Script, Simulator};
use serde_json::Value as Json;
use terraform_provider_isales::tf_provider::proto::tfplugin6::{Diagnostic, apply_resource_change};

use crate::{
    calls::{TYPE, apply, config, plan, read},
    target::Provider,
    values::{json, nothing_to_tell, null, value},
};

/// What Terraform has done, and which of its requests meets the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Operation {
    Read,
    /// The query before the policy is set.
    CreateQuery,
    CreatePost,
    /// The query that verifies.
    CreateVerify,
    UpdatePost,
    /// The POST of a destroy that puts back the policy from before.
    RestorePost,
}

/// A campaign, an operation on it, and what came of it.
pub(super) struct Subject {
    pub(super) operation: Operation,
    pub(super) campaign_id: i64,
    provider: Provider,
    /// The state before the operation; null before a create.
    prior: Json,
    private: Vec<u8>,
    pub(super) outcome: Outcome,
}

/// What the provider has answered.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) state: Json,
}

/// The policy that a campaign has before Terraform.
const BEFORE: i64 = 9;
/// The one that exists before an update, a read or a destroy.
const FIRST: i64 = 1;
/// The one that an update sets.
const SECOND: i64 = 2;

// === impl Operation ===

impl Operation {
    pub(super) const ALL: [Self; 6] = [
        Self::Read,
        Self::CreateQuery,
        Self::CreatePost,
        Self::CreateVerify,
        Self::UpdatePost,
        Self::RestorePost,
    ];

    pub(super) fn creates(self) -> bool {
        matches!(
            self,
            Self::CreateQuery | Self::CreatePost | Self::CreateVerify
        )
    }

    /// `retry_times` of the policy that the server has after a success.
    pub(super) fn wanted(self) -> i64 {
        match self {
            Self::UpdatePost => SECOND,
            Self::RestorePost => BEFORE,
            _ => FIRST,
        }
    }

    /// Of the policy that the server may have otherwise.
    pub(super) fn earlier(self) -> Option<i64> {
        match self {
            Self::UpdatePost | Self::RestorePost => Some(FIRST),
            _ => None,
        }
    }
}

/// `policyJson` as the provider posts it.
pub(super) fn policy_json(retry_times: i64) -> String {
    format!("[{{'type':0,'retryTimes':{retry_times},'retryDay':1}}]")
}

pub(super) fn path(campaign_id: i64) -> String {
    format!("/rest/isales/v1/openapi/campaigns/25/retryPolicy/{campaign_id}")
}

// === impl Subject ===

impl Subject {
    /// Brings about what the operation starts from.
    pub(super) async fn prepare(
        simulator: &Simulator,
        mut provider: Provider,
        operation: Operation,
        campaign_id: i64,
    ) -> Self {
        let (mut prior, mut private) = (Json::Null, Vec::new());
        if !operation.creates() {
            let mut config = config(campaign_id, FIRST);
            if operation == Operation::RestorePost {
                config["deletion_policy"] = "restore".into();
                let before = policy_json(BEFORE);
                simulator.set_policy(25, campaign_id, 0, &before).unwrap();
            }
            let planned = plan(&mut provider, &Json::Null, &config).await;
            let made = apply(&mut provider, &Json::Null, &planned).await;
            prior = json(made.new_state.as_ref());
            private = made.private;
        }
        Self {
            operation,
            campaign_id,
            provider,
            prior,
            private,
            outcome: Outcome::default(),
        }
    }

    /// Puts the fault where the operation meets it.
    pub(super) fn lay_down(&self, simulator: &Simulator, fault: Fault, times: u32) {
        let script = |script: Script| script.path(&path(self.campaign_id));
        let method = match self.operation {
            Operation::Read | Operation::CreateQuery | Operation::CreateVerify => "GET",
            _ => "POST",
        };
        if self.operation == Operation::CreateVerify {
            simulator.script(script(Script::pass()).method("GET"));
        }
        simulator.script(script(Script::fault(fault)).method(method).times(times));
    }

    /// Does it.
    pub(super) async fn operate(mut self) -> Self {
        let wanted = config(self.campaign_id, self.operation.wanted());
        self.outcome = match self.operation {
            Operation::Read => {
                let seen = read(&mut self.provider, &self.prior, self.private.clone()).await;
                Outcome {
                    diagnostics: seen.diagnostics,
                    state: json(seen.new_state.as_ref()),
                }
            }
            Operation::RestorePost => {
                let request = apply_resource_change::Request {
                    type_name: TYPE.to_owned(),
                    prior_state: Some(value(&self.prior)),
                    planned_state: Some(null()),
                    planned_private: self.private.clone(),
                    ..Default::default()
                };
                let gone = self.provider.apply_resource_change(request).await.unwrap();
                applied(gone.into_inner())
            }
            _ => {
                let planned = plan(&mut self.provider, &self.prior, &wanted).await;
                applied(apply(&mut self.provider, &self.prior, &planned).await)
            }
        };
        self
    }

    /// The state that Terraform has after the operation: it keeps the one before where an update
    /// fails without another.
    pub(super) fn state(&self) -> &Json {
        match self.operation {
            Operation::UpdatePost if self.outcome.state.is_null() => &self.prior,
            _ => &self.outcome.state,
        }
    }

    pub(super) fn prior(&self) -> &Json {
        &self.prior
    }

    /// The next apply: refresh, plan, and whatever that asks for. Returns the state.
    pub(super) async fn apply_again(mut self) -> Json {
        let wanted = config(self.campaign_id, self.operation.wanted());
        let provider = &mut self.provider;
        let failed = !self.outcome.diagnostics.is_empty();
        let mut state = self.outcome.state.clone();
        if self.operation == Operation::UpdatePost && state.is_null() {
            state = self.prior.clone();
        }
        // Terraform replaces what it holds for tainted.
        if self.operation.creates() && failed {
            state = Json::Null;
        }
        if !state.is_null() {
            let seen = read(provider, &state, self.private.clone()).await;
            nothing_to_tell(&seen.diagnostics);
            state = json(seen.new_state.as_ref());
        }
        let planned = plan(provider, &state, &wanted).await;
        if json(planned.planned_state.as_ref()) != state {
            let made = apply(provider, &state, &planned).await;
            state = json(made.new_state.as_ref());
        }
        state
    }
}

fn applied(response: apply_resource_change::Response) -> Outcome {
    Outcome {
        state: json(response.new_state.as_ref()),
        diagnostics: response.diagnostics,
    }
}
