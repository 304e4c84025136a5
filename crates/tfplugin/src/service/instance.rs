//! A provider as one `provider` block configures it.

use std::sync::{Arc, PoisonError, RwLock};

use tokio_util::sync::CancellationToken;

use super::{calls::Calls, offer::Offer};
use crate::{
    call::Call,
    codec,
    diagnostics::{Diagnostic, Diagnostics},
    erased::validate_config,
    model::FromValue as _,
    proto::tfplugin6 as pb,
    provider::{Host, Provider},
    session::Session,
};

/// A provider as one `provider` block configures it.
pub(super) struct Instance<P: Provider> {
    pub(super) offer: Arc<Offer<P>>,
    configured: RwLock<Option<Arc<Configured<P::Data>>>>,
    pub(super) calls: Calls,
}

/// The result of a configuration, shared by the calls that follow.
pub(super) struct Configured<D> {
    data: D,
    session: Session,
}

// === impl Configured ===

impl<D> Configured<D> {
    /// Creates the context of a call.
    pub(super) fn call<'a>(&'a self, cancel: &'a CancellationToken) -> Call<'a, D> {
        Call::new(&self.data, &self.session, cancel)
    }
}

// === impl Instance ===

impl<P: Provider> Instance<P> {
    pub(super) fn new(provider: P) -> Self {
        Self {
            offer: Arc::new(Offer::new(provider)),
            configured: RwLock::new(None),
            calls: Calls::new(),
        }
    }

    /// Creates another instance, not configured yet, whose calls end with those of this one.
    pub(super) fn sibling(&self) -> Self {
        Self {
            offer: Arc::clone(&self.offer),
            configured: RwLock::new(None),
            calls: self.calls.sibling(),
        }
    }

    pub(super) fn validate_provider(
        &self,
        request: pb::validate_provider_config::Request,
    ) -> Diagnostics {
        let config = match codec::decode_secret(request.config, self.offer.config_ty()) {
            Ok(config) => config,
            Err(error) => return Diagnostic::from(error).into(),
        };
        validate_config(&self.offer.schema().attributes, config, true, |config| {
            self.offer.provider.validate(config)
        })
    }

    /// Configures the provider, unless the host stops it first: configuring may read files and reach
    /// servers that never answer.
    pub(super) async fn configure(&self, request: pb::configure_provider::Request) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let config = codec::decode_secret(request.config, self.offer.config_ty())
            .map_err(Diagnostic::from)
            .and_then(|mut config| Ok(P::Config::from_value(config.take())?));
        let host = Host {
            terraform_version: request.terraform_version,
        };
        let result = match config {
            Ok(config) => {
                let cancel = self.calls.begin();
                let configuring = self
                    .offer
                    .provider
                    .configure(config, host, &mut diagnostics);
                cancel
                    .run_until_cancelled(configuring)
                    .await
                    .unwrap_or_else(|| Err(stopped().into()))
            }
            Err(error) => Err(error.into()),
        };
        match result {
            Ok(data) => {
                let session = Session::default();
                let mut slot = self
                    .configured
                    .write()
                    .unwrap_or_else(PoisonError::into_inner);
                *slot = Some(Arc::new(Configured { data, session }));
            }
            Err(errors) => diagnostics.extend(errors),
        }
        diagnostics
    }

    /// # Errors
    /// The provider is not configured.
    pub(super) fn configured(&self) -> Result<Arc<Configured<P::Data>>, Diagnostic> {
        let slot = self
            .configured
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        slot.clone().ok_or_else(|| {
            Diagnostic::error(
                "Provider Not Configured",
                "The provider was asked to work before it was configured. Look for an earlier \
                 error about its configuration.",
            )
        })
    }
}

fn stopped() -> Diagnostic {
    Diagnostic::error(
        "Provider Configuration Stopped",
        "Terraform was interrupted while the provider was being configured. Run again.",
    )
}
