//! Writes JSON values, compact or spaced, in double or single quotes.

use std::fmt::Write as _;

use super::Node;

/// The quotes around strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quotes {
    Single,
    Double,
}

/// Formatting of a value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) quotes: Quotes,
    /// Whether a space follows each comma and colon.
    pub(crate) spaces: bool,
}

// === impl Style ===

impl Style {
    /// Strict JSON without spaces.
    pub(crate) const JSON: Self = Self {
        quotes: Quotes::Double,
        spaces: false,
    };

    /// Returns the text of `node`.
    pub(crate) fn write(self, node: &Node) -> String {
        let mut out = String::new();
        self.node(node, &mut out);
        out
    }

    fn node(self, node: &Node, out: &mut String) {
        match node {
            Node::Null => out.push_str("null"),
            Node::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Node::Number(digits) => out.push_str(digits),
            Node::Text(text) => self.text(text, out),
            Node::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.separator(index, out);
                    self.node(item, out);
                }
                out.push(']');
            }
            Node::Object(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    self.separator(index, out);
                    self.text(key, out);
                    out.push_str(if self.spaces { ": " } else { ":" });
                    self.node(value, out);
                }
                out.push('}');
            }
        }
    }

    fn separator(self, index: usize, out: &mut String) {
        if index > 0 {
            out.push_str(if self.spaces { ", " } else { "," });
        }
    }

    fn text(self, text: &str, out: &mut String) {
        let quote = match self.quotes {
            Quotes::Single => '\'',
            Quotes::Double => '"',
        };
        out.push(quote);
        for character in text.chars() {
            match character {
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                character if character == quote => {
                    out.push('\\');
                    out.push(quote);
                }
                character if u32::from(character) < 0x20 => {
                    let _ = write!(out, "\\u{:04x}", u32::from(character));
                }
                character => out.push(character),
            }
        }
        out.push(quote);
    }
}
