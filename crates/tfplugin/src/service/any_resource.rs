//! A managed resource without its types: what the service calls, and what it gets.

use std::{future::Future, pin::Pin};

use serde_json::Value as Json;

use crate::{
    call::Call,
    diagnostics::Diagnostics,
    identity::IdentitySchema,
    path::AttributePath,
    resource::{ImportTarget, MoveSource},
    schema::Schema,
    value::{Value, types::Type},
};

/// What a call comes to, in time.
pub(super) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A [`Resource`](crate::resource::Resource) without its types.
pub(crate) trait AnyResource<C>: Send + Sync {
    fn type_name(&self) -> &'static str;
    fn schema(&self) -> &Schema;
    fn ty(&self) -> &Type;
    fn identity_schema(&self) -> &IdentitySchema;
    fn identity_ty(&self) -> &Type;
    fn validate(&self, config: Value, write_only_allowed: bool) -> Diagnostics;
    fn plan(&self, call: Call<'_, C>, request: PlanRequest) -> PlanOutcome;
    fn apply<'a>(&'a self, call: Call<'a, C>, request: ApplyRequest) -> Boxed<'a, Outcome>;
    fn read<'a>(&'a self, call: Call<'a, C>, state: Value, private: Vec<u8>) -> Boxed<'a, Outcome>;
    fn import<'a>(&'a self, call: Call<'a, C>, target: ImportTarget<Value>) -> Boxed<'a, Outcome>;
    fn move_from(&self, source: MoveSource) -> Outcome;
    fn upgrade(&self, version: i64, state: Json) -> Result<Value, Diagnostics>;
    fn upgrade_identity(&self, version: i64, identity: Json) -> Result<Value, Diagnostics>;
}

/// What Terraform proposes.
pub(crate) struct PlanRequest {
    pub(super) prior: Value,
    pub(super) proposed: Value,
    pub(super) config: Value,
    pub(super) private: Vec<u8>,
}

/// What the provider promises.
pub(crate) struct PlanOutcome {
    pub(super) outcome: Outcome,
    pub(super) requires_replace: Vec<AttributePath>,
}

/// What Terraform asks to be done.
pub(crate) struct ApplyRequest {
    pub(super) prior: Value,
    pub(super) planned: Value,
    pub(super) config: Value,
    pub(super) private: Vec<u8>,
}

/// An object after a call.
pub(crate) struct Outcome {
    pub(super) value: Value,
    pub(super) private: Vec<u8>,
    pub(super) identity: Option<Value>,
    pub(super) diagnostics: Diagnostics,
}

// === impl Outcome ===

impl Outcome {
    /// Nothing has changed, and why.
    pub(super) fn unchanged(
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
}
