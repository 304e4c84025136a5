//! The state of a run: what is known so far, and where it is written.

use std::{collections::BTreeMap, io, sync::Arc};

use isales_client::{Client, ClientConfig, VdnId, clock::Clock};
use tokio_util::sync::CancellationToken;

use super::{
    command_line::Options,
    finding::{EVERY_RUN, Finding, Step, Verdict},
    output::Output,
    provider_block::ProviderBlock,
    recorder::Recorder,
};

/// A run of the diagnosis.
pub(super) struct Session {
    pub(super) options: Options,
    /// The findings so far, in the order in which they were made.
    pub(super) findings: Vec<Finding>,
    /// The provider block to end with.
    pub(super) block: ProviderBlock,
    /// Every exchange with the server.
    pub(super) recorder: Arc<Recorder>,
    /// Facts for a report that no exchange shows, by name. They contain no values of the user.
    pub(super) facts: BTreeMap<&'static str, serde_json::Value>,
    /// What undoes a trial that could not do so itself, by name; for programs, and not for a report.
    pub(super) way_back: serde_json::Map<String, serde_json::Value>,
    /// Cancelled by Ctrl-C.
    pub(super) cancel: CancellationToken,
    output: Output,
}

/// The server to diagnose, as the settings describe it.
pub(super) struct Target {
    /// One request at a time, no retries, observed by the session's recorder.
    pub(super) config: ClientConfig,
    pub(super) vdn_id: Option<VdnId>,
    /// The clock that signs: this machine's, or one that is set to the server's time.
    pub(super) clock: Arc<dyn Clock>,
}

// === impl Session ===

impl Session {
    pub(super) fn new(options: Options, output: Output, cancel: CancellationToken) -> Self {
        Self {
            options,
            findings: Vec::new(),
            block: ProviderBlock::default(),
            recorder: Arc::default(),
            facts: BTreeMap::new(),
            way_back: serde_json::Map::new(),
            cancel,
            output,
        }
    }

    /// Says which step begins, where somebody watches.
    pub(super) fn begin(&mut self, step: Step) {
        self.output.progress(step, "");
    }

    /// Says how far a long step has come, where somebody watches.
    pub(super) fn progress(&mut self, step: Step, text: &str) {
        self.output.progress(step, text);
    }

    /// Adds a finding and writes it.
    pub(super) fn report(&mut self, finding: Finding) {
        self.output.finding(&finding);
        self.findings.push(finding);
    }

    /// Adds a finding for each of the steps that an earlier failure, or the user, has made pointless,
    /// unless the step has a finding already.
    pub(super) fn skip(&mut self, steps: &[Step], reason: &str) {
        let reason = if self.cancel.is_cancelled() {
            Finding::INTERRUPTED
        } else {
            reason
        };
        let is_open = |step: &&Step| self.findings.iter().all(|finding| finding.step != **step);
        let steps: Vec<_> = steps.iter().filter(is_open).copied().collect();
        self.output.skipped(&steps, reason);
        let skipped = |step| Finding::skipped(step, reason);
        self.findings.extend(steps.into_iter().map(skipped));
    }

    /// Adds a finding for each step of every run that has none.
    pub(super) fn skip_rest(&mut self, reason: &str) {
        self.skip(&EVERY_RUN, reason);
    }

    /// Writes lines for people that are no finding, such as what a trial is about to do. Programs that
    /// read JSON do not get them; where they must be seen in any case, they go to standard error.
    pub(super) fn say(&mut self, text: &str) {
        self.output.say(text);
    }

    /// Returns whether there is something to fix.
    pub(super) fn has_problems(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.verdict == Verdict::Problem)
    }

    /// Writes the end of the output.
    ///
    /// # Errors
    ///
    /// Anything before or now could not be written.
    pub(super) fn end(&mut self) -> io::Result<()> {
        let mut trial = self.facts.get("trial").cloned();
        if let Some(trial) = trial.as_mut().and_then(serde_json::Value::as_object_mut) {
            trial.append(&mut self.way_back);
        }
        self.output.end(
            &self.findings,
            &self.block,
            trial.as_ref(),
            self.cancel.is_cancelled(),
        )
    }
}

// === impl Target ===

impl Target {
    /// Creates a client for the server.
    ///
    /// # Errors
    ///
    /// The settings do not fit together.
    pub(super) fn client(&self) -> Result<Client, Box<Finding>> {
        self.client_with(self.config.clone())
    }

    /// Creates a client with a changed configuration.
    ///
    /// # Errors
    ///
    /// The settings do not fit together.
    pub(super) fn client_with(&self, config: ClientConfig) -> Result<Client, Box<Finding>> {
        Client::with(config, Arc::clone(&self.clock), fastrand::Rng::new())
            .map_err(|error| Box::new(Finding::setting_invalid(&error)))
    }
}
