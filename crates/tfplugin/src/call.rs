//! Context that every handler receives.

use std::{any::Any, sync::Arc, time::Duration};

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    session::Session,
};

/// One call from Terraform.
#[derive(Debug)]
pub struct Call<'a, D> {
    /// The provider's data, which
    /// [`Provider::configure`](crate::provider::Provider::configure) made.
    pub data: &'a D,
    /// Cancelled when the user stops Terraform or the operation's timeout has passed: end waits, and
    /// send nothing more.
    pub cancel: &'a CancellationToken,
    /// Warnings for the user, in addition to the result.
    pub diagnostics: Diagnostics,
    session: &'a Session,
    deadline: Option<Instant>,
}

// === impl Call ===

impl<'a, D> Call<'a, D> {
    pub(crate) fn new(data: &'a D, session: &'a Session, cancel: &'a CancellationToken) -> Self {
        Self {
            data,
            cancel,
            diagnostics: Diagnostics::new(),
            session,
            deadline: None,
        }
    }

    /// Sets the time at which the timeout of the operation ends the call.
    pub(crate) const fn set_deadline(&mut self, deadline: Option<Instant>) {
        self.deadline = deadline;
    }

    /// Returns the time at which the operation's timeout ends the call; `None` if nothing does.
    pub const fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Returns the time that is left until the operation's timeout; `None` if it has none.
    pub fn time_left(&self) -> Option<Duration> {
        let deadline = self.deadline?;
        Some(deadline.saturating_duration_since(Instant::now()))
    }

    /// Returns the same call with another cancellation token.
    pub(crate) fn with_cancel<'b>(self, cancel: &'b CancellationToken) -> Call<'b, D>
    where
        'a: 'b,
    {
        Call { cancel, ..self }
    }

    /// Warns the user of something that does not fail the call.
    pub fn warn(&mut self, summary: impl Into<String>, detail: impl Into<String>) {
        self.diagnostics.push(Diagnostic::warning(summary, detail));
    }

    /// Returns the value of type `T` that all calls of one configured provider share, and creates it
    /// on first use. It is dropped with the provider's data.
    ///
    /// This is the place for the memory of one resource, such as what it has already done in this
    /// run, or whether it has already warned of something.
    pub fn session<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        self.session_or_init(T::default)
    }

    /// Does the same as [`session`](Self::session) for a type without a default.
    pub fn session_or_init<T: Any + Send + Sync>(&self, init: impl FnOnce() -> T) -> Arc<T> {
        self.session.get_or_init(init)
    }
}
