//! The traits that the author of a managed resource implements.
//!
//! [`Resource`] is all that a resource needs. Each of the others adds one capability, which the
//! resource's [`ResourceHandle`](crate::registry::ResourceHandle) then lists.

mod managed;
mod plan;
mod state;
mod with_identity;
mod with_import;
mod with_move;
mod with_upgrade;

pub use self::{
    managed::Resource,
    plan::Plan,
    state::{ApplyFailure, NoPrivate, PrivateState, State},
    with_identity::ResourceWithIdentity,
    with_import::ResourceWithImport,
    with_move::{MoveSource, ResourceWithMove},
    with_upgrade::ResourceWithUpgrade,
};
