//! A managed resource without its types, and the requests and results of its operations.

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
    value::{Value, types::Type},
};

/// A [`Resource`](crate::resource::Resource) without its types.
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
    fn validate(&self, config: Value, write_only_allowed: bool) -> Diagnostics;
    fn plan<'a>(&'a self, call: Call<'a, D>, request: PlanRequest) -> BoxFuture<'a, PlanOutcome>;
    fn apply<'a>(&'a self, call: Call<'a, D>, request: ApplyRequest) -> BoxFuture<'a, Outcome>;
    fn read<'a>(
        &'a self,
        call: Call<'a, D>,
        state: Value,
        private: Vec<u8>,
    ) -> BoxFuture<'a, Outcome>;
    fn import<'a>(&'a self, call: Call<'a, D>, target: ImportTarget) -> BoxFuture<'a, Outcome>;
    /// Returns the configuration that a person would write for an imported object.
    fn generate_config(&self, call: &Call<'_, D>, state: Value) -> Result<Value, Diagnostic>;
    fn move_from(&self, source: MoveSource) -> Outcome;
    fn upgrade(&self, version: i64, state: Json) -> Result<Value, Diagnostics>;
    fn upgrade_identity(&self, version: i64, identity: Json) -> Result<Value, Diagnostics>;
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
}
