//! The description of an API object for the server.

use std::sync::Arc;

use axum::Router;

use crate::{api::Route, server::Service, store::SavedPart};

/// An object of the API, such as a retry policy. Its folder defines it; the registry lists it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Object {
    /// The operations of the API on the object.
    pub(crate) routes: &'static [Route],
    /// The object's routes in the admin interface, or `Router::new`.
    pub(crate) admin: fn() -> Router<Arc<Service>>,
    /// The object's member of the state file, if it is saved.
    pub(crate) saved: Option<SavedPart>,
}
