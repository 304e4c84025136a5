//! The provider block that the diagnosis ends with.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::configuration::Argument;

/// The settings of the provider that differ from the defaults, in the order of the documentation.
#[derive(Debug, Default)]
pub(super) struct ProviderBlock {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    argument: Argument,
    value: Setting,
    /// Why it is set so.
    comment: Option<String>,
    /// Whether it is only worth a try, and so commented out.
    is_suggestion: bool,
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Setting {
    /// A value that may be shown.
    Value(Value),
    /// A secret, which stays in the environment.
    Secret,
}

// === impl ProviderBlock ===

impl ProviderBlock {
    /// Sets an argument, in place of an earlier value.
    pub(super) fn set(&mut self, argument: Argument, value: Setting, comment: Option<String>) {
        self.put(Entry {
            argument,
            value,
            comment,
            is_suggestion: false,
        });
    }

    /// Suggests a value for an argument that is not set: it is written as a comment.
    pub(super) fn suggest(&mut self, argument: Argument, value: Setting, comment: Option<String>) {
        let is_set = |entry: &Entry| entry.argument.name() == argument.name();
        if !self.entries.iter().any(is_set) {
            self.put(Entry {
                argument,
                value,
                comment,
                is_suggestion: true,
            });
        }
    }

    /// Removes the suggestions, which a trial has answered.
    pub(super) fn drop_suggestions(&mut self) {
        self.entries.retain(|entry| !entry.is_suggestion);
    }

    /// Returns whether an argument is set.
    pub(super) fn has(&self, name: &str) -> bool {
        let is_set = |entry: &Entry| entry.argument.name() == name && !entry.is_suggestion;
        self.entries.iter().any(is_set)
    }

    fn put(&mut self, entry: Entry) {
        let argument = entry.argument;
        let is_same = |earlier: &&mut Entry| earlier.argument.name() == argument.name();
        match self.entries.iter_mut().find(is_same) {
            Some(earlier) => *earlier = entry,
            None => self.entries.push(entry),
        }
    }

    /// Returns the settings for programs, without the secrets.
    pub(super) fn to_json(&self) -> Value {
        let mut settings = Map::new();
        for Entry {
            argument,
            value,
            is_suggestion,
            ..
        } in &self.entries
        {
            let Setting::Value(value) = value else {
                continue;
            };
            if *is_suggestion {
                continue;
            }
            let parent = match argument.parent() {
                None => &mut settings,
                Some(parent) => {
                    let parent = settings
                        .entry(parent)
                        .or_insert_with(|| Value::Object(Map::new()));
                    match parent {
                        Value::Object(parent) => parent,
                        _ => continue,
                    }
                }
            };
            parent.insert(argument.name().to_owned(), value.clone());
        }
        Value::Object(settings)
    }

    /// Returns the block in HCL; nothing while no setting is known.
    pub(super) fn to_hcl(&self) -> String {
        if self.entries.is_empty() {
            return String::new();
        }
        let mut hcl = "provider \"isales\" {\n".to_owned();
        let (nested, top): (Vec<_>, Vec<_>) = self
            .entries
            .iter()
            .partition(|entry| entry.argument.parent().is_some());
        write_entries(&mut hcl, "  ", &top);
        for (index, entry) in nested.iter().enumerate() {
            let parent = entry.argument.parent();
            if index > 0
                && nested
                    .get(index - 1)
                    .map(|earlier| earlier.argument.parent())
                    == Some(parent)
            {
                continue;
            }
            let siblings: Vec<_> = nested
                .iter()
                .filter(|sibling| sibling.argument.parent() == parent)
                .copied()
                .collect();
            let _ = writeln!(hcl, "\n  {} = {{", parent.unwrap_or_default());
            write_entries(&mut hcl, "    ", &siblings);
            hcl.push_str("  }\n");
        }
        hcl.push_str("}\n");
        hcl
    }
}

/// Writes arguments as `terraform fmt` does: the equals signs of neighboring lines aligned. A comment
/// ends such a group of lines.
fn write_entries(hcl: &mut String, indent: &str, entries: &[&Entry]) {
    let mut group: Vec<(&str, String)> = Vec::new();
    let mut last = None;
    for entry in entries {
        let name = entry.argument.name();
        let comment = entry.comment_text();
        if let Some(comment) = comment
            .as_ref()
            .filter(|comment| last.as_ref() != Some(*comment))
        {
            write_group(hcl, indent, &mut group);
            let _ = writeln!(hcl, "{indent}# {comment}");
        }
        match &entry.value {
            Setting::Value(value) if entry.is_suggestion => {
                write_group(hcl, indent, &mut group);
                let _ = writeln!(hcl, "{indent}# {name} = {}", literal(value));
            }
            Setting::Value(value) => group.push((name, literal(value))),
            Setting::Secret => {}
        }
        last = comment;
    }
    write_group(hcl, indent, &mut group);
}

/// Writes lines with their equals signs aligned.
fn write_group(hcl: &mut String, indent: &str, group: &mut Vec<(&str, String)>) {
    let width = group.iter().map(|(name, _)| name.len()).max();
    let width = width.unwrap_or_default();
    for (name, value) in group.drain(..) {
        let _ = writeln!(hcl, "{indent}{name:<width$} = {value}");
    }
}

// === impl Entry ===

impl Entry {
    fn comment_text(&self) -> Option<String> {
        match (&self.comment, &self.value) {
            (Some(comment), _) => Some(comment.clone()),
            (None, Setting::Secret) => Some(format!(
                "{} comes from the environment variable {}.",
                self.argument.name(),
                self.argument.variable()
            )),
            (None, Setting::Value(_)) => None,
        }
    }
}

/// Writes a value in HCL, in which `${` and `%{` begin a template.
pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => {
            Value::from(text.replace("${", "$${").replace("%{", "%%{")).to_string()
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_block_has_what_was_set_and_no_secret() {
        let mut block = ProviderBlock::default();
        assert_eq!(block.to_hcl(), "");
        let top = Argument::new;
        block.set(top("endpoint"), Setting::Value(json!("https://a:1")), None);
        block.set(top("vdn_id"), Setting::Value(json!(25)), None);
        block.set(top("secret_key"), Setting::Secret, None);
        for quotes in ["single", "double"] {
            block.set(
                Argument::compatibility("policy_json_quotes"),
                Setting::Value(json!(quotes)),
                Some("As the server shows.".to_owned()),
            );
        }
        assert_eq!(
            block.to_hcl(),
            "provider \"isales\" {\n  endpoint = \"https://a:1\"\n  vdn_id   = 25\n  \
             # secret_key comes from the environment variable ISALES_SECRET_KEY.\n\n  \
             compatibility = {\n    # As the server shows.\n    \
             policy_json_quotes = \"double\"\n  }\n}\n"
        );
        assert_eq!(
            block.to_json(),
            json!({"endpoint": "https://a:1", "vdn_id": 25,
                "compatibility": {"policy_json_quotes": "double"}})
        );
    }

    #[test]
    fn text_cannot_become_a_template() {
        assert_eq!(literal(&json!("${a} %{b} \"c\"")), r#""$${a} %%{b} \"c\"""#);
    }
}
