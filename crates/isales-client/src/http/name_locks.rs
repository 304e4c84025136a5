//! Locks by name: creates of objects with the same name take turns.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// A lock for each list of objects and name in it. They live as long as the client, which is one
/// run of Terraform.
#[derive(Debug, Default)]
pub(crate) struct NameLocks(Mutex<HashMap<Key, NameLock>>);

/// A list and a name in it.
type Key = (String, String);

/// Held by the create of an object with a name.
pub(crate) type NameLock = Arc<tokio::sync::Mutex<()>>;

// === impl NameLocks ===

impl NameLocks {
    /// Returns the lock of a name in a list.
    pub(crate) fn of(&self, list: &str, name: &str) -> NameLock {
        let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (list.to_owned(), name.to_owned());
        Arc::clone(locks.entry(key).or_default())
    }
}
