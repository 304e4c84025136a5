//! The findings of the steps.

use isales_client::config::ConfigError;

/// A step of the diagnosis, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Settings,
    NameResolution,
    Proxy,
    Tcp,
    Tls,
    Clock,
    Signature,
    Vdn,
    Campaigns,
    Query,
    Policies,
    Permissions,
    RoundTrip,
    Concurrency,
    Trial,
}

/// The verdict on a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// As it should be.
    Ok,
    /// Not run, because an earlier step failed or nobody asked for it.
    Skipped,
    /// Worth knowing; nothing to fix now.
    Notice,
    /// Something to fix.
    Problem,
}

/// A finding of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) step: Step,
    pub(super) verdict: Verdict,
    /// Names the finding, in snake case. It is stable: scripts and tests go by it.
    pub(super) code: &'static str,
    /// The finding on one line.
    pub(super) summary: String,
    /// Further lines.
    pub(super) details: Vec<String>,
    /// The fix, as whole sentences.
    pub(super) fix: Option<String>,
}

/// The steps of every run, in their order.
pub(super) const EVERY_RUN: [Step; 13] = [
    Step::Settings,
    Step::NameResolution,
    Step::Proxy,
    Step::Tcp,
    Step::Tls,
    Step::Clock,
    Step::Signature,
    Step::Vdn,
    Step::Campaigns,
    Step::Query,
    Step::Policies,
    Step::Permissions,
    Step::RoundTrip,
];

// === impl Step ===

impl Step {
    /// Returns the name for programs.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::NameResolution => "name_resolution",
            Self::Proxy => "proxy",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Clock => "clock",
            Self::Signature => "signature",
            Self::Vdn => "vdn",
            Self::Campaigns => "campaigns",
            Self::Query => "query",
            Self::Policies => "policies",
            Self::Permissions => "permissions",
            Self::RoundTrip => "round_trip",
            Self::Concurrency => "concurrency",
            Self::Trial => "trial",
        }
    }

    /// Returns the title for people.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Settings => "Settings",
            Self::NameResolution => "Name resolution",
            Self::Proxy => "Proxy",
            Self::Tcp => "TCP",
            Self::Tls => "TLS",
            Self::Clock => "Clock",
            Self::Signature => "Signature",
            Self::Vdn => "VDN",
            Self::Campaigns => "Campaigns",
            Self::Query => "Query",
            Self::Policies => "Policies",
            Self::Permissions => "Permissions",
            Self::RoundTrip => "Round trip",
            Self::Concurrency => "Concurrency",
            Self::Trial => "Trial",
        }
    }
}

// === impl Verdict ===

impl Verdict {
    /// Returns the name for programs.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Skipped => "skipped",
            Self::Notice => "notice",
            Self::Problem => "problem",
        }
    }
}

// === impl Finding ===

impl Finding {
    /// The reason why a step was not run, or not to its end, when the user has ended the run.
    pub(super) const INTERRUPTED: &'static str = "interrupted";

    /// Creates a finding that all is well.
    pub(super) fn ok(step: Step, code: &'static str, summary: impl Into<String>) -> Self {
        Self::new(step, Verdict::Ok, code, summary)
    }

    /// Creates a finding that is worth knowing.
    pub(super) fn notice(step: Step, code: &'static str, summary: impl Into<String>) -> Self {
        Self::new(step, Verdict::Notice, code, summary)
    }

    /// Creates a finding that something is to be fixed.
    pub(super) fn problem(step: Step, code: &'static str, summary: impl Into<String>) -> Self {
        Self::new(step, Verdict::Problem, code, summary)
    }

    /// Creates the finding that settings do not fit together.
    pub(super) fn setting_invalid(error: &ConfigError) -> Self {
        Self::problem(Step::Settings, "setting_invalid", error.to_string())
    }

    /// Creates the finding of a step that was not run, with the reason.
    pub(super) fn skipped(step: Step, reason: impl Into<String>) -> Self {
        Self::new(step, Verdict::Skipped, "skipped", reason)
    }

    fn new(step: Step, verdict: Verdict, code: &'static str, summary: impl Into<String>) -> Self {
        Self {
            step,
            verdict,
            code,
            summary: summary.into(),
            details: Vec::new(),
            fix: None,
        }
    }

    /// Adds a further line.
    pub(super) fn detail(mut self, line: impl Into<String>) -> Self {
        self.details.push(line.into());
        self
    }

    /// Adds further lines.
    pub(super) fn details(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(lines);
        self
    }

    /// Sets the fix.
    pub(super) fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }
}
