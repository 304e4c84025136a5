//! Headers: their values, and names that are values.

use isales_client::is_charset;

use super::{
    keep::Keep,
    prose::prose,
    text::{Glyph, Mark, Text, text_of},
    token::Tokens,
};

/// Headers whose values are lengths, which stand-ins keep, or waits.
const NUMBERS: [&str; 2] = ["content-length", "retry-after"];

/// The longest number that is kept: more than any length or wait has.
const LONGEST_NUMBER: usize = 10;

/// The types that media types begin with.
const TYPES: [&str; 9] = [
    "application",
    "audio",
    "font",
    "image",
    "message",
    "model",
    "multipart",
    "text",
    "video",
];

/// The longest subtype of a media type that is kept.
const LONGEST_SUBTYPE: usize = 40;

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

/// Reads the name of a header that a server sent. It is a value if it may contain one.
pub(super) fn name(name: &str, keep: &Keep, tokens: &mut Tokens) -> Text {
    let mut text = Text::new(name);
    if !keep.header_name(name) {
        let mut marks = Vec::new();
        prose(&text.glyphs(), keep, &mut marks);
        text.mark(marks, tokens);
    }
    text
}

/// Reads the value of a header.
pub(super) fn value(name: &str, value: &str, keep: &Keep, tokens: &mut Tokens) -> Text {
    let mut text = Text::new(value);
    if !is_kept(name, value, keep) {
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

fn is_kept(name: &str, value: &str, keep: &Keep) -> bool {
    let is_number = || {
        value.len() <= LONGEST_NUMBER
            && value.bytes().all(|byte| byte.is_ascii_digit())
            && !keep.has_secret(value)
    };
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
        let is_kept = if index == 0 {
            is_media_type(text.trim()) && !keep.has_secret(&text)
        } else {
            is_charset_parameter(&text)
        };
        if !is_kept {
            prose(part, keep, marks);
        }
    }
}

fn is_media_type(text: &str) -> bool {
    let Some((kind, subtype)) = text.split_once('/') else {
        return false;
    };
    TYPES.iter().any(|known| kind.eq_ignore_ascii_case(known))
        && subtype.len() <= LONGEST_SUBTYPE
        && subtype
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'+' | b'-' | b'.'))
}

fn is_charset_parameter(text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, label)| {
        name.trim().eq_ignore_ascii_case("charset")
            && is_charset(label.trim().trim_matches(['"', '\'']))
    })
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::*;

    const SECRETS: [&str; 3] = ["EXAMPLEAK", "EXAMPLESK", "31415926"];

    fn replaced(name: &str, text: &str) -> String {
        let mut tokens = Tokens::default();
        let text = value(name, text, &Keep::new(SECRETS), &mut tokens);
        text.replaced(&tokens.draw(&mut Rng::with_seed(1)))
    }

    fn replaced_name(text: &str) -> String {
        let mut tokens = Tokens::default();
        let text = name(text, &Keep::new(SECRETS), &mut tokens);
        text.replaced(&tokens.draw(&mut Rng::with_seed(1)))
    }

    #[test]
    fn the_words_of_http_are_kept() {
        for (name, value) in [
            ("content-type", "application/json; charset=UTF-8"),
            ("content-type", "text/html;charset=GBK"),
            ("content-type", "text/html; Charset = \"gb2312\""),
            ("content-type", "application/vnd.huawei-isales+json"),
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

    #[test]
    fn a_secret_is_kept_nowhere() {
        for (name, value) in [
            ("content-type", "application/json; charset=EXAMPLESK"),
            ("content-type", "application/json; charset=ask EXAMPLESK"),
            ("content-type", "EXAMPLESK"),
            ("content-type", "application/exampleSK"),
            ("content-length", "31415926"),
        ] {
            let other = replaced(name, value).to_lowercase();
            assert_eq!(other.len(), value.len());
            for secret in ["examplesk", "31415926", "ask"] {
                assert!(!other.contains(secret), "{value} became {other}");
            }
        }
        for name in [
            "x-auth-v2-exampleak-2026-11-27t19-52-06-508z-4551592361073e09",
            "x-examplesk",
            "x-31415926",
            "exampleak",
        ] {
            let other = replaced_name(name);
            assert_eq!(other.len(), name.len());
            for part in ["exampleak", "examplesk", "2026", "4551592361", "31415926"] {
                assert!(!other.contains(part), "{name} became {other}");
            }
        }
        for name in ["x-request-id", "content-type", "x-b3-traceid"] {
            assert_eq!(replaced_name(name), name);
        }
    }
}
