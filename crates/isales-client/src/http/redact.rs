//! Makes text from a server safe to show: a server or a proxy may echo the request, including its
//! Authorization header.

use crate::{config::Credentials, printable::printable};

const REDACTED: &str = "[redacted]";

/// Maximum length of an excerpt in an error, in characters.
const MAX_EXCERPT: usize = 120;

/// Number of bytes of a body that an excerpt is made from.
const MAX_LOOKED_AT: usize = 4096;

/// Minimum length of a run of hexadecimal digits that may be part of a signature.
const MIN_HEX_RUN: usize = 32;

/// Returns the start of a body, without secrets, escaped.
pub(crate) fn excerpt(body: &[u8], credentials: &Credentials) -> String {
    let start = body
        .get(..body.len().min(MAX_LOOKED_AT))
        .unwrap_or_default();
    shorten(&String::from_utf8_lossy(start), credentials)
}

/// Returns the start of a text, without secrets, escaped.
pub(crate) fn shorten(text: &str, credentials: &Credentials) -> String {
    printable(&scrub(text.trim(), credentials), MAX_EXCERPT)
}

/// Removes the secret key, signatures and anything that looks like an Authorization header.
pub(crate) fn scrub(text: &str, credentials: &Credentials) -> String {
    let text = text.replace(credentials.secret_key(), REDACTED);
    scrub_hex(&scrub_authorization(&text))
}

fn scrub_authorization(text: &str) -> String {
    const START: &str = "auth-v2/";
    let mut pieces = text.split(START);
    let mut clean = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | ',' | '}'))
            .unwrap_or(piece.len());
        clean.push_str(REDACTED);
        clean.push_str(piece.get(end..).unwrap_or_default());
    }
    clean
}

fn scrub_hex(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let run = rest
            .find(|c: char| !c.is_ascii_hexdigit())
            .unwrap_or(rest.len());
        let (hex, after) = rest.split_at(run);
        clean.push_str(if run >= MIN_HEX_RUN { REDACTED } else { hex });
        let other = after
            .find(|c: char| c.is_ascii_hexdigit())
            .unwrap_or(after.len());
        let (plain, next) = after.split_at(other);
        clean.push_str(plain);
        rest = next;
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_echoed_request_shows_no_secret() {
        let credentials = Credentials::new("AK", "top-secret").unwrap();
        let signature = "0123456789abcdef".repeat(4);
        let echo = format!(
            "{{\"Authorization\":\"auth-v2/AK/2025-01-02T03:04:05Z/host/{signature}\",\"a\":\"{signature}\",\"b\":\"top-secret\"}}"
        );
        assert_eq!(
            excerpt(echo.as_bytes(), &credentials),
            r#"{"Authorization":"[redacted]","a":"[redacted]","b":"[redacted]"}"#
        );
        assert_eq!(
            shorten("<b>Überlast 503</b>\n", &credentials),
            "<b>Überlast 503</b>"
        );
    }
}
