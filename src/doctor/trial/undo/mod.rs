//! What puts a policy back by hand: shown before the first POST, and kept in a file until the policy
//! is back.

mod command;
mod document;
mod file;
mod way_back;

pub(super) use self::{document::Undo, file::UndoFile, way_back::WayBack};
