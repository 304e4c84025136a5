//! What the server has to know about an API object.

use std::sync::Arc;

use axum::Router;

use crate::{api::Route, server::Service, store::SavedPart};

/// An object of the API, such as a retry policy. Its folder defines it; the registry lists it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Object {
    /// The operations of the API on the object.
    pub(crate) routes: &'static [Route],
    /// The routes of the admin interface on the object; `Router::new` if there are none.
    pub(crate) admin: fn() -> Router<Arc<Service>>,
    /// The object's member of the state file, if it is saved.
    pub(crate) saved: Option<SavedPart>,
}
