//! Single settings: from the configuration, else from the environment, else none.

use std::{fmt::Display, ops::RangeInclusive, str::FromStr};

use tfplugin::{
    diagnostics::{Diagnostic, Diagnostics},
    model::Attr,
    path::AttributePath,
};

use crate::secret::Secret;

/// Reads settings one by one, and collects what is wrong and what is not known yet.
pub(super) struct Settings<'a> {
    environment: &'a dyn Fn(&str) -> Option<String>,
    pub(super) found: Diagnostics,
    pub(super) unknown: Vec<&'static str>,
}

/// A value, and where it is from.
#[derive(Clone)]
pub(super) struct Setting<T> {
    pub(super) value: T,
    argument: Argument,
    variable: Option<String>,
}

/// An argument of the provider, perhaps inside `compatibility`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Argument {
    name: &'static str,
    parent: Option<&'static str>,
}

// === impl Argument ===

impl Argument {
    /// A top-level argument.
    pub(crate) const fn new(name: &'static str) -> Self {
        Self { name, parent: None }
    }

    /// An argument inside `compatibility`.
    pub(crate) const fn compatibility(name: &'static str) -> Self {
        let parent = Some("compatibility");
        Self { name, parent }
    }

    /// The environment variable that stands in for it.
    pub(crate) fn variable(self) -> String {
        format!("ISALES_{}", self.name.to_ascii_uppercase())
    }

    pub(crate) const fn name(self) -> &'static str {
        self.name
    }

    /// The block that it stands in, if not in the `provider` block itself.
    pub(crate) const fn parent(self) -> Option<&'static str> {
        self.parent
    }

    pub(crate) fn path(self) -> AttributePath {
        match self.parent {
            Some(parent) => AttributePath::attribute(parent).name(self.name),
            None => AttributePath::attribute(self.name),
        }
    }
}

// === impl Setting ===

impl<T> Setting<T> {
    /// Another form of this value.
    pub(super) fn with<U>(&self, value: U) -> Setting<U> {
        Setting {
            value,
            argument: self.argument,
            variable: self.variable.clone(),
        }
    }

    /// The argument that this is the value of.
    pub(super) fn argument(&self) -> Argument {
        self.argument
    }

    /// What the user set: the argument, or the variable that stands in for it.
    pub(super) fn source(&self) -> &str {
        self.variable.as_deref().unwrap_or(self.argument.name)
    }

    /// Whether it stands in the block, which beats the environment.
    pub(super) fn is_in_block(&self) -> bool {
        self.variable.is_none()
    }

    /// An error about this value.
    pub(super) fn refused(&self, reason: impl Display) -> Diagnostic {
        let source = match &self.variable {
            Some(variable) => format!(" The value is that of the environment variable {variable}."),
            None => String::new(),
        };
        Diagnostic::error(
            "Invalid Provider Configuration",
            format!("{reason}{source}"),
        )
        .at(self.argument.path())
    }
}

// === impl Settings ===

impl<'a> Settings<'a> {
    pub(super) fn new(environment: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            environment,
            found: Diagnostics::new(),
            unknown: Vec::new(),
        }
    }

    /// A text; an empty environment variable is none.
    pub(super) fn text(
        &mut self,
        argument: Argument,
        value: Attr<String>,
    ) -> Option<Setting<String>> {
        self.given(argument, value)
    }

    /// A secret, likewise.
    pub(super) fn secret(
        &mut self,
        argument: Argument,
        value: Attr<Secret>,
    ) -> Option<Setting<Secret>> {
        self.given(argument, value)
    }

    /// A whole number in a range.
    pub(super) fn number(
        &mut self,
        argument: Argument,
        value: Attr<i64>,
        range: RangeInclusive<u32>,
    ) -> Option<u32> {
        let text = value.map(|number| number.to_string());
        let given = self.text(argument, text)?;
        match given.value.parse() {
            Ok(number) if range.contains(&number) => Some(number),
            _ => {
                self.refuse(given.refused(format!(
                    "{} must be a whole number from {} to {}; {:?} is not.",
                    argument.name,
                    range.start(),
                    range.end(),
                    given.value
                )));
                None
            }
        }
    }

    /// A yes or no.
    pub(super) fn flag(&mut self, argument: Argument, value: Attr<bool>) -> Option<Setting<bool>> {
        let text = value.map(|flag| flag.to_string());
        let given = self.text(argument, text)?;
        match given.value.as_str() {
            "true" | "1" => Some(given.with(true)),
            "false" | "0" => Some(given.with(false)),
            other => {
                self.refuse(given.refused(format!(
                    "{} must be true or false; {other:?} is neither.",
                    argument.name
                )));
                None
            }
        }
    }

    /// A text of a type of its own.
    pub(super) fn parsed<T: FromStr<Err: Display>>(
        &mut self,
        argument: Argument,
        value: Attr<String>,
    ) -> Option<T> {
        let given = self.text(argument, value)?;
        match given.value.parse() {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                self.refuse(given.refused(error));
                None
            }
        }
    }

    /// Adds an error, or anything else that the user should know.
    pub(super) fn refuse(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Complains of a setting that must not be missing, unless it will be known later or has
    /// been refused already.
    pub(super) fn require(&mut self, argument: Argument, present: bool) {
        let complained = self.found.iter().any(|found| found.path == argument.path());
        if present || complained || self.is_unknown(argument) {
            return;
        }
        self.refuse(
            Diagnostic::error(
                "Missing Provider Configuration",
                format!(
                    "{} is not set. Set it in the provider block, or set the environment variable \
                     {}.",
                    argument.name,
                    argument.variable()
                ),
            )
            .at(argument.path()),
        );
    }

    /// Whether a setting will be known later.
    pub(super) fn is_unknown(&self, argument: Argument) -> bool {
        self.unknown.contains(&argument.name)
    }

    fn given<T: From<String>>(&mut self, argument: Argument, value: Attr<T>) -> Option<Setting<T>> {
        match value {
            Attr::Known(value) => Some(Setting {
                value,
                argument,
                variable: None,
            }),
            Attr::Unknown => {
                self.unknown.push(argument.name);
                None
            }
            Attr::Null => {
                let variable = argument.variable();
                let text = (self.environment)(&variable).filter(|text| !text.is_empty())?;
                Some(Setting {
                    value: text.into(),
                    argument,
                    variable: Some(variable),
                })
            }
        }
    }
}
