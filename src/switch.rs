//! The actions that pause and resume objects.

use std::{fmt::Display, future::Future, marker::PhantomData};

use isales_client::{
    CallContext, Client, Error,
    switch::{Switch, Switched},
};
use tfplugin::{
    action::{Action, ActionPlan, Progress},
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    model::Model,
    schema::{Attribute, Schema},
    timeouts,
};

use crate::{
    api_error,
    call_context::context,
    lag::{LONGEST_LAG, LagWait, Waited},
    provider_data::ProviderData,
};

/// An object that can be paused and resumed.
pub(crate) trait Switchable: Send + Sync + 'static {
    /// The arguments of both actions, with `timeouts`.
    type Arguments: Model;
    /// The object that the arguments name, as a message writes it after [`NOUN`](Self::NOUN).
    type Target: Display + Send + Sync;
    /// A mark on the reads that objects of the run share, until dropped; `()` if they share none.
    type Writing: Send;

    /// The noun of the object, such as `campaign`.
    const NOUN: &'static str;

    /// Returns the type of the action.
    fn type_name(switch: Switch) -> &'static str;

    /// Returns the description of the action.
    fn description(switch: Switch) -> &'static str;

    /// Returns the arguments that name the object.
    fn arguments() -> Vec<Attribute>;

    /// Returns whether the arguments, and the provider's in their place, are known.
    fn is_known(data: &ProviderData, arguments: &Self::Arguments) -> bool;

    /// Returns the object that the arguments name.
    fn target(data: &ProviderData, arguments: &Self::Arguments)
    -> Result<Self::Target, Diagnostic>;

    /// Marks the shared reads that show the object as out of date.
    fn writing(call: &Call<'_, ProviderData>, target: &Self::Target) -> Self::Writing;

    /// Pauses or resumes the object.
    fn switch(
        client: &Client,
        target: &Self::Target,
        switch: Switch,
        context: CallContext,
    ) -> impl Future<Output = Result<Switched, Error>> + Send;

    /// Reads the status of the object.
    fn read(
        client: &Client,
        target: &Self::Target,
        switch: Switch,
        context: CallContext,
    ) -> impl Future<Output = Result<Shown, Error>> + Send;
}

/// The status of an object after a switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The one that the switch leaves.
    Switched,
    /// Another one, by the API's number.
    Other(i64),
    /// The server does not say.
    Unknown,
    /// The server shows no such object.
    NotFound,
}

/// The action that pauses or resumes objects of one kind.
#[derive(Debug)]
pub(crate) struct SwitchAction<S> {
    switch: Switch,
    object: PhantomData<fn() -> S>,
}

// === impl SwitchAction ===

impl<S: Switchable> SwitchAction<S> {
    pub(crate) const PAUSE: Self = Self::new(Switch::Pause);
    pub(crate) const RESUME: Self = Self::new(Switch::Resume);

    const fn new(switch: Switch) -> Self {
        Self {
            switch,
            object: PhantomData,
        }
    }

    /// Returns the verb as it ends a sentence.
    const fn done(&self) -> &'static str {
        match self.switch {
            Switch::Pause => "paused",
            Switch::Resume => "resumed",
        }
    }

    /// Returns the verb as it begins the messages before and after.
    const fn doing_and_done(&self) -> (&'static str, &'static str) {
        match self.switch {
            Switch::Pause => ("Pausing", "Paused"),
            Switch::Resume => ("Resuming", "Resumed"),
        }
    }

    /// Reads the object until the server shows the status that it has confirmed.
    ///
    /// # Errors
    /// It shows another one to the end, so that nobody should rely on the switch.
    async fn verify(
        &self,
        call: &mut Call<'_, ProviderData>,
        client: &Client,
        target: &S::Target,
        progress: &Progress,
    ) -> Result<(), Diagnostic> {
        let noun = S::NOUN;
        let mut wait = LagWait::new(call, LONGEST_LAG);
        let mut is_first = true;
        loop {
            let status = match S::read(client, target, self.switch, context(call)).await {
                Ok(Shown::Switched) => return Ok(()),
                Ok(Shown::Other(status)) => status,
                Ok(Shown::Unknown) => {
                    self.warn_unverified(call, target, "it does not show a status.");
                    return Ok(());
                }
                Ok(Shown::NotFound) => {
                    let reason = format!("it shows no such {noun}.");
                    self.warn_unverified(call, target, &reason);
                    return Ok(());
                }
                Err(error) => {
                    let reason = format!("its status could not be read: {error}");
                    self.warn_unverified(call, target, &reason);
                    return Ok(());
                }
            };
            if wait.next(call.cancel).await != Waited::ReadAgain {
                return Err(Diagnostic::error(
                    "Status Not Shown",
                    format!(
                        "The server has confirmed that the {noun} {target} is {}, but {} seconds \
                         later it still showed status {status}. Check it in CC-iSales, and invoke \
                         the action again.",
                        self.done(),
                        wait.elapsed().as_secs()
                    ),
                ));
            }
            if is_first {
                progress.report(format!(
                    "The server still shows status {status} of {noun} {target}, reading again"
                ));
                is_first = false;
            }
        }
    }

    fn warn_unverified(&self, call: &mut Call<'_, ProviderData>, target: &S::Target, reason: &str) {
        let (noun, done) = (S::NOUN, self.done());
        call.warn(
            "Status Not Verified",
            format!("The server has confirmed that the {noun} {target} is {done}, but {reason}"),
        );
    }
}

impl<S: Switchable> Action for SwitchAction<S> {
    type Data = ProviderData;
    type Config = S::Arguments;

    fn type_name(&self) -> &'static str {
        S::type_name(self.switch)
    }

    fn schema(&self) -> Schema {
        let mut attributes = S::arguments();
        attributes.push(timeouts::invoke_attribute());
        Schema::new(S::description(self.switch), attributes)
    }

    async fn plan(
        &self,
        call: &mut Call<'_, ProviderData>,
        arguments: &S::Arguments,
    ) -> Result<ActionPlan, Diagnostics> {
        if S::is_known(call.data, arguments) {
            S::target(call.data, arguments)?;
        }
        Ok(match call.data.api() {
            Ok(_) => ActionPlan::Invoke,
            Err(_) => ActionPlan::Defer,
        })
    }

    async fn invoke(
        &self,
        call: &mut Call<'_, ProviderData>,
        arguments: S::Arguments,
        progress: &Progress,
    ) -> Result<(), Diagnostics> {
        let client = call.data.api()?;
        let target = S::target(call.data, &arguments)?;
        let noun = S::NOUN;
        let (doing, done) = self.doing_and_done();
        progress.report(format!("{doing} {noun} {target}"));
        let _writing = S::writing(call, &target);
        let switched = S::switch(client, &target, self.switch, context(call)).await;
        let switched = switched.map_err(|error| {
            let attempt = format!("The {noun} {target} could not be {}", self.done());
            api_error::diagnostic(&attempt, &error)
        })?;
        match switched {
            Switched::Confirmed => self.verify(call, client, &target, progress).await?,
            Switched::Shown => {}
        }
        progress.report(format!("{done} {noun} {target}"));
        Ok(())
    }
}
