//! The description of an API object for the server.

use std::sync::Arc;

use axum::Router;

use crate::{
    api::Route,
    like::{RecordedData, Recording},
    server::Service,
    store::{SavedPart, Store},
};

/// An object of the API, such as a retry policy. Its folder defines it; the registry lists it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Object {
    /// The operations of the API on the object.
    pub(crate) routes: &'static [Route],
    /// The object's routes in the admin interface, or `Router::new`.
    pub(crate) admin: fn() -> Router<Arc<Service>>,
    /// The object's member of the state file, if it is saved.
    pub(crate) saved: Option<SavedPart>,
    /// How data of the object are taken over from a recorded server.
    pub(crate) recorded: &'static [RecordedData],
    /// How the behavior of a recorded server is taken over. It is called after all data are, and adds
    /// notes for the user.
    pub(crate) imitate: Option<Imitate>,
}

/// Takes over the behavior of a recorded server.
pub(crate) type Imitate = fn(&mut Store, &Recording, &mut Vec<String>);
