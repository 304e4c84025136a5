//! The outcome of a Terraform command.

use std::process::Output;

use serde::Deserialize;
use serde_json::Value;

/// The end of a command. Checks return it, so that they can be chained.
#[derive(Debug)]
pub struct Outcome {
    arguments: Vec<String>,
    /// `None` if a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// A diagnostic from Terraform's JSON output.
#[derive(Clone, Debug, Deserialize)]
pub struct Diagnostic {
    pub severity: String,
    pub summary: String,
    #[serde(default)]
    pub detail: String,
    snippet: Option<Snippet>,
}

/// The place in the configuration that a message points at.
#[derive(Clone, Debug, Deserialize)]
struct Snippet {
    code: String,
}

/// Terraform says this in every command, as it runs a provider that was built here.
const DEVELOPMENT: &str = "Provider development overrides are in effect";

// === impl Outcome ===

impl Outcome {
    pub fn new(arguments: Vec<String>, output: Output) -> Self {
        Self {
            arguments,
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    fn command(&self) -> String {
        format!("terraform {}", self.arguments.join(" "))
    }

    /// Whether it is this one of Terraform's commands, whatever options stand before it.
    fn is(&self, command: &str) -> bool {
        let mut words = self.arguments.iter();
        words
            .find(|word| !word.starts_with('-'))
            .map(String::as_str)
            == Some(command)
    }

    /// The command did what it should.
    #[track_caller]
    pub fn succeeds(self) -> Self {
        self.ends_with(0, "succeed")
    }

    /// The command ended in an error.
    #[track_caller]
    pub fn fails(self) -> Self {
        self.ends_with(1, "fail")
    }

    /// A plan says "No changes".
    #[track_caller]
    pub fn finds_no_changes(self) -> Self {
        self.ends_with(0, "find nothing to change")
    }

    /// A plan has something to do.
    #[track_caller]
    pub fn finds_changes(self) -> Self {
        self.ends_with(2, "find something to change")
    }

    #[track_caller]
    fn ends_with(self, code: i32, expected: &str) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "{} should {expected}:\n{}",
            self.command(),
            self.transcript()
        );
        self
    }

    /// The command succeeded or failed without a word of warning.
    #[track_caller]
    pub fn without_warnings(self) -> Self {
        let warnings = self.warnings();
        assert!(warnings.is_empty(), "{}: {warnings:#?}", self.command());
        self
    }

    /// The one error.
    #[track_caller]
    pub fn error(&self) -> Diagnostic {
        let errors = self.errors();
        assert_eq!(errors.len(), 1, "{}: {errors:#?}", self.command());
        errors[0].clone()
    }

    /// The one warning.
    #[track_caller]
    pub fn warning(&self) -> Diagnostic {
        let warnings = self.warnings();
        assert_eq!(warnings.len(), 1, "{}: {warnings:#?}", self.command());
        warnings[0].clone()
    }

    pub fn errors(&self) -> Vec<Diagnostic> {
        self.diagnostics("error")
    }

    /// All warnings of the provider and of Terraform, but for the one about development.
    pub fn warnings(&self) -> Vec<Diagnostic> {
        let mut warnings = self.diagnostics("warning");
        warnings.retain(|warning| warning.summary != DEVELOPMENT);
        warnings
    }

    fn diagnostics(&self, severity: &str) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = if self.is("validate") {
            let answer: Value = serde_json::from_str(&self.stdout).expect("JSON");
            serde_json::from_value(answer["diagnostics"].clone()).expect("diagnostics")
        } else {
            self.lines("diagnostic")
                .into_iter()
                .map(|mut line| {
                    serde_json::from_value(line["diagnostic"].take()).expect("a diagnostic")
                })
                .collect()
        };
        found.retain(|diagnostic| diagnostic.severity == severity);
        found
    }

    /// The planned changes: addresses with actions, in the order of the addresses.
    pub fn planned(&self) -> Vec<(String, String)> {
        self.changes("planned_change")
    }

    /// The changes outside of Terraform that a plan found.
    pub fn drift(&self) -> Vec<(String, String)> {
        self.changes("resource_drift")
    }

    fn changes(&self, kind: &str) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().expect("a string").to_owned();
        let mut changes: Vec<_> = self
            .lines(kind)
            .iter()
            .map(|line| &line["change"])
            .map(|change| (text(&change["resource"]["addr"]), text(&change["action"])))
            .collect();
        changes.sort();
        changes
    }

    /// The messages of one type in the output.
    fn lines(&self, kind: &str) -> Vec<Value> {
        self.stdout
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|line| line["type"] == kind)
            .collect()
    }

    /// The output in a form to be read in the message of a failed test.
    fn transcript(&self) -> String {
        let readable = |line: &str| match serde_json::from_str::<Value>(line) {
            Ok(line) => {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                text(&line["@message"]) + "\n    " + &text(&line["diagnostic"]["detail"])
            }
            Err(_) => line.to_owned(),
        };
        let lines = self.stdout.lines().chain(self.stderr.lines());
        lines.map(|line| readable(line) + "\n").collect()
    }

    /// All output for people, without line ends and frames.
    pub fn text(&self) -> String {
        let words = format!("{} {}", self.stdout, self.stderr);
        let words: Vec<_> = words
            .split(|c: char| c.is_whitespace() || "│╷╵".contains(c))
            .filter(|word| !word.is_empty())
            .collect();
        words.join(" ")
    }
}

// === impl Diagnostic ===

impl Diagnostic {
    /// The line of the configuration that it points at.
    pub fn code(&self) -> Option<&str> {
        self.snippet.as_ref().map(|snippet| snippet.code.as_str())
    }

    /// Summary and detail hold all of these.
    #[track_caller]
    pub fn says(&self, parts: &[&str]) -> &Self {
        let text = format!("{}\n{}", self.summary, self.detail);
        for part in parts {
            assert!(text.contains(part), "not {part:?} in:\n{text}");
        }
        self
    }

    /// The configuration's line that it points at holds this.
    #[track_caller]
    pub fn points_at(&self, code: &str) -> &Self {
        let is_there = self.code().is_some_and(|line| line.contains(code));
        assert!(is_there, "not at {code:?}: {self:#?}");
        self
    }
}
