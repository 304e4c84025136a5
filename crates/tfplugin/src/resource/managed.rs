//! The trait that every managed resource implements.

use std::future::{Future, ready};

use super::{
    plan::Plan,
    state::{ApplyFailure, NoPrivate, PrivateState, State},
};
use crate::{call::Call, diagnostics::Diagnostics, model::Model, schema::Schema};

/// A managed resource.
///
/// The plugin layer decodes values, checks the schema's rules, plans, applies the schema's timeouts
/// and encodes the results; an implementation calls the remote API.
///
/// `Private` is the type of the private state: data that the provider stores with the state, and
/// that the user does not see. Most resources need none and write `impl Resource for …`.
pub trait Resource<Private: PrivateState = NoPrivate>: Send + Sync + 'static {
    /// The provider's data, made from its configuration.
    type Data: Send + Sync + 'static;
    /// Configuration, plan and state, one field for each attribute of the schema.
    type Model: Model;

    /// Returns the name of the type, with the provider's prefix.
    fn type_name(&self) -> &'static str;

    /// Returns the schema of configuration and state. With the attribute
    /// [`timeouts`](crate::timeouts::attribute) in it, the user can set how long each operation may
    /// take.
    fn schema(&self) -> Schema;

    /// Validates a configuration as a whole. Values may be unknown.
    fn validate(&self, config: &Self::Model) -> Diagnostics {
        let _ = config;
        Diagnostics::new()
    }

    /// Puts the prior value back wherever the new one means the same, so that the plan shows no
    /// difference.
    ///
    /// A plan calls this twice: with the computed values as they were, to see whether anything
    /// changes; and if so once more, with those values unknown.
    fn keep_equivalent(&self, prior: &Self::Model, new: &mut Self::Model) {
        let _ = (prior, new);
    }

    /// Simplifies the configuration that Terraform writes for an imported object: sets what a person
    /// would not write to null, such as a value that is the provider's own.
    ///
    /// The layer has already left out computed values and those that equal the schema's defaults.
    fn simplify_config(&self, call: &Call<'_, Self::Data>, config: &mut Self::Model) {
        let _ = (call, config);
    }

    /// Completes the plan of a create or an update: fills in values that are already known, warns
    /// of side effects, asks for a replacement.
    ///
    /// # Errors
    /// The plan cannot be carried out.
    fn plan(
        &self,
        call: &mut Call<'_, Self::Data>,
        plan: &mut Plan<'_, Self::Model, Private>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send {
        let _ = (call, plan);
        ready(Ok(()))
    }

    /// Checks the plan of a destroy.
    ///
    /// # Errors
    /// The object must not be destroyed.
    fn plan_destroy(
        &self,
        call: &mut Call<'_, Self::Data>,
        prior: &State<Self::Model, Private>,
    ) -> Result<(), Diagnostics> {
        let _ = (call, prior);
        Ok(())
    }

    /// Creates the object, and returns the planned state with every unknown value filled in.
    ///
    /// `planned` also holds the write-only values of the configuration. The layer removes them from
    /// the returned model; do not copy them to the private state. Inside a list they are matched by
    /// the order of its elements, so they do not suit lists that
    /// [`keep_equivalent`](Self::keep_equivalent) reorders.
    ///
    /// # Errors
    /// With a state if the object may have been created nevertheless: Terraform then marks it as
    /// tainted.
    fn create(
        &self,
        call: &mut Call<'_, Self::Data>,
        planned: State<Self::Model, Private>,
    ) -> impl Future<
        Output = Result<State<Self::Model, Private>, ApplyFailure<Self::Model, Private>>,
    > + Send;

    /// Reads the object as it is now; returns `None` if it no longer exists.
    ///
    /// # Errors
    /// The object cannot be read. Terraform keeps the prior state.
    fn read(
        &self,
        call: &mut Call<'_, Self::Data>,
        state: State<Self::Model, Private>,
    ) -> impl Future<Output = Result<Option<State<Self::Model, Private>>, Diagnostics>> + Send;

    /// Changes the object, and returns the planned state with every unknown value filled in.
    /// `planned` is as in [`create`](Self::create), with the private state carried over.
    ///
    /// # Errors
    /// Without a state, Terraform keeps the prior one.
    fn update(
        &self,
        call: &mut Call<'_, Self::Data>,
        prior: Self::Model,
        planned: State<Self::Model, Private>,
    ) -> impl Future<
        Output = Result<State<Self::Model, Private>, ApplyFailure<Self::Model, Private>>,
    > + Send;

    /// Deletes the object, or does the closest equivalent the API allows.
    ///
    /// # Errors
    /// The object was not deleted. Terraform keeps the state.
    fn delete(
        &self,
        call: &mut Call<'_, Self::Data>,
        prior: State<Self::Model, Private>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;
}
