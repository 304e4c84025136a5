//! The capability of reading states of older schema versions.

use super::{
    managed::Resource,
    state::{NoPrivate, PrivateState},
};
use crate::diagnostics::Diagnostics;

/// A resource whose schema has had other versions.
pub trait ResourceWithUpgrade<Private: PrivateState = NoPrivate>: Resource<Private> {
    /// Rewrites a state of an older schema version.
    ///
    /// # Errors
    /// The version never existed, or the state cannot be read.
    fn upgrade(&self, version: i64, state: serde_json::Value) -> Result<Self::Model, Diagnostics>;
}
