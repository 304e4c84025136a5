//! What is kept for a connection, as long as it lives.

use std::{
    any::Any,
    sync::{Arc, OnceLock},
};

/// Room for one thing that belongs to a connection and goes with it. Clones are one room.
#[derive(Clone, Debug, Default)]
pub(super) struct ConnectionSlot(Arc<OnceLock<Arc<dyn Any + Send + Sync>>>);

// === impl ConnectionSlot ===

impl ConnectionSlot {
    /// What is kept there, made if need be. Nothing of another type is ever in the same room.
    pub(super) fn get_or_make<T: Any + Send + Sync>(&self, make: impl Fn() -> T) -> Arc<T> {
        let kept = self.0.get_or_init(|| Arc::new(make()));
        Arc::clone(kept)
            .downcast()
            .unwrap_or_else(|_| Arc::new(make()))
    }
}
