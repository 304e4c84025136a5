//! Operations that faults are put into.

use isales_simulator::{Fault, Script, Simulator};
use serde_json::Value as Json;
use tfplugin::proto::tfplugin6::{Diagnostic, apply_resource_change};

use test_support::{
    policies::common_json,
    retry_policy::{apply, config, destroy, path, plan, read},
    target::Provider,
    values::{assert_no_diagnostics, errors, json, warnings},
};

/// An action of Terraform, and the request of it that meets the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Operation {
    pub(super) action: Action,
    pub(super) step: Step,
}

/// An action of Terraform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Read,
    Create,
    Update,
    /// A destroy that puts back the policy from before.
    Restore,
}

/// One of an action's requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The query of a create's plan.
    Plan,
    /// The query before the policy is set; of a read, its only request. A create makes it only if
    /// that of its plan has failed.
    Query,
    Post,
    /// The query after the policy was set.
    Verify,
}

/// A campaign, an operation on it, and what came of it.
pub(super) struct Subject {
    pub(super) operation: Operation,
    pub(super) campaign_id: i64,
    provider: Provider,
    /// The state before the operation; null before a create.
    prior: Kept,
    pub(super) outcome: Outcome,
}

/// The state of a resource, private state included.
#[derive(Clone, Debug, Default)]
struct Kept {
    state: Json,
    private: Vec<u8>,
}

/// The reply of the provider.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) diagnostics: Vec<Diagnostic>,
    kept: Kept,
}

/// The policy that a campaign has before Terraform.
const BEFORE: u32 = 9;
/// The one that exists before an update, a read or a destroy.
const FIRST: u32 = 1;
/// The one that an update sets.
const SECOND: u32 = 2;

// === impl Operation ===

impl Operation {
    pub(super) const ALL: [Self; 11] = [
        Self::new(Action::Read, Step::Query),
        Self::new(Action::Create, Step::Plan),
        Self::new(Action::Create, Step::Query),
        Self::new(Action::Create, Step::Post),
        Self::new(Action::Create, Step::Verify),
        Self::new(Action::Update, Step::Query),
        Self::new(Action::Update, Step::Post),
        Self::new(Action::Update, Step::Verify),
        Self::new(Action::Restore, Step::Query),
        Self::new(Action::Restore, Step::Post),
        Self::new(Action::Restore, Step::Verify),
    ];

    pub(super) const fn new(action: Action, step: Step) -> Self {
        Self { action, step }
    }
}

// === impl Action ===

impl Action {
    /// `retry_times` of the policy that the server has after a success.
    pub(super) fn wanted(self) -> u32 {
        match self {
            Self::Read | Self::Create => FIRST,
            Self::Update => SECOND,
            Self::Restore => BEFORE,
        }
    }

    /// Of the policy that the server has had so far.
    pub(super) fn earlier(self) -> Option<u32> {
        match self {
            Self::Create => None,
            Self::Read | Self::Update | Self::Restore => Some(FIRST),
        }
    }
}

// === impl Step ===

impl Step {
    /// Whether a request of this method is of this step.
    pub(super) fn is_of(self, method: &str, is_after_a_post: bool) -> bool {
        match self {
            Self::Plan | Self::Query => method == "GET" && !is_after_a_post,
            Self::Post => method == "POST",
            Self::Verify => method == "GET" && is_after_a_post,
        }
    }

    /// The script for requests of this step. That of a query goes on to later queries where it is
    /// for more than one request.
    fn narrow(self, script: Script) -> Script {
        match self {
            Self::Plan | Self::Query => script.method("GET"),
            Self::Post => script.method("POST"),
            Self::Verify => script.method("GET").after("POST"),
        }
    }
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
        let mut prior = Kept::default();
        if operation.action != Action::Create {
            let mut config = config(campaign_id, FIRST.into());
            if operation.action == Action::Restore {
                config["deletion_policy"] = "restore".into();
                let before = common_json(BEFORE, 1);
                simulator.set_policy(25, campaign_id, 0, &before).unwrap();
            }
            let planned = plan(&mut provider, &Json::Null, &config).await;
            let made = apply(&mut provider, &Json::Null, &planned).await;
            assert_eq!(errors(&made.diagnostics), [""; 0]);
            prior = Outcome::from(made).kept;
        }
        Self {
            operation,
            campaign_id,
            provider,
            prior,
            outcome: Outcome::default(),
        }
    }

    /// Puts the fault where the operation meets it.
    pub(super) fn lay_down(&self, simulator: &Simulator, fault: Fault, times: u32) {
        let is_after_plan = self.operation == Operation::new(Action::Create, Step::Query);
        let times = times + u32::from(is_after_plan);
        let script = Script::fault(fault).path(&path(self.campaign_id));
        simulator.script(self.operation.step.narrow(script.times(times)));
    }

    /// Does it.
    pub(super) async fn operate(mut self) -> Self {
        let prior = self.prior.clone();
        self.outcome = match self.operation.action {
            Action::Read => self.read(prior).await,
            Action::Create | Action::Update => self.set(prior).await,
            Action::Restore => self.destroy(prior).await,
        };
        self
    }

    async fn read(&mut self, prior: Kept) -> Outcome {
        let seen = read(&mut self.provider, &prior.state, prior.private).await;
        Outcome {
            kept: Kept {
                state: json(seen.new_state.as_ref()),
                private: seen.private,
            },
            diagnostics: seen.diagnostics,
        }
    }

    async fn set(&mut self, prior: Kept) -> Outcome {
        let wanted = config(self.campaign_id, self.operation.action.wanted().into());
        let planned = plan(&mut self.provider, &prior.state, &wanted).await;
        if json(planned.planned_state.as_ref()) == prior.state {
            return Outcome {
                kept: prior,
                diagnostics: planned.diagnostics,
            };
        }
        apply(&mut self.provider, &prior.state, &planned)
            .await
            .into()
    }

    async fn destroy(&mut self, prior: Kept) -> Outcome {
        destroy(&mut self.provider, &prior.state, prior.private)
            .await
            .into()
    }

    /// The state that Terraform has after the operation.
    pub(super) fn state(&self) -> &Json {
        &self.kept().state
    }

    /// Whether a warning says that the server confirmed a policy that it does not show.
    pub(super) fn is_said_to_lag(&self) -> bool {
        let warnings = warnings(&self.outcome.diagnostics);
        warnings
            .iter()
            .any(|warning| warning.contains("still showed"))
    }

    pub(super) fn prior(&self) -> &Json {
        &self.prior.state
    }

    /// Terraform keeps what it had where an update fails without a state.
    fn kept(&self) -> &Kept {
        match self.operation.action {
            Action::Update if self.outcome.kept.state.is_null() => &self.prior,
            _ => &self.outcome.kept,
        }
    }

    /// The next apply: refresh, plan, and whatever that asks for; or the next destroy. Returns the
    /// state.
    pub(super) async fn again(mut self) -> Json {
        let failed = !errors(&self.outcome.diagnostics).is_empty();
        let mut kept = self.kept().clone();
        // Terraform replaces what it holds for tainted.
        if self.operation.action == Action::Create && failed {
            kept = Kept::default();
        }
        if !kept.state.is_null() {
            let seen = self.read(kept).await;
            assert_no_diagnostics(&seen.diagnostics);
            kept = seen.kept;
        }
        let next = match self.operation.action {
            Action::Restore if kept.state.is_null() => return Json::Null,
            Action::Restore => self.destroy(kept).await,
            _ => self.set(kept).await,
        };
        assert_eq!(errors(&next.diagnostics), [""; 0]);
        next.kept.state
    }
}

// === impl Outcome ===

impl From<apply_resource_change::Response> for Outcome {
    fn from(response: apply_resource_change::Response) -> Self {
        Self {
            kept: Kept {
                state: json(response.new_state.as_ref()),
                private: response.private,
            },
            diagnostics: response.diagnostics,
        }
    }
}
