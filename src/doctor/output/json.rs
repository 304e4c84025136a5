//! One JSON document, for programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::doctor::{finding::Finding, provider_block::ProviderBlock};

/// Writes one JSON document at the end.
pub(in crate::doctor) struct JsonOutput {
    pub(in crate::doctor) out: Box<dyn Write + Send>,
    /// Where lines for people go.
    pub(in crate::doctor) side: Box<dyn Write + Send>,
}

// === impl JsonOutput ===

impl JsonOutput {
    pub(super) fn say(&mut self, text: &str) {
        // The document is what counts.
        let _written = writeln!(self.side, "{text}");
    }

    pub(super) fn end(
        &mut self,
        findings: &[Finding],
        block: &ProviderBlock,
        trial: Option<&Value>,
        is_interrupted: bool,
    ) -> io::Result<()> {
        let findings: Vec<_> = findings.iter().map(finding).collect();
        let document = json!({
            "format_version": "1.0",
            "version": env!("CARGO_PKG_VERSION"),
            "interrupted": is_interrupted,
            "findings": findings,
            "trial": trial,
            "settings": block.to_json(),
        });
        writeln!(self.out, "{document:#}")?;
        self.out.flush()
    }
}

fn finding(finding: &Finding) -> Value {
    json!({
        "step": finding.step.name(),
        "verdict": finding.verdict.name(),
        "code": finding.code,
        "summary": finding.summary,
        "details": finding.details,
        "fix": finding.fix,
    })
}
