//! The state of an object, and its private part.

use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned, de::IgnoredAny};

use crate::diagnostics::Diagnostics;

/// A type that the layer can keep as private state: stored with the state as JSON, and never shown.
pub trait PrivateState: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {}

impl<P: Serialize + DeserializeOwned + Clone + Send + Sync + 'static> PrivateState for P {}

/// The private state of a resource that keeps none. Ignores whatever an earlier version stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NoPrivate;

/// An object's state, with its private part.
#[derive(Clone, Debug, PartialEq)]
pub struct State<M, P = NoPrivate> {
    /// The state that Terraform shows.
    pub model: M,
    /// The private state; `None` if there is none, or Terraform did not pass it on, as when it
    /// destroys a tainted object in order to replace it.
    pub private: Option<P>,
}

/// A failed apply, with the object as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct ApplyFailure<M, P = NoPrivate> {
    /// At least one error.
    pub diagnostics: Diagnostics,
    /// The object, if it may have been created or changed.
    pub state: Option<State<M, P>>,
}

// === impl NoPrivate ===

impl<'de> Deserialize<'de> for NoPrivate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

// === impl State ===

impl<M, P> State<M, P> {
    /// Creates a state without a private part.
    pub fn new(model: M) -> Self {
        Self {
            model,
            private: None,
        }
    }

    /// Creates a state with a private part.
    pub fn with_private(model: M, private: P) -> Self {
        Self {
            model,
            private: Some(private),
        }
    }
}

// === impl ApplyFailure ===

impl<M, P> ApplyFailure<M, P> {
    /// Creates a failure that leaves the object, as far as it is known, in `state`.
    pub fn with_state(diagnostics: impl Into<Diagnostics>, state: State<M, P>) -> Self {
        Self {
            diagnostics: diagnostics.into(),
            state: Some(state),
        }
    }
}

impl<M, P, D: Into<Diagnostics>> From<D> for ApplyFailure<M, P> {
    fn from(diagnostics: D) -> Self {
        Self {
            diagnostics: diagnostics.into(),
            state: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_without_private_state_ignores_what_is_stored() {
        for stored in ["null", "{}", r#"{"before":{"a":[1]}}"#] {
            let read: NoPrivate = serde_json::from_str(stored).unwrap();
            assert_eq!(read, NoPrivate);
        }
    }
}
