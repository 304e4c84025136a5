//! Decodes the body of a reply.
//!
//! JSON is UTF-8, but older servers answer in the encoding of their operating system. The codes of a
//! reply are plain ASCII, so they survive any of this; text that cannot be decoded holds
//! replacement characters, by which a policy is recognized as unreadable.

use std::borrow::Cow;

use encoding_rs::GB18030;
use serde_json::Value;

use crate::charset::encoding;

/// The first bytes of a body that is compressed with gzip.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Decodes a body by its byte order mark, its charset, or as UTF-8. The mark is left out.
pub(crate) fn decode<'a>(body: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    let (text, ..) = encoding(body, content_type).decode(body);
    text
}

/// Reads a body as JSON.
///
/// # Errors
///
/// [`serde_json::Error`] if the decoded text is not JSON.
pub(crate) fn json(body: &[u8], content_type: Option<&str>) -> Result<Value, serde_json::Error> {
    let (text, _, is_damaged) = encoding(body, content_type).decode(body);
    let value = serde_json::from_str(&text);
    // A backslash may be the second byte of a Chinese character. Only the structure is taken from
    // this guess: the characters would be wrong if it is.
    match value {
        Err(error) if is_damaged => {
            let (text, ..) = GB18030.decode(body);
            let text: String = text.chars().map(ascii_or_lost).collect();
            serde_json::from_str(&text).map_err(|_| error)
        }
        value => value,
    }
}

/// Returns the compression of a body, if it has one.
pub(crate) fn compression(body: &[u8], content_encoding: Option<&str>) -> Option<String> {
    let declared: Vec<_> = content_encoding
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case("identity"))
        .collect();
    if !declared.is_empty() {
        return Some(declared.join(", "));
    }
    body.starts_with(&GZIP).then(|| "gzip".to_owned())
}

const fn ascii_or_lost(c: char) -> char {
    if c.is_ascii() {
        c
    } else {
        char::REPLACEMENT_CHARACTER
    }
}
