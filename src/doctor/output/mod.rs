//! The output, for people or for programs.

mod json;
mod lines;

use std::io;

use serde_json::Value;

pub(super) use self::{json::JsonOutput, lines::LinesOutput};
use super::{
    finding::{Finding, Step},
    provider_block::ProviderBlock,
};

/// The place and form of the output.
pub(super) enum Output {
    Lines(LinesOutput),
    Json(JsonOutput),
}

// === impl Output ===

impl Output {
    /// Shows how far a step has come, where somebody watches.
    pub(super) fn progress(&mut self, step: Step, text: &str) {
        match self {
            Self::Lines(lines) => lines.progress(step, text),
            Self::Json(_) => {}
        }
    }

    /// Writes a finding.
    pub(super) fn finding(&mut self, finding: &Finding) {
        match self {
            Self::Lines(lines) => lines.finding(finding),
            Self::Json(_) => {}
        }
    }

    /// Writes that steps were not run.
    pub(super) fn skipped(&mut self, steps: &[Step], reason: &str) {
        match self {
            Self::Lines(lines) => lines.skipped(steps, reason),
            Self::Json(_) => {}
        }
    }

    /// Writes lines that are no finding. Under JSON they go to standard error.
    pub(super) fn say(&mut self, text: &str) {
        match self {
            Self::Lines(lines) => lines.say(text),
            Self::Json(json) => json.say(text),
        }
    }

    /// Writes the end.
    ///
    /// # Errors
    ///
    /// Anything before or now could not be written.
    pub(super) fn end(
        &mut self,
        findings: &[Finding],
        block: &ProviderBlock,
        trial: Option<&Value>,
        is_interrupted: bool,
    ) -> io::Result<()> {
        match self {
            Self::Lines(lines) => lines.end(findings, block, is_interrupted),
            Self::Json(json) => json.end(findings, block, trial, is_interrupted),
        }
    }
}
