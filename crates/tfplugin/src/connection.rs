//! A value kept for as long as a connection lives.

use std::{
    any::Any,
    sync::{Arc, OnceLock},
};

/// A slot for one value that belongs to a connection and is dropped with it. Clones share the slot.
#[derive(Clone, Debug, Default)]
pub(super) struct ConnectionSlot(Arc<OnceLock<Arc<dyn Any + Send + Sync>>>);

// === impl ConnectionSlot ===

impl ConnectionSlot {
    /// Returns the slot's value, created on first use. A slot only ever holds one type.
    pub(super) fn get_or_init<T: Any + Send + Sync>(&self, init: impl Fn() -> T) -> Arc<T> {
        let kept = self.0.get_or_init(|| Arc::new(init()));
        Arc::clone(kept)
            .downcast()
            .unwrap_or_else(|_| Arc::new(init()))
    }
}
