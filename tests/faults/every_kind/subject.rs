//! Operations that faults are put into.

use isales_simulator::{Fault, RecordedRequest, Script, Simulator};
use serde_json::Value as Json;
use tfplugin::proto::tfplugin6::{Diagnostic, apply_resource_change, list_resource};

use super::object::{Action, FIRST, Object, Operation};
use test_support::{
    calls::{apply, destroy, import_by_id, list, plan, read},
    target::Provider,
    values::{assert_no_diagnostics, errors, json, value, warnings},
};

/// An operation on an object of its own, and what came of it.
pub(super) struct Subject<O> {
    pub(super) object: O,
    pub(super) operation: Operation,
    pub(super) number: i64,
    provider: Provider,
    /// The state before the operation; null before a create.
    prior: Kept,
    /// What an import names.
    import_id: String,
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

// === impl Subject ===

impl<O: Object> Subject<O> {
    /// Brings about what the operation starts from.
    pub(super) async fn prepare(
        object: O,
        simulator: &Simulator,
        provider: Provider,
        operation: Operation,
        number: i64,
    ) -> Self {
        let mut subject = Self {
            object,
            operation,
            number,
            provider,
            prior: Kept::default(),
            import_id: String::new(),
            outcome: Outcome::default(),
        };
        let action = operation.action;
        object.prepare(simulator, number, action);
        if action == Action::Create {
            return subject;
        }
        let config = object.config(number, action, FIRST);
        let made = subject.set(Kept::default(), &config).await;
        assert_eq!(errors(&made.diagnostics), [""; 0]);
        subject.import_id = object.import_ids(simulator, number).swap_remove(0);
        if action.has_prior() {
            subject.prior = made.kept;
        }
        if action == Action::ReadGone {
            object.remove(simulator, number);
        }
        subject
    }

    /// Puts the fault where the operation meets it.
    pub(super) fn lay_down(&self, simulator: &Simulator, fault: Fault, times: u32) {
        let Operation { request, lost, .. } = self.operation;
        let lost = lost.map(|write| (write, Script::fault(Fault::ResetAfterStored)));
        let times = times + request.failed_before;
        let meant = (request, Script::fault(fault).times(times));
        for (request, script) in lost.into_iter().chain([meant]) {
            for script in request.scripts(self.number, script) {
                simulator.script(script);
            }
        }
    }

    /// Does it.
    pub(super) async fn operate(mut self) -> Self {
        let prior = self.prior.clone();
        let action = self.operation.action;
        self.outcome = match action {
            Action::Read | Action::ReadGone => self.read(prior).await,
            Action::Create | Action::Update => {
                let wanted = self.wanted_config();
                self.set(prior, &wanted).await
            }
            Action::Delete | Action::Restore => self.destroy(prior).await,
            Action::Import => {
                let id = self.import_id.clone();
                self.import(&id).await
            }
            Action::List => self.list().await,
        };
        self
    }

    /// The configuration that the operation applies.
    fn wanted_config(&self) -> Json {
        let action = self.operation.action;
        let version = action.remembered().unwrap_or(FIRST);
        self.object.config(self.number, action, version)
    }

    async fn read(&mut self, prior: Kept) -> Outcome {
        let seen = read(&mut self.provider, O::TYPE, &prior.state, prior.private).await;
        Outcome {
            kept: Kept {
                state: json(seen.new_state.as_ref()),
                private: seen.private,
            },
            diagnostics: seen.diagnostics,
        }
    }

    async fn set(&mut self, prior: Kept, wanted: &Json) -> Outcome {
        let planned = plan(&mut self.provider, O::TYPE, &prior.state, wanted).await;
        if json(planned.planned_state.as_ref()) == prior.state {
            return Outcome {
                kept: prior,
                diagnostics: planned.diagnostics,
            };
        }
        apply(&mut self.provider, O::TYPE, &prior.state, &planned)
            .await
            .into()
    }

    async fn destroy(&mut self, prior: Kept) -> Outcome {
        destroy(&mut self.provider, O::TYPE, &prior.state, prior.private)
            .await
            .into()
    }

    /// Imports, and reads what was imported.
    async fn import(&mut self, id: &str) -> Outcome {
        let imported = import_by_id(&mut self.provider, O::TYPE, id).await;
        let Some(found) = imported.imported_resources.into_iter().next() else {
            return Outcome {
                diagnostics: imported.diagnostics,
                kept: Kept::default(),
            };
        };
        let kept = Kept {
            state: json(found.state.as_ref()),
            private: found.private,
        };
        let seen = self.read(kept).await;
        // Terraform imports nothing that it cannot read.
        if errors(&seen.diagnostics).is_empty() {
            return seen;
        }
        Outcome {
            kept: Kept::default(),
            ..seen
        }
    }

    /// Lists with the objects. The state is the one whose content is that of the subject.
    async fn list(&mut self) -> Outcome {
        let request = list_resource::Request {
            type_name: O::TYPE.to_owned(),
            config: Some(value(&self.object.list_config(self.number))),
            include_resource_object: true,
            limit: 0,
        };
        let events = list(&mut self.provider, request).await;
        let objects = events.iter().filter_map(|event| {
            let object = json(Some(event.resource_object.as_ref()?));
            self.object.has_version(&object, FIRST).then_some(object)
        });
        let state = objects.last().unwrap_or_default();
        let diagnostics = events.into_iter().flat_map(|event| event.diagnostic);
        Outcome {
            kept: Kept {
                state,
                private: Vec::new(),
            },
            diagnostics: diagnostics.collect(),
        }
    }

    /// The state that Terraform has after the operation.
    pub(super) fn state(&self) -> &Json {
        &self.kept().state
    }

    /// Whether a warning says that the server confirmed what it does not show.
    pub(super) fn is_said_to_lag(&self) -> bool {
        let warnings = warnings(&self.outcome.diagnostics);
        warnings
            .iter()
            .any(|warning| warning.contains("still showed"))
    }

    /// What the operation has reported: its errors, and of a list the warnings about objects that are
    /// left out.
    pub(super) fn reported(&self) -> Vec<String> {
        let mut reported = errors(&self.outcome.diagnostics);
        if self.operation.action == Action::List {
            reported.extend(warnings(&self.outcome.diagnostics));
        }
        reported
    }

    pub(super) fn prior(&self) -> &Json {
        &self.prior.state
    }

    /// The requests about the subject.
    pub(super) fn requests<'a>(&self, all: &'a [RecordedRequest]) -> Vec<&'a RecordedRequest> {
        let about = all
            .iter()
            .filter(|request| self.object.is_about(self.number, request));
        about.collect()
    }

    /// Terraform keeps what it had where an operation fails without a state.
    fn kept(&self) -> &Kept {
        let has_failed = !errors(&self.outcome.diagnostics).is_empty();
        if has_failed && self.outcome.kept.state.is_null() {
            &self.prior
        } else {
            &self.outcome.kept
        }
    }

    /// The next apply: refresh, plan, and whatever that asks for; or the next destroy, import or
    /// list. Returns the state.
    pub(super) async fn again(mut self, simulator: &Simulator) -> Json {
        let action = self.operation.action;
        let failed = !errors(&self.outcome.diagnostics).is_empty();
        let mut kept = self.kept().clone();
        if action == Action::Create && failed {
            if O::IS_DELETED && !kept.state.is_null() {
                // Terraform replaces what it holds for tainted.
                let gone = self.destroy(kept).await;
                assert_eq!(errors(&gone.diagnostics), [""; 0]);
            }
            kept = Kept::default();
            if O::IS_DELETED {
                // A person does what the error says.
                for id in self.object.import_ids(simulator, self.number) {
                    kept = self.import(&id).await.kept;
                }
            }
        }
        if !kept.state.is_null() && action != Action::List {
            let seen = self.read(kept).await;
            assert_no_diagnostics(&seen.diagnostics);
            kept = seen.kept;
        }
        let next = match action {
            Action::Delete | Action::Restore if kept.state.is_null() => return Json::Null,
            Action::Delete | Action::Restore => self.destroy(kept).await,
            Action::ReadGone => return kept.state,
            Action::Import => {
                let id = self.import_id.clone();
                self.import(&id).await
            }
            Action::List => self.list().await,
            Action::Read | Action::Create | Action::Update => {
                let wanted = self.wanted_config();
                self.set(kept, &wanted).await
            }
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
