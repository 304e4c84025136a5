//! A managed resource without its types, and the requests and results of its operations.

use std::time::Duration;

use serde_json::Value as Json;

use super::future::BoxFuture;
use crate::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    identity::IdentitySchema,
    model::Shape,
    path::AttributePath,
    resource::MoveSource,
    schema::Schema,
    timeouts::Failure,
    value::{Value, types::Type},
};

/// A [`Resource`](crate::resource::Resource) without its types: what depends on them, and no more.
/// [`operations`](super::operations) does the rest, in code that all resources share.
pub(crate) trait AnyResource<D>: Send + Sync {
    fn type_name(&self) -> &'static str;
    fn schema(&self) -> &Schema;
    fn ty(&self) -> &Type;
    /// The schema of the identity, and the type that it implies; `None` without an identity.
    fn identity(&self) -> Option<(&IdentitySchema, &Type)>;
    fn model_shape(&self) -> Shape;
    fn identity_shape(&self) -> Option<Shape>;
    /// Whether states of older schema versions can be read.
    fn upgrades(&self) -> bool;
    fn import_timeout(&self) -> Option<Duration>;
    fn validate(&self, config: Value, write_only_allowed: bool) -> Diagnostics;
    /// Plans a create or an update.
    fn plan_change<'a>(
        &'a self,
        call: &'a mut Call<'_, D>,
        request: &'a PlanRequest,
    ) -> BoxFuture<'a, Result<PlannedChange, Diagnostics>>;
    fn plan_destroy(
        &self,
        call: &mut Call<'_, D>,
        prior: Value,
        private: &[u8],
    ) -> Result<(), Diagnostics>;
    fn create<'a>(
        &'a self,
        call: &'a mut Call<'_, D>,
        planned: Value,
        private: &'a [u8],
    ) -> BoxFuture<'a, Result<Outcome, Failed>>;
    fn update<'a>(
        &'a self,
        call: &'a mut Call<'_, D>,
        prior: Value,
        planned: Value,
        private: &'a [u8],
    ) -> BoxFuture<'a, Result<Outcome, Failed>>;
    fn delete<'a>(
        &'a self,
        call: &'a mut Call<'_, D>,
        prior: Value,
        private: &'a [u8],
    ) -> BoxFuture<'a, Result<(), Failed>>;
    /// Returns `None` if the object no longer exists.
    fn refresh<'a>(
        &'a self,
        call: &'a mut Call<'_, D>,
        state: Value,
        private: &'a [u8],
    ) -> BoxFuture<'a, Result<Option<Outcome>, Diagnostics>>;
    fn find<'a>(
        &'a self,
        call: &'a mut Call<'_, D>,
        target: ImportTarget,
    ) -> BoxFuture<'a, Result<Outcome, Diagnostics>>;
    /// Returns the configuration that a person would write for an imported object.
    fn generate_config(&self, call: &Call<'_, D>, state: Value) -> Result<Value, Diagnostic>;
    fn move_from(&self, source: MoveSource) -> Outcome;
    /// Reads a state of an older schema version.
    fn upgrade_older(&self, version: i64, state: Json) -> Result<Value, Diagnostics>;
    /// Reads an identity of an older schema version.
    fn upgrade_older_identity(&self, version: i64, identity: Json) -> Result<Value, Diagnostics>;
}

/// The change that Terraform proposes.
pub(crate) struct PlanRequest {
    pub(crate) prior: Value,
    pub(crate) proposed: Value,
    pub(crate) config: Value,
    pub(crate) private: Vec<u8>,
    /// The private state of the plan that was approved, just before the apply of it; otherwise empty.
    pub(crate) approved_private: Vec<u8>,
    /// Whether the host passes the private state of this plan on as the approved one.
    pub(crate) stores_private: bool,
}

/// The change that the provider promises.
pub(crate) struct PlanOutcome {
    pub(crate) outcome: Outcome,
    pub(crate) requires_replace: Vec<AttributePath>,
}

/// A create or an update as the author of the resource has planned it.
pub(crate) struct PlannedChange {
    pub(crate) value: Value,
    /// `None` if the prior one is kept.
    pub(crate) private: Option<Vec<u8>>,
    pub(crate) identity: Option<Value>,
    /// The attributes that the author wants a replacement for.
    pub(crate) replacements: Vec<AttributePath>,
}

/// The planned change to be applied.
pub(crate) struct ApplyRequest {
    pub(crate) prior: Value,
    pub(crate) planned: Value,
    pub(crate) config: Value,
    pub(crate) private: Vec<u8>,
}

/// The object that an import names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ImportTarget {
    /// The text of `terraform import`, or of an import block's `id`.
    Id(String),
    /// An import block's `identity`.
    Identity(Value),
}

/// An object after an operation.
pub(crate) struct Outcome {
    pub(crate) value: Value,
    pub(crate) private: Vec<u8>,
    pub(crate) identity: Option<Value>,
    pub(crate) diagnostics: Diagnostics,
}

/// A failed apply, with the object as far as it is known.
pub(crate) struct Failed {
    pub(crate) diagnostics: Diagnostics,
    pub(crate) object: Option<Box<Outcome>>,
}

// === impl Outcome ===

impl Outcome {
    /// Creates the result of an operation that has changed nothing.
    pub(crate) fn unchanged(
        value: Value,
        private: Vec<u8>,
        diagnostics: impl Into<Diagnostics>,
    ) -> Self {
        Self {
            value,
            private,
            identity: None,
            diagnostics: diagnostics.into(),
        }
    }

    /// Creates a result without an object.
    pub(crate) fn nothing(diagnostics: impl Into<Diagnostics>) -> Self {
        Self::unchanged(Value::Null, Vec::new(), diagnostics)
    }

    /// Adds the messages that came before it.
    pub(crate) fn after(mut self, mut earlier: Diagnostics) -> Self {
        earlier.extend(std::mem::take(&mut self.diagnostics));
        self.diagnostics = earlier;
        self
    }
}

// === impl Failed ===

impl Failure for Failed {
    fn map_diagnostics(mut self, change: impl FnOnce(Diagnostics) -> Diagnostics) -> Self {
        self.diagnostics = change(self.diagnostics);
        self
    }
}

impl<D: Into<Diagnostics>> From<D> for Failed {
    fn from(diagnostics: D) -> Self {
        Self {
            diagnostics: diagnostics.into(),
            object: None,
        }
    }
}
