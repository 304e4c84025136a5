//! Writes the file: JSON whose members keep their order, laid out for people.
//!
//! The parts are put together as text without spaces, so that the bodies in them stay as they are.

use std::{collections::HashSet, fmt::Write as _};

use isales_client::is_unprintable;
use serde::de::IgnoredAny;

/// The longest object or list that stays on one line.
const WIDTH: usize = 96;

/// The deepest nesting of a body that is shown as JSON.
const MAX_DEPTH: usize = 20;

/// An object that is being written.
#[derive(Debug, Default)]
pub(super) struct Object(String);

// === impl Object ===

impl Object {
    /// Adds a member, whose value is JSON without spaces.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        let comma = if self.0.is_empty() { "" } else { "," };
        // Writing to a String cannot fail.
        let _ = write!(self.0, "{comma}{}:{value}", string(name));
        self
    }

    pub(super) fn end(self) -> String {
        format!("{{{}}}", self.0)
    }
}

/// Returns a list of values.
pub(super) fn list(values: &[String]) -> String {
    format!("[{}]", values.join(","))
}

/// Returns a string in JSON.
pub(super) fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Returns a number in JSON, or null.
pub(super) fn number(number: Option<i64>) -> String {
    number.map_or_else(|| "null".to_owned(), |number| number.to_string())
}

/// Returns whether a text is an object or a list in JSON that reads back as exactly this text: without
/// spaces, repeated names and unusual escapes.
pub(super) fn is_canonical(text: &str) -> bool {
    text.starts_with(['{', '['])
        && serde_json::from_str::<IgnoredAny>(text).is_ok()
        && is_plain(text)
}

fn is_plain(text: &str) -> bool {
    let mut names: Vec<HashSet<&str>> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => {
                let Some(length) = length_of_string(rest) else {
                    return false;
                };
                let is_name = rest
                    .get(length..)
                    .is_some_and(|after| after.starts_with(':'));
                let content = rest.get(..length).unwrap_or_default();
                if is_name && !names.last_mut().is_some_and(|names| names.insert(content)) {
                    return false;
                }
                length
            }
            '{' | '[' if names.len() == MAX_DEPTH => return false,
            '{' | '[' => {
                names.push(HashSet::new());
                1
            }
            '}' | ']' => {
                names.pop();
                1
            }
            ' ' | '\t' | '\r' | '\n' => return false,
            other => other.len_utf8(),
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    true
}

/// Returns the length of a string with its quotes; `None` if it has an escape that it need not have.
fn length_of_string(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    for (index, character) in text.char_indices().skip(1) {
        match character {
            '"' | '\\' | 'n' | 'r' | 't' if is_escaped => is_escaped = false,
            _ if is_escaped => return None,
            '\\' => is_escaped = true,
            '"' => return Some(index + 1),
            _ => {}
        }
    }
    None
}

/// Lays out JSON without spaces: what is short on one line, everything else with a line for each
/// member or entry.
pub(super) fn laid_out(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut depth = 0;
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let mut length = first.len_utf8();
        match first {
            '"' => {
                length = end_of_string(rest);
                visible(rest.get(..length).unwrap_or_default(), &mut out);
            }
            '{' | '[' => match short(rest) {
                Some(end) => {
                    length = end;
                    one_line(rest.get(..end).unwrap_or_default(), &mut out);
                }
                None => {
                    depth += 1;
                    out.push(first);
                    new_line(depth, &mut out);
                }
            },
            '}' | ']' => {
                depth -= 1;
                new_line(depth, &mut out);
                out.push(first);
            }
            ',' => {
                out.push(',');
                new_line(depth, &mut out);
            }
            ':' => out.push_str(": "),
            other => out.push(other),
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    out.push('\n');
    out
}

/// Returns the length of an object or list that is short and contains no other.
fn short(json: &str) -> Option<usize> {
    let mut index = 1;
    while index <= WIDTH {
        let rest = json.get(index..)?;
        match rest.chars().next()? {
            '"' => index += end_of_string(rest),
            '{' | '[' => return None,
            '}' | ']' => return (index < WIDTH).then_some(index + 1),
            other => index += other.len_utf8(),
        }
    }
    None
}

fn one_line(json: &str, out: &mut String) {
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let mut length = first.len_utf8();
        match first {
            '"' => {
                length = end_of_string(rest);
                visible(rest.get(..length).unwrap_or_default(), out);
            }
            ',' => out.push_str(", "),
            ':' => out.push_str(": "),
            other => out.push(other),
        }
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// Writes a string so that no character in it controls a terminal or changes the direction of the text.
/// It means the same.
fn visible(string: &str, out: &mut String) {
    for character in string.chars() {
        if !is_unprintable(character) {
            out.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
}

/// Returns the length of a string with its quotes.
fn end_of_string(json: &str) -> usize {
    let mut is_escaped = false;
    for (index, character) in json.char_indices().skip(1) {
        match character {
            '"' if !is_escaped => return index + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    json.len()
}

fn new_line(depth: usize, out: &mut String) {
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn a_layout_means_the_same() {
        let json = r#"{"a":[1,2.50,"x,:\"{"],"b":{"c":{}},"d":[],"e":[{"f":null}]}"#;
        let laid_out = laid_out(json);
        let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(parse(&laid_out), parse(json));
        assert!(laid_out.contains("[1, 2.50, \"x,:\\\"{\"]"), "{laid_out}");
        assert!(laid_out.lines().count() > 5);
    }

    #[test]
    fn nothing_controls_a_terminal_or_the_direction_of_the_text() {
        let text = "a\\\u{9b}31m\u{7f}\u{202e}b\u{e0041}é";
        let parsed = serde_json::json!({ text: [text] });
        let laid_out = laid_out(&parsed.to_string());
        assert_eq!(
            serde_json::from_str::<Value>(&laid_out).unwrap(),
            parsed,
            "{laid_out}"
        );
        assert!(
            laid_out.contains(r"a\\\u009b31m\u007f\u202eb\udb40\udc41é"),
            "{laid_out}"
        );
        assert!(!laid_out.contains(|character| is_unprintable(character) && character != '\n'));
    }

    #[test]
    fn only_a_text_that_reads_back_the_same_is_canonical() {
        for text in [
            r#"{"a":"b\n\"\\"}"#,
            "[]",
            r#"[{"a":1e0},{"a":1}]"#,
            r#"{"a":"é"}"#,
        ] {
            assert!(is_canonical(text), "{text}");
        }
        for text in [
            r#"{"a": 1}"#,
            r#"{"a":1,"a":2}"#,
            r#"{"a":"\u0041"}"#,
            r#"{"a":"\/"}"#,
            r#"{"a":1"#,
            "7",
            "{'a':1}",
            "",
        ] {
            assert!(!is_canonical(text), "{text}");
        }
        assert!(!is_canonical(&format!(
            "{}{}",
            "[".repeat(30),
            "]".repeat(30)
        )));
    }
}
