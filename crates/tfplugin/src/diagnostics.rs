//! Diagnostics: errors and warnings for the user, with attribute paths.

use std::collections::HashSet;

use crate::{
    codec::{DecodeError, DecodeErrorKind},
    path::AttributePath,
    proto::tfplugin6 as pb,
    terminal,
    value::{
        ConversionError,
        number::{MAX_PLACES, NumberError},
    },
};

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The operation failed.
    Error,
    /// The operation succeeded, with something to note.
    Warning,
}

/// An error or a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The severity.
    pub severity: Severity,
    /// The title: one short line in Title Case.
    pub summary: String,
    /// Whole sentences: what was found, and what to do about it.
    pub detail: String,
    /// The attribute concerned; the root for the whole object.
    pub path: AttributePath,
}

/// Errors and warnings, in the order in which they occurred.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

// === impl Diagnostic ===

impl Diagnostic {
    /// Creates an error about the whole object.
    pub fn error(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            summary: summary.into(),
            detail: detail.into(),
            path: AttributePath::root(),
        }
    }

    /// Creates a warning about the whole object.
    pub fn warning(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(summary, detail)
        }
    }

    /// Returns the diagnostic with the path of an attribute.
    #[must_use]
    pub fn at(mut self, path: AttributePath) -> Self {
        self.path = path;
        self
    }

    /// Creates an error that only a bug in the provider or its host can cause.
    pub fn bug(context: &str, error: impl std::fmt::Display) -> Self {
        Self::error(
            "Provider Bug",
            format!("{context}: {error}. This is a bug in the provider; please report it."),
        )
    }

    fn into_proto(self) -> pb::Diagnostic {
        let severity = match self.severity {
            Severity::Error => pb::diagnostic::Severity::Error,
            Severity::Warning => pb::diagnostic::Severity::Warning,
        };
        // Terraform shows the whole block for anything nested, so the text repeats a deep path.
        let detail = if self.path.steps().len() > 1 {
            format!("{}: {}", self.path, self.detail)
        } else {
            self.detail
        };
        pb::Diagnostic {
            severity: severity.into(),
            summary: terminal::line(&self.summary),
            detail: terminal::message(&detail),
            attribute: (!self.path.is_root()).then(|| self.path.to_proto()),
        }
    }
}

impl From<DecodeError> for Diagnostic {
    fn from(DecodeError { path, reason }: DecodeError) -> Self {
        let diagnostic = match reason {
            // The only value that a user can write in Terraform and a provider cannot hold.
            DecodeErrorKind::Number(NumberError::Range) => Self::error(
                "Number Out Of Range",
                format!(
                    "The number has more than {MAX_PLACES} digits before or after the point, or \
                     is infinite. Use a number within the argument's documented range."
                ),
            ),
            reason => Self::bug("A value from Terraform could not be read", reason),
        };
        diagnostic.at(path)
    }
}

impl From<ConversionError> for Diagnostic {
    fn from(error: ConversionError) -> Self {
        Self::error(
            "Invalid Value",
            format!("The value does not fit: {}.", error.mismatch),
        )
        .at(error.path)
    }
}

// === impl Diagnostics ===

impl Diagnostics {
    /// Creates an empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Returns whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.0
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns an iterator over the diagnostics.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Adds the diagnostics whose paths have none yet.
    pub(super) fn extend_new_paths(&mut self, others: Self) {
        let known: HashSet<_> = self.0.iter().map(|known| &known.path).collect();
        let new: Vec<_> = others
            .into_iter()
            .filter(|other| !known.contains(&other.path))
            .collect();
        self.0.extend(new);
    }

    /// Keeps at most this many, errors before warnings, and says how many are left out.
    pub(super) fn shorten(&mut self, most: usize) {
        if self.0.len() <= most {
            return;
        }
        // Stable, so that the order within each severity stays.
        self.0
            .sort_by_key(|found| found.severity == Severity::Warning);
        let left_out = self.0.split_off(most);
        let note = Diagnostic {
            severity: match left_out.first() {
                Some(first) => first.severity,
                None => return,
            },
            ..Diagnostic::error(
                "Further Problems Not Shown",
                format!(
                    "{} more problems are not shown. Correct those that are, and validate again.",
                    left_out.len()
                ),
            )
        };
        self.0.push(note);
    }

    pub(super) fn into_proto(self) -> Vec<pb::Diagnostic> {
        self.0.into_iter().map(Diagnostic::into_proto).collect()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl From<Vec<Diagnostic>> for Diagnostics {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self(diagnostics)
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        Self(diagnostics.into_iter().collect())
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.0.extend(diagnostics);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deep_path_is_part_of_the_text() {
        let path = AttributePath::attribute("rules").index(1).name("type");
        let deep = Diagnostic::error("Invalid Value", "0 or 1.").at(path);
        assert_eq!(deep.into_proto().detail, "rules[1].type: 0 or 1.");
        let flat =
            Diagnostic::error("Invalid Value", "0 or 1.").at(AttributePath::attribute("kind"));
        assert_eq!(flat.into_proto().detail, "0 or 1.");
    }

    #[test]
    fn what_is_left_out_is_counted_and_errors_come_first() {
        let mut found = Diagnostics::new();
        for number in 0..4 {
            found.push(Diagnostic::warning(format!("warning {number}"), ""));
            found.push(Diagnostic::error(format!("error {number}"), ""));
        }
        let shortened = |most| {
            let mut found = found.clone();
            found.shorten(most);
            found
        };
        assert_eq!(shortened(8), found);
        let summaries = |found: &Diagnostics| -> Vec<_> {
            found.iter().map(|found| found.summary.clone()).collect()
        };
        let most = shortened(5);
        assert_eq!(
            summaries(&most),
            [
                "error 0",
                "error 1",
                "error 2",
                "error 3",
                "warning 0",
                "Further Problems Not Shown"
            ]
        );
        let last = most.iter().last().unwrap();
        assert_eq!(last.severity, Severity::Warning);
        assert!(last.detail.starts_with("3 more"), "{}", last.detail);
        let few = shortened(2);
        assert_eq!(few.iter().last().unwrap().severity, Severity::Error);
    }

    #[test]
    fn a_path_is_reported_once() {
        let at = |name, summary| Diagnostic::error(summary, "").at(AttributePath::attribute(name));
        let mut found = Diagnostics::from(at("locale", "first"));
        found.extend_new_paths(Diagnostics::from(vec![
            at("locale", "again"),
            at("endpoint", "one"),
            at("endpoint", "two"),
        ]));
        let summaries: Vec<_> = found.iter().map(|found| found.summary.as_str()).collect();
        assert_eq!(summaries, ["first", "one", "two"]);
    }
}
