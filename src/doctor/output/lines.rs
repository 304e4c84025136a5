//! Lines for people: one a finding, with details indented below.

use std::io::{self, Write};

use crate::doctor::{
    finding::{Finding, Step, Verdict},
    provider_block::ProviderBlock,
};

/// The width of the titles, which the summaries follow.
const WIDTH: usize = 16;

/// Moves the cursor to the beginning of the line and empties it.
const CLEAR_LINE: &str = "\r\u{1b}[K";

/// Writes lines as soon as they are known.
pub(in crate::doctor) struct LinesOutput {
    out: Box<dyn Write + Send>,
    has_color: bool,
    /// Whether somebody watches, so that progress is shown.
    is_watched: bool,
    is_in_progress: bool,
    failure: Option<io::Error>,
}

/// Returns whether the settings are good enough to reach the VDN.
fn works(findings: &[Finding]) -> bool {
    let has_problem = |finding: &Finding| finding.verdict == Verdict::Problem;
    findings.iter().any(|finding| finding.code == "vdn_answers")
        || !findings.iter().any(has_problem)
}

// === impl LinesOutput ===

impl LinesOutput {
    pub(in crate::doctor) fn new(
        out: Box<dyn Write + Send>,
        has_color: bool,
        is_watched: bool,
    ) -> Self {
        Self {
            out,
            has_color,
            is_watched,
            is_in_progress: false,
            failure: None,
        }
    }

    pub(super) fn progress(&mut self, step: Step, text: &str) {
        if self.is_watched {
            let dim = self.paint("2", "…");
            let line = format!("{CLEAR_LINE}{dim} {:<WIDTH$}{text}", step.title());
            self.write(&line);
            self.is_in_progress = true;
        }
    }

    pub(super) fn finding(&mut self, finding: &Finding) {
        let (color, mark) = match finding.verdict {
            Verdict::Ok => ("32", "✓"),
            Verdict::Skipped => ("2", "-"),
            Verdict::Notice => ("33", "!"),
            Verdict::Problem => ("31", "✗"),
        };
        let mark = self.paint(color, mark);
        let summary = match finding.verdict {
            Verdict::Skipped => self.paint(color, &finding.summary),
            _ => finding.summary.clone(),
        };
        let mut text = format!("{mark} {:<WIDTH$}{summary}\n", finding.step.title());
        let indent = " ".repeat(WIDTH + 2);
        for detail in finding.details.iter().flat_map(|detail| detail.lines()) {
            text.push_str(&format!("{indent}{detail}\n"));
        }
        if let Some(fix) = &finding.fix {
            let arrow = self.paint("1", "→");
            text.push_str(&format!("{indent}{arrow} {fix}\n"));
        }
        self.line(&text);
    }

    /// Writes the steps that were not run on one line.
    pub(super) fn skipped(&mut self, steps: &[Step], reason: &str) {
        let titles: Vec<_> = steps.iter().map(|step| step.title()).collect();
        if !titles.is_empty() {
            let text = format!("- Not examined: {}: {reason}", titles.join(", "));
            let text = self.paint("2", &text);
            self.line(&format!("{text}\n"));
        }
    }

    pub(super) fn say(&mut self, text: &str) {
        self.line(&format!("{text}\n"));
    }

    pub(super) fn end(
        &mut self,
        findings: &[Finding],
        block: &ProviderBlock,
        is_interrupted: bool,
    ) -> io::Result<()> {
        let count = |verdict| {
            let with = findings.iter().filter(|finding| finding.verdict == verdict);
            with.count()
        };
        let end = match (
            is_interrupted,
            count(Verdict::Problem),
            count(Verdict::Notice),
        ) {
            (true, ..) => "Interrupted: this is what was found so far.".to_owned(),
            (false, 0, 0) => "Nothing to fix.".to_owned(),
            (false, 0, notices) => format!("Nothing to fix, {notices} to note."),
            (false, 1, _) => "1 problem to fix.".to_owned(),
            (false, problems, _) => format!("{problems} problems to fix."),
        };
        let mut text = format!("\n{end}\n");
        let hcl = block.to_hcl();
        if !hcl.is_empty() {
            let heading = if works(findings) {
                "The provider block for this server:"
            } else {
                "The provider block with your settings, which do not work yet:"
            };
            text.push_str(&format!("\n{heading}\n\n{hcl}"));
        }
        self.line(&text);
        self.failure.take().map_or(Ok(()), Err)
    }

    /// Writes whole lines, in place of the progress.
    fn line(&mut self, text: &str) {
        let clear = if self.is_in_progress { CLEAR_LINE } else { "" };
        self.is_in_progress = false;
        self.write(&format!("{clear}{text}"));
    }

    fn write(&mut self, text: &str) {
        let written = self
            .out
            .write_all(text.as_bytes())
            .and_then(|()| self.out.flush());
        if let Err(error) = written {
            self.failure.get_or_insert(error);
        }
    }

    fn paint(&self, color: &str, text: &str) -> String {
        if self.has_color {
            format!("\u{1b}[{color}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
