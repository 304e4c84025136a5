//! The operations of a resource, as far as they do not depend on its types.
//!
//! Code that does is compiled once for each resource, so it is confined to the methods of
//! [`AnyResource`], which convert and call the author's.

use std::cmp::Ordering;

use serde_json::Value as Json;

use super::any_resource::{
    AnyResource, ApplyRequest, Failed, ImportTarget, Outcome, PlanOutcome, PlanRequest,
    PlannedChange,
};
use crate::{
    call::Call,
    codec::{Unlisted, decode_json},
    diagnostics::Diagnostics,
    plan::{self, write_only},
    stored_state::Stored,
    timeouts::{self, Deadline, Operation},
    value::Value,
};

impl<D> dyn AnyResource<D> + '_ {
    /// Plans a create, an update or a destroy. An error leaves the object as it was.
    pub(crate) async fn plan(&self, mut call: Call<'_, D>, request: PlanRequest) -> PlanOutcome {
        let result = self.try_plan(&mut call, &request).await;
        let mut diagnostics = call.diagnostics;
        match result {
            Ok(mut planned) => {
                planned.outcome.diagnostics = diagnostics;
                planned
            }
            Err(errors) => {
                diagnostics.extend(errors);
                PlanOutcome {
                    outcome: Outcome::unchanged(request.prior, request.private, diagnostics),
                    requires_replace: Vec::new(),
                }
            }
        }
    }

    async fn try_plan(
        &self,
        call: &mut Call<'_, D>,
        request: &PlanRequest,
    ) -> Result<PlanOutcome, Diagnostics> {
        if request.proposed.is_null() {
            if !request.prior.is_null() {
                self.plan_destroy(call, request.prior.clone(), &request.private)?;
            }
            return Ok(PlanOutcome {
                outcome: Outcome::unchanged(Value::Null, request.private.clone(), Vec::new()),
                requires_replace: Vec::new(),
            });
        }
        let PlannedChange {
            mut value,
            private,
            identity,
            replacements,
        } = self.plan_change(call, request).await?;
        let attributes = &self.schema().attributes;
        write_only::clear(attributes, &mut value);
        let requires_replace = if request.prior.is_null() {
            Vec::new()
        } else {
            let mut required = plan::required_replacements(attributes, &request.prior, &value);
            for path in replacements {
                if !required.contains(&path) {
                    required.push(path);
                }
            }
            required
        };
        Ok(PlanOutcome {
            outcome: Outcome {
                value,
                // Also in the plan of a new object: if it replaces another one, Terraform destroys
                // that with the private state that is returned here.
                private: private.unwrap_or_else(|| request.private.clone()),
                identity: identity.filter(Value::is_wholly_known),
                diagnostics: Diagnostics::new(),
            },
            requires_replace,
        })
    }

    pub(crate) async fn apply(&self, call: Call<'_, D>, request: ApplyRequest) -> Outcome {
        let cancel = call.cancel.child_token();
        let mut call = call.with_cancel(&cancel);
        let applied = match (request.prior.is_null(), request.planned.is_null()) {
            (true, true) => Ok(Outcome::nothing(Vec::new())),
            (false, true) => self.destroy(&mut call, request).await,
            (_, false) => self.set(&mut call, request).await,
        };
        match applied {
            Ok(outcome) => outcome.after(call.diagnostics),
            Err(failed) => {
                call.diagnostics.extend(failed.diagnostics);
                // Terraform keeps the prior state on an error without a new one.
                let outcome = match failed.object {
                    Some(outcome) => *outcome,
                    None => Outcome::nothing(Vec::new()),
                };
                outcome.after(call.diagnostics)
            }
        }
    }

    /// Creates or updates.
    async fn set(&self, call: &mut Call<'_, D>, request: ApplyRequest) -> Result<Outcome, Failed> {
        let ApplyRequest {
            prior,
            mut planned,
            config,
            private,
        } = request;
        write_only::fill(&self.schema().attributes, &config, &mut planned);
        let operation = match prior {
            Value::Null => Operation::Create,
            _ => Operation::Update,
        };
        let deadline = Deadline::of(operation, &planned);
        call.set_deadline(deadline.instant());
        let cancel = call.cancel;
        let set = match prior {
            Value::Null => self.create(call, planned, &private),
            prior => self.update(call, prior, planned, &private),
        };
        deadline.run(cancel, set).await
    }

    async fn destroy(
        &self,
        call: &mut Call<'_, D>,
        request: ApplyRequest,
    ) -> Result<Outcome, Failed> {
        let ApplyRequest { prior, private, .. } = request;
        let deadline = Deadline::of(Operation::Delete, &prior);
        call.set_deadline(deadline.instant());
        let cancel = call.cancel;
        let delete = self.delete(call, prior, &private);
        deadline.run(cancel, delete).await?;
        Ok(Outcome::nothing(Vec::new()))
    }

    pub(crate) async fn read(&self, call: Call<'_, D>, value: Value, private: Vec<u8>) -> Outcome {
        let cancel = call.cancel.child_token();
        let mut call = call.with_cancel(&cancel);
        let deadline = Deadline::of(Operation::Read, &value);
        call.set_deadline(deadline.instant());
        let read = self.refresh(&mut call, value.clone(), &private);
        match deadline.run(&cancel, read).await {
            Ok(Some(outcome)) => outcome.after(call.diagnostics),
            Ok(None) => Outcome::nothing(call.diagnostics),
            Err(errors) => {
                call.diagnostics.extend(errors);
                Outcome::unchanged(value, private, call.diagnostics)
            }
        }
    }

    pub(crate) async fn import(&self, call: Call<'_, D>, target: ImportTarget) -> Outcome {
        let cancel = call.cancel.child_token();
        let mut call = call.with_cancel(&cancel);
        let timeout = self.import_timeout().unwrap_or(timeouts::DEFAULT);
        let deadline = Deadline::fixed(Operation::Import, timeout);
        call.set_deadline(deadline.instant());
        let find = self.find(&mut call, target);
        match deadline.run(&cancel, find).await {
            Ok(outcome) => outcome.after(call.diagnostics),
            Err(errors) => {
                call.diagnostics.extend(errors);
                Outcome::nothing(call.diagnostics)
            }
        }
    }

    pub(crate) fn upgrade(&self, version: i64, state: Json) -> Result<Value, Diagnostics> {
        let schema = self.schema();
        let mut value = match version.cmp(&schema.version) {
            Ordering::Equal => decode_json(&state, self.ty(), Unlisted::Tolerate)
                .map_err(|error| Stored::State.unreadable(self.type_name(), error))?,
            Ordering::Less => self.upgrade_older(version, state)?,
            Ordering::Greater => return Err(Stored::State.newer(self.type_name(), version).into()),
        };
        // An attribute may have become write-only.
        write_only::clear(&schema.attributes, &mut value);
        Ok(value)
    }

    pub(crate) fn upgrade_identity(
        &self,
        version: i64,
        stored: Json,
    ) -> Result<Value, Diagnostics> {
        let type_name = self.type_name();
        let Some((schema, ty)) = self.identity() else {
            let error = "this version of the provider stores no identity";
            return Err(Stored::Identity.unreadable(type_name, error).into());
        };
        match version.cmp(&schema.version) {
            Ordering::Equal => decode_json(&stored, ty, Unlisted::Tolerate)
                .map_err(|error| Stored::Identity.unreadable(type_name, error).into()),
            Ordering::Less => self.upgrade_older_identity(version, stored),
            Ordering::Greater => Err(Stored::Identity.newer(type_name, version).into()),
        }
    }
}
