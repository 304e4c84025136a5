//! What the author of a managed resource writes.

use std::{fmt, future::Future};

use serde::{Serialize, de::DeserializeOwned};

use super::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    identity::IdentitySchema,
    model::Model,
    schema::Schema,
    service::AnyResource,
};

/// A managed resource.
///
/// The plugin layer decodes, checks the schema's rules, plans, and encodes; what is left to
/// write is what the remote interface asks for.
pub trait Resource: Send + Sync + 'static {
    /// What the provider's configuration makes.
    type Data: Send + Sync + 'static;
    /// Configuration, plan and state, as the schema describes them.
    type Model: Model;
    /// What the provider remembers beside the state, unseen by the user.
    type Private: Serialize + DeserializeOwned + Default + Clone + Send + Sync + 'static;
    /// What tells one remote object from another.
    type Identity: Model;

    /// The name of the type, with the provider's prefix.
    fn type_name(&self) -> &'static str;

    /// The schema of configuration and state.
    fn schema(&self) -> Schema;

    /// The schema of the identity.
    fn identity_schema(&self) -> IdentitySchema;

    /// The identity of an object, once enough of it is known.
    fn identity(&self, model: &Self::Model) -> Option<Self::Identity>;

    /// Judges a configuration as a whole; unknown values are never judged.
    fn validate(&self, config: &Self::Model) -> Diagnostics {
        let _ = config;
        Diagnostics::new()
    }

    /// Puts the prior value back wherever the new one means the same, so that it makes no
    /// difference.
    ///
    /// A plan asks twice: with the computed values as they were, to see whether anything changes,
    /// and if so once more with those unknown that only apply will tell.
    fn keep_equivalent(&self, prior: &Self::Model, new: &mut Self::Model) {
        let _ = (prior, new);
    }

    /// Completes a plan: fills in what is already known, warns of what apply will do.
    /// `prior` is `None` for a new resource. `config` tells what the user wrote from what was
    /// carried over.
    ///
    /// # Errors
    /// A plan that cannot be carried out.
    fn plan(
        &self,
        call: &mut Call<'_, Self::Data>,
        config: &Self::Model,
        prior: Option<&State<Self>>,
        planned: &mut Self::Model,
    ) -> Result<(), Diagnostics> {
        let _ = (call, config, prior, planned);
        Ok(())
    }

    /// Judges a destroy before it is applied.
    ///
    /// # Errors
    /// A destroy that is not allowed.
    fn plan_destroy(
        &self,
        call: &mut Call<'_, Self::Data>,
        prior: &State<Self>,
    ) -> Result<(), Diagnostics> {
        let _ = (call, prior);
        Ok(())
    }

    /// Makes the object. Beside what was planned, `planned` holds the write-only values of the
    /// configuration; they are taken out of the state that comes back, and belong in no private one.
    /// In a list they have their places by the order of its elements, so they suit no list that
    /// [`keep_equivalent`](Self::keep_equivalent) puts into another.
    ///
    /// # Errors
    /// With a state where the object may exist nevertheless: Terraform then marks it as tainted.
    fn create(
        &self,
        call: &mut Call<'_, Self::Data>,
        planned: Self::Model,
    ) -> impl Future<Output = Result<State<Self>, ApplyFailure<Self>>> + Send;

    /// Reads the object as it is now; `None` if it is gone.
    ///
    /// # Errors
    /// The state then stays as it was.
    fn read(
        &self,
        call: &mut Call<'_, Self::Data>,
        state: State<Self>,
    ) -> impl Future<Output = Result<Option<State<Self>>, Diagnostics>> + Send;

    /// Changes the object. `planned` is as in [`create`](Self::create).
    ///
    /// # Errors
    /// Without a state the prior one stays.
    fn update(
        &self,
        call: &mut Call<'_, Self::Data>,
        prior: State<Self>,
        planned: Self::Model,
    ) -> impl Future<Output = Result<State<Self>, ApplyFailure<Self>>> + Send;

    /// Destroys the object, or does what comes nearest.
    ///
    /// # Errors
    /// The state then stays as it was.
    fn delete(
        &self,
        call: &mut Call<'_, Self::Data>,
        prior: State<Self>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;

    /// Finds an object to adopt. Terraform reads it afterwards.
    ///
    /// # Errors
    /// An id that is none, or of nothing that exists.
    fn import(
        &self,
        call: &mut Call<'_, Self::Data>,
        target: ImportTarget<Self::Identity>,
    ) -> impl Future<Output = Result<State<Self>, Diagnostics>> + Send;

    /// Takes over the state of a resource of another type. The provider is not configured.
    ///
    /// # Errors
    /// A source that is not this resource under another name.
    fn move_from(&self, source: MoveSource) -> Result<State<Self>, Diagnostics> {
        Err(source
            .refused(self.type_name(), "It is not the same kind of object.")
            .into())
    }

    /// Rewrites an identity of an older schema version.
    ///
    /// # Errors
    /// A version that never was.
    fn upgrade_identity(
        &self,
        version: i64,
        identity: serde_json::Value,
    ) -> Result<Self::Identity, Diagnostics> {
        let _ = identity;
        Err(Diagnostic::error(
            "Unsupported Identity Version",
            format!(
                "The state holds an identity of version {version} of {}, which this version of \
                 the provider does not know. Remove the resource from the state and import it \
                 again.",
                self.type_name()
            ),
        )
        .into())
    }

    /// Rewrites a state of an older schema version.
    ///
    /// # Errors
    /// A version that never was.
    fn upgrade(&self, version: i64, state: serde_json::Value) -> Result<Self::Model, Diagnostics> {
        let _ = state;
        Err(Diagnostic::error(
            "Unsupported State Version",
            format!(
                "The state holds schema version {version} of {}, which this version of the \
                 provider does not know.",
                self.type_name()
            ),
        )
        .into())
    }
}

/// The state of a resource of another type, which the user moves to this one.
#[derive(Clone, Debug, PartialEq)]
pub struct MoveSource {
    /// The address of the provider that wrote it, with host and namespace.
    pub provider_address: String,
    /// The type it is moved from.
    pub type_name: String,
    /// The version of the schema it was written at.
    pub schema_version: i64,
    /// The state.
    pub state: serde_json::Value,
}

/// An object's state, and what the provider remembers beside it.
pub struct State<R: Resource + ?Sized> {
    /// The state that Terraform shows.
    pub model: R::Model,
    /// What it does not show.
    pub private: R::Private,
}

/// Why an apply failed, and what is known of the object all the same.
pub struct ApplyFailure<R: Resource + ?Sized> {
    /// At least one error.
    pub diagnostics: Diagnostics,
    /// The object, where it may have been made or changed.
    pub state: Option<State<R>>,
}

/// What an import names.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportTarget<I> {
    /// The text of `terraform import` or of an import block's `id`.
    Id(String),
    /// An import block's `identity`.
    Identity(I),
}

/// A managed resource as a provider lists it.
pub struct ManagedResource<C>(pub(super) Box<dyn AnyResource<C>>);

// === impl MoveSource ===

impl MoveSource {
    /// The error for a source that cannot be moved, with the reason as a sentence.
    pub fn refused(&self, target: &str, reason: &str) -> Diagnostic {
        Diagnostic::error(
            "Move Not Possible",
            format!(
                "The state of {} ({}) cannot be moved to {target}. {reason} Remove the old \
                 resource from the state with a removed block, and import the new one.",
                self.type_name, self.provider_address
            ),
        )
    }
}

// === impl State ===

impl<R: Resource + ?Sized> State<R> {
    /// A state with nothing remembered beside it.
    pub fn new(model: R::Model) -> Self {
        Self {
            model,
            private: R::Private::default(),
        }
    }
}

impl<R: Resource + ?Sized> Clone for State<R> {
    fn clone(&self) -> Self {
        Self {
            model: self.model.clone(),
            private: self.private.clone(),
        }
    }
}

impl<R: Resource + ?Sized> fmt::Debug for State<R>
where
    R::Model: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("model", &self.model)
            .finish_non_exhaustive()
    }
}

// === impl ApplyFailure ===

impl<R: Resource + ?Sized> ApplyFailure<R> {
    /// A failure that leaves the object, as far as it is known, in `state`.
    pub fn with_state(diagnostics: impl Into<Diagnostics>, state: State<R>) -> Self {
        Self {
            diagnostics: diagnostics.into(),
            state: Some(state),
        }
    }
}

impl<R: Resource + ?Sized, D: Into<Diagnostics>> From<D> for ApplyFailure<R> {
    fn from(diagnostics: D) -> Self {
        Self {
            diagnostics: diagnostics.into(),
            state: None,
        }
    }
}

impl<R: Resource + ?Sized> fmt::Debug for ApplyFailure<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApplyFailure")
            .field("diagnostics", &self.diagnostics)
            .field("kept", &self.state.is_some())
            .finish()
    }
}

// === impl ManagedResource ===

impl<C> fmt::Debug for ManagedResource<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ManagedResource")
            .field(&self.0.type_name())
            .finish()
    }
}
