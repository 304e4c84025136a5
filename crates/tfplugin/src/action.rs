//! The trait that the author of an action implements: what `action` blocks and `terraform apply -invoke`
//! do.

use std::future::{Future, ready};

use tokio::sync::mpsc::{self, error::TrySendError};

use crate::{call::Call, diagnostics::Diagnostics, model::Model, schema::Schema};

/// An action: does something with the remote API that is not a change of a resource's state.
pub trait Action: Send + Sync + 'static {
    /// The provider's data, made from its configuration.
    type Data: Send + Sync + 'static;
    /// The arguments, one field for each attribute of the schema.
    type Config: Model;

    /// Returns the name of the type, with the provider's prefix.
    fn type_name(&self) -> &'static str;

    /// Returns the schema of the arguments. With the attribute
    /// [`timeouts`](crate::timeouts::invoke_attribute) in it, the layer limits the invocation.
    fn schema(&self) -> Schema;

    /// Validates the arguments as a whole. Values may be unknown.
    fn validate(&self, config: &Self::Config) -> Diagnostics {
        let _ = config;
        Diagnostics::new()
    }

    /// Checks an invocation while Terraform plans it, and warns of side effects. Values may be unknown.
    ///
    /// # Errors
    /// The action cannot be invoked.
    fn plan(
        &self,
        call: &mut Call<'_, Self::Data>,
        config: &Self::Config,
    ) -> impl Future<Output = Result<ActionPlan, Diagnostics>> + Send {
        let _ = (call, config);
        ready(Ok(ActionPlan::Invoke))
    }

    /// Does what the action is for. Every argument is known.
    ///
    /// The call is cancelled when the user stops Terraform, when the timeout has passed, and when the
    /// host hangs up. It is not dropped then: the action ends its waits, and reports what it has done.
    ///
    /// # Errors
    /// The action was not carried out, or not wholly. Terraform then applies no change that waits for it.
    fn invoke(
        &self,
        call: &mut Call<'_, Self::Data>,
        config: Self::Config,
        progress: &Progress,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;
}

/// The plan of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionPlan {
    /// Terraform invokes the action when it applies the plan.
    Invoke,
    /// The action waits for a later run because the provider's configuration is not known yet, which is
    /// the only reason that Terraform accepts. A host that cannot defer invokes it in this run.
    Defer,
}

/// Shows the user the progress of an action.
#[derive(Debug)]
pub struct Progress {
    action: &'static str,
    events: mpsc::Sender<ActionEvent>,
}

/// An event of an invocation.
#[derive(Debug)]
pub(crate) enum ActionEvent {
    Progress(String),
    /// The last one.
    Completed(Diagnostics),
}

// === impl Progress ===

impl Progress {
    pub(crate) fn new(action: &'static str, events: mpsc::Sender<ActionEvent>) -> Self {
        Self { action, events }
    }

    /// Shows the user a message at once: a short sentence, which is also logged.
    ///
    /// This never waits, so a host that does not read cannot hold up the action. If it leaves too many
    /// messages unread, further ones are only logged.
    pub fn report(&self, message: impl Into<String>) {
        let message = message.into();
        log::info!(action = self.action; "{message}");
        if let Err(TrySendError::Full(_)) = self.events.try_send(ActionEvent::Progress(message)) {
            log::debug!(action = self.action; "The host does not read the progress of the action");
        }
    }
}
