//! Values in headers.

use super::{
    keep::Keep,
    prose::prose,
    text::{Glyph, Mark, Text, text_of},
    token::Tokens,
};

/// Headers whose values are lengths, which stand-ins keep, or waits.
const NUMBERS: [&str; 2] = ["content-length", "retry-after"];

/// Headers made of words of HTTP, with those words.
const WORDS: [(&str, &[&str]); 4] = [
    (
        "allow",
        &["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
    ),
    ("connection", &["close", "keep-alive"]),
    ("content-encoding", &["br", "deflate", "gzip", "identity"]),
    ("transfer-encoding", &["chunked"]),
];

/// Reads the value of a header.
pub(super) fn value(name: &str, value: &str, keep: &Keep, tokens: &mut Tokens) -> Text {
    let mut text = Text::new(value);
    if !is_kept(name, value) {
        let glyphs = text.glyphs();
        let mut marks = Vec::new();
        match name {
            "content-type" => content_type(&glyphs, keep, &mut marks),
            _ => prose(&glyphs, keep, &mut marks),
        }
        text.mark(marks, tokens);
    }
    text
}

fn is_kept(name: &str, value: &str) -> bool {
    let is_number = || value.bytes().all(|byte| byte.is_ascii_digit());
    let words = WORDS.iter().find(|(known, _)| *known == name);
    let is_of_words = |words: &[&str]| {
        let mut parts = value.split(',').map(str::trim);
        parts.all(|part| words.iter().any(|word| part.eq_ignore_ascii_case(word)))
    };
    (NUMBERS.contains(&name) && is_number()) || words.is_some_and(|(_, words)| is_of_words(words))
}

/// Marks everything but the media type and the charset.
fn content_type(glyphs: &[Glyph], keep: &Keep, marks: &mut Vec<Mark>) {
    for (index, part) in glyphs.split(|glyph| glyph.character == ';').enumerate() {
        let text = text_of(part);
        let is_media_type = index == 0
            && text.trim().bytes().all(|byte| {
                byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'+' | b'-' | b'.')
            });
        let is_charset = text
            .trim()
            .get(..8)
            .is_some_and(|name| name.eq_ignore_ascii_case("charset="));
        if !(is_media_type || is_charset) {
            prose(part, keep, marks);
        }
    }
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::*;

    fn replaced(name: &str, text: &str) -> String {
        let mut tokens = Tokens::default();
        let text = value(name, text, &Keep::new([]), &mut tokens);
        text.replaced(&tokens.draw(&mut Rng::with_seed(1)))
    }

    #[test]
    fn the_words_of_http_are_kept() {
        for (name, value) in [
            ("content-type", "application/json; charset=UTF-8"),
            ("content-type", "text/html;charset=GBK"),
            ("content-length", "72"),
            ("retry-after", "120"),
            ("allow", "GET, POST"),
            ("connection", "keep-alive"),
            ("content-encoding", "gzip"),
        ] {
            assert_eq!(replaced(name, value), value);
        }
    }

    #[test]
    fn everything_else_is_replaced() {
        for (name, value) in [
            ("content-type", "application/json; boundary=acme"),
            ("allow", "ACME"),
            ("server", "acme/9"),
            ("set-cookie", "session=acme"),
            ("retry-after", "Thu, 02 Jan 2025 03:04:05 GMT"),
            ("date", "Thu, 02 Jan 2025 03:04:05 GMT"),
        ] {
            let other = replaced(name, value);
            assert_ne!(other, value);
            assert_eq!(other.len(), value.len());
            assert!(!other.to_lowercase().contains("acme"), "{other}");
        }
    }
}
