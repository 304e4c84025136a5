//! Memory that lasts as long as one configured provider instance.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// One value of each type, created on first use.
#[derive(Default)]
pub(crate) struct Session(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

// === impl Session ===

impl Session {
    /// Returns the value of type `T`, and creates it with `init` on first use.
    pub(crate) fn get_or_init<T: Any + Send + Sync>(&self, init: impl FnOnce() -> T) -> Arc<T> {
        let id = TypeId::of::<T>();
        if let Some(kept) = self.find(id) {
            return kept;
        }
        // Not under the lock, as `init` may use the session too. The first value to arrive wins.
        let made = Arc::new(init());
        let mut values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = values.entry(id).or_insert_with(|| Arc::<T>::clone(&made));
        downcast(Arc::clone(kept)).unwrap_or(made)
    }

    fn find<T: Any + Send + Sync>(&self, id: TypeId) -> Option<Arc<T>> {
        let values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        values.get(&id).cloned().and_then(downcast)
    }
}

fn downcast<T: Any + Send + Sync>(value: Arc<dyn Any + Send + Sync>) -> Option<Arc<T>> {
    value.downcast().ok()
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Session")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_value_of_each_type() {
        let session = Session::default();
        let first = session.get_or_init(|| Mutex::new(1));
        *first.lock().unwrap() = 2;
        assert_eq!(*session.get_or_init(|| Mutex::new(1)).lock().unwrap(), 2);
        assert_eq!(*session.get_or_init(|| "another type"), "another type");
        let other = Session::default();
        assert_eq!(*other.get_or_init(|| Mutex::new(1)).lock().unwrap(), 1);
    }

    #[test]
    fn a_value_may_be_made_from_another() {
        let session = Session::default();
        let sum = session.get_or_init(|| u16::from(*session.get_or_init(|| 2_u8)) + 3);
        assert_eq!(*sum, 5);
    }
}
