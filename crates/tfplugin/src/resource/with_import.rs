//! The capability of being imported by ID.

use std::{future::Future, time::Duration};

use super::{
    managed::Resource,
    state::{NoPrivate, PrivateState, State},
};
use crate::{call::Call, diagnostics::Diagnostics};

/// A resource that can be imported by an ID.
pub trait ResourceWithImport<Private: PrivateState = NoPrivate>: Resource<Private> {
    /// Finds the object to import by its ID. Terraform reads it afterwards.
    ///
    /// # Errors
    /// The ID is malformed or refers to nothing.
    fn import(
        &self,
        call: &mut Call<'_, Self::Data>,
        id: String,
    ) -> impl Future<Output = Result<State<Self::Model, Private>, Diagnostics>> + Send;

    /// Returns how long an import may take, if that is not
    /// [`timeouts::DEFAULT`](crate::timeouts::DEFAULT). Nothing in a configuration can change it: an
    /// import has no attribute `timeouts`.
    fn import_timeout(&self) -> Option<Duration> {
        None
    }
}
