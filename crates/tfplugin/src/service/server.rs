//! A provider as a service.

use std::{fmt, sync::Arc};

use tonic::Request;

use super::instance::Instance;
use crate::{connection::ConnectionSlot, provider::Provider, serve::Served};

/// Serves a [`Provider`] over the protocol. Cheap to clone; clones are one service.
pub struct Service<P: Provider>(pub(super) Arc<Instance<P>>);

// === impl Service ===

impl<P: Provider> Service<P> {
    /// Creates a service whose provider is not configured yet.
    pub fn new(provider: P) -> Self {
        Self(Arc::new(Instance::new(provider)))
    }

    /// Returns the instance that a request is for: the connection's own, or the one that all
    /// connections share.
    pub(super) fn instance<T>(&self, request: &Request<T>) -> Arc<Instance<P>> {
        match request.extensions().get::<Option<ConnectionSlot>>() {
            Some(Some(slot)) => slot.get_or_init(|| self.0.sibling()),
            Some(None) | None => Arc::clone(&self.0),
        }
    }
}

#[tonic::async_trait]
impl<P: Provider> Served for Service<P> {
    async fn wind_down(&self) {
        self.0.calls.wind_down().await;
    }
}

impl<P: Provider> Clone for Service<P> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<P: Provider> fmt::Debug for Service<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").finish_non_exhaustive()
    }
}
