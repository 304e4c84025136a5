//! Parameters of the API, and paths to their values in a request.

use std::fmt;

/// A parameter of the API: its name in the API reference, and the argument that sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParameterName {
    api_name: &'static str,
    snake_case: &'static str,
    argument: &'static str,
}

/// One step of a [`ParameterPath`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A step into the parameter of this name.
    Parameter(ParameterName),
    /// A step into a list, at this index, from 0.
    Index(usize),
}

/// The path from a request to a value in it. Displays as `policyJson[0].policy[1].result`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParameterPath(pub Vec<Step>);

// === impl ParameterName ===

impl ParameterName {
    /// Creates a parameter at the top level of a request, such as `policyType`, `policy_type`.
    #[must_use]
    pub const fn new(api_name: &'static str, snake_case: &'static str) -> Self {
        Self {
            api_name,
            snake_case,
            argument: snake_case,
        }
    }

    /// Places the parameter inside the top-level argument of this name.
    #[must_use]
    pub const fn within(self, argument: &'static str) -> Self {
        Self { argument, ..self }
    }

    /// Returns the name in the API reference, such as `retryTimes`.
    #[must_use]
    pub const fn api_name(self) -> &'static str {
        self.api_name
    }

    /// Returns the name in snake case, such as `retry_times`.
    #[must_use]
    pub const fn snake_case(self) -> &'static str {
        self.snake_case
    }

    /// Returns the top-level argument that contains the parameter, such as `policy_json`.
    #[must_use]
    pub const fn argument(self) -> &'static str {
        self.argument
    }

    /// Finds the parameter that a description by the server names. Of several it returns the last
    /// in `parameters`, which lists each after the parameters that may contain it: in
    /// `policyJson[0].retryDay` that is `retryDay`.
    ///
    /// Only whole words count. A name of one lower-case word, such as `type` or `result`, may be
    /// plain English, so it counts only in quotes or as a member of a list's entry.
    pub(crate) fn named_in(text: &str, parameters: &[Self]) -> Option<Self> {
        parameters
            .iter()
            .rev()
            .copied()
            .find(|parameter| parameter.is_named_in(text))
    }

    fn is_named_in(self, text: &str) -> bool {
        let may_be_english = self.api_name.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_part = |c: char| c.is_ascii_alphanumeric();
        text.match_indices(self.api_name).any(|(at, name)| {
            let (before, rest) = text.split_at(at);
            let after = rest.strip_prefix(name).unwrap_or_default();
            let is_quoted = ['\'', '"']
                .iter()
                .any(|quote| before.ends_with(*quote) && after.starts_with(*quote));
            let is_word = !before.ends_with(is_part) && !after.starts_with(is_part);
            is_word && (!may_be_english || is_quoted || before.ends_with("]."))
        })
    }
}

// === impl ParameterPath ===

impl ParameterPath {
    /// Appends a step into a parameter.
    #[must_use]
    pub fn parameter(&self, parameter: impl Into<ParameterName>) -> Self {
        self.step(Step::Parameter(parameter.into()))
    }

    /// Appends a step into a list.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    /// Writes the path in the words of the provider: `policy_json[0].policy[1].result`.
    #[must_use]
    pub fn snake_case(&self) -> String {
        self.join(ParameterName::snake_case)
    }

    fn step(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    fn join(&self, name: impl Fn(ParameterName) -> &'static str) -> String {
        let mut text = String::new();
        for step in &self.0 {
            match step {
                Step::Parameter(parameter) => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push_str(name(*parameter));
                }
                Step::Index(index) => text.push_str(&format!("[{index}]")),
            }
        }
        text
    }
}

impl fmt::Display for ParameterPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.join(ParameterName::api_name))
    }
}
