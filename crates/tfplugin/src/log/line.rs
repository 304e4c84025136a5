//! One line of hclog's JSON, in the form and size that go-plugin reads.

use std::time::SystemTime;

use log::{Level, kv};
use serde_json::{Map, Value};
use time::{OffsetDateTime, format_description::BorrowedFormatItem, macros::format_description};

use super::level::hclog_name;

/// The maximum length of a line with its line feed. go-plugin splits lines of more than 64 KiB.
pub(super) const MAX_LINE: usize = 64 * 1024 - 1;

/// The maximum length of the message, in bytes of JSON.
const MAX_MESSAGE: usize = 32 * 1024;

/// The maximum length of one value, in bytes of JSON.
const MAX_VALUE: usize = 16 * 1024;

/// The maximum length of the name of a value, in bytes of JSON.
const MAX_KEY: usize = 256;

/// The length reserved for level, module, time and the note about omitted values.
const RESERVED: usize = 1024;

/// The largest integer written as a number. Go reads JSON numbers as 64-bit floats; larger ones are
/// written as text.
const MAX_EXACT: u64 = 1 << 53;

/// The key of the note that says how many values were omitted.
const LEFT_OUT: &str = "values_left_out";

/// The format of times: exactly six digits after the second, or go-plugin treats the line as plain
/// text.
const TIMESTAMP: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:6]Z");

/// A log line under construction.
#[derive(Debug)]
pub(super) struct Line {
    fields: Map<String, Value>,
    room: usize,
    left_out: usize,
}

impl Line {
    /// Creates a line with its message; `target` is a Rust module path.
    pub(super) fn new(at: SystemTime, level: Level, target: &str, message: &str) -> Self {
        let message = cut(message, MAX_MESSAGE);
        let room = MAX_LINE - RESERVED - escaped_len(&message);
        let timestamp = OffsetDateTime::from(at)
            .format(TIMESTAMP)
            .unwrap_or_default();
        let fields = [
            ("@level", hclog_name(level).to_owned()),
            ("@message", message),
            ("@timestamp", timestamp),
            ("@module", cut(&target.replace("::", "."), MAX_KEY)),
        ];
        Self {
            fields: fields
                .into_iter()
                .map(|(key, value)| (key.to_owned(), Value::String(value)))
                .collect(),
            room,
            left_out: 0,
        }
    }

    /// Adds a value, under another name if this one is taken or reserved. Without room for it, the
    /// value is truncated or omitted.
    pub(super) fn add(&mut self, key: &str, value: Value) {
        let value = match value {
            Value::String(text) => Value::String(cut(&text, MAX_VALUE)),
            other => other,
        };
        let key = self.free_key(&cut(key, MAX_KEY));
        // Quotes, colon and comma.
        let size = escaped_len(&key) + value.to_string().len() + 4;
        match self.room.checked_sub(size) {
            Some(room) => {
                self.room = room;
                self.fields.insert(key, value);
            }
            None => self.left_out += 1,
        }
    }

    /// Returns the line as bytes, with its line feed.
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        if self.left_out > 0 {
            self.fields
                .insert(LEFT_OUT.to_owned(), self.left_out.into());
        }
        let mut line = Value::Object(self.fields).to_string().into_bytes();
        line.push(b'\n');
        line
    }

    /// Returns `key` without hclog's prefix for its own fields, and with a number if it is taken.
    fn free_key(&self, key: &str) -> String {
        let key = key.trim_start_matches('@');
        let key = if key.is_empty() { "value" } else { key };
        let taken = |key: &str| key == LEFT_OUT || self.fields.contains_key(key);
        if !taken(key) {
            return key.to_owned();
        }
        (2_usize..)
            .map(|number| format!("{key}_{number}"))
            .find(|key| !taken(key))
            .unwrap_or_default()
    }
}

impl<'kvs> kv::VisitSource<'kvs> for Line {
    fn visit_pair(&mut self, key: kv::Key<'kvs>, value: kv::Value<'kvs>) -> Result<(), kv::Error> {
        let json = if let Some(value) = value.to_bool() {
            value.into()
        } else if let Some(value) = value.to_i64().filter(|n| n.unsigned_abs() <= MAX_EXACT) {
            value.into()
        } else {
            Value::String(value.to_string())
        };
        self.add(key.as_str(), json);
        Ok(())
    }
}

/// Returns the text, truncated to `max` bytes of JSON with a note of its true length.
fn cut(text: &str, max: usize) -> String {
    const NOTE: usize = 48;
    if escaped_len(text) <= max {
        return text.to_owned();
    }
    let mut room = max.saturating_sub(NOTE);
    let kept: String = text
        .chars()
        .take_while(|c| match room.checked_sub(escaped_char_len(*c)) {
            Some(rest) => {
                room = rest;
                true
            }
            None => false,
        })
        .collect();
    format!("{kept}… (cut, {} bytes in all)", text.len())
}

/// Returns the length of a text inside the quotes of a JSON string.
fn escaped_len(text: &str) -> usize {
    text.chars().map(escaped_char_len).sum()
}

fn escaped_char_len(c: char) -> usize {
    match c {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        c if c < ' ' => 6,
        c => c.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    const AT: SystemTime = SystemTime::UNIX_EPOCH;

    fn parse(line: Line) -> Map<String, Value> {
        let bytes = line.into_bytes();
        assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count(), 1);
        assert!(bytes.len() <= MAX_LINE + 1, "{}", bytes.len());
        serde_json::from_slice(&bytes).unwrap()
    }

    #[test]
    fn the_fields_of_hclog() {
        let at = AT + Duration::new(1_700_000_000, 1_999);
        let mut line = Line::new(at, Level::Warn, "a_crate::part", "two\nlines");
        line.add("count", 3.into());
        let line = parse(line);
        assert_eq!(
            Value::Object(line),
            serde_json::json!({
                "@level": "warn",
                "@message": "two\nlines",
                "@module": "a_crate.part",
                "@timestamp": "2023-11-14T22:13:20.000001Z",
                "count": 3,
            })
        );
    }

    #[test]
    fn keys_that_are_taken_or_reserved_are_renamed() {
        let mut line = Line::new(AT, Level::Info, "m", "message");
        for key in ["@message", "@message", "message", "@", "values_left_out"] {
            line.add(key, key.into());
        }
        let line = parse(line);
        assert_eq!(line["@message"], "message");
        assert_eq!(line["message"], "@message");
        assert_eq!(line["message_2"], "@message");
        assert_eq!(line["message_3"], "message");
        assert_eq!(line["value"], "@");
        assert_eq!(line["values_left_out_2"], "values_left_out");
    }

    #[test]
    fn long_values_are_truncated_and_noted() {
        let mut line = Line::new(AT, Level::Info, "m", &"\u{1}".repeat(100_000));
        for number in 0..10 {
            line.add("big", "ä".repeat(10_000 + number).into());
        }
        let line = parse(line);
        let message = line["@message"].as_str().unwrap();
        assert!(message.ends_with("(cut, 100000 bytes in all)"), "{message}");
        assert!(
            line["big"]
                .as_str()
                .unwrap()
                .ends_with("(cut, 20000 bytes in all)")
        );
        assert_eq!(line["values_left_out"], 9);
    }

    /// Texts of all lengths up to several lines' worth, made of a few characters over and over.
    fn text() -> impl Strategy<Value = String> {
        ("(?s).{0,8}", 0_usize..4_000).prop_map(|(piece, times)| piece.repeat(times))
    }

    proptest! {
        #[test]
        fn any_text_makes_one_short_line_of_json(
            message in text(),
            pairs in prop::collection::vec((text(), text()), 0..8),
        ) {
            let mut line = Line::new(AT, Level::Trace, "m", &message);
            for (key, value) in &pairs {
                line.add(key, value.as_str().into());
            }
            let line = parse(line);
            for key in ["@level", "@message", "@module", "@timestamp"] {
                prop_assert!(line[key].is_string());
            }
        }
    }
}
