//! The charset of a body.
//!
//! JSON is UTF-8, but older servers answer in the encoding of their operating system, declared or not.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A body as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodedText {
    /// The text, without a byte order mark.
    pub text: String,
    /// The name of the charset.
    pub charset: &'static str,
    /// Whether the body begins with a byte order mark.
    pub has_byte_order_mark: bool,
}

/// Decodes a body in its charset or else in GB18030. Returns `None` if neither fits all of it.
pub(crate) fn decode_whole(body: &[u8], content_type: Option<&str>) -> Option<DecodedText> {
    [encoding(body, content_type), GB18030]
        .into_iter()
        .find_map(|encoding| {
            let (text, encoding, is_damaged) = encoding.decode(body);
            (!is_damaged).then(|| DecodedText {
                text: text.into_owned(),
                charset: encoding.name(),
                has_byte_order_mark: Encoding::for_bom(body).is_some(),
            })
        })
}

/// Returns the encoding of a body: by its first bytes, its declared charset, or UTF-8.
pub(crate) fn encoding(body: &[u8], content_type: Option<&str>) -> &'static Encoding {
    // The first character of JSON is ASCII, so in UTF-16 one of its two bytes is zero.
    match body {
        [0, _, ..] => return UTF_16BE,
        [_, 0, ..] => return UTF_16LE,
        _ => {}
    }
    let declared = content_type
        .and_then(charset)
        .and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()))
        .unwrap_or(UTF_8);
    // Web servers add the Latin charset of their settings to a body that an application wrote in
    // UTF-8. No text in the one is valid in the other by chance.
    let is_utf_8 = || std::str::from_utf8(body).is_ok();
    if declared == UTF_16BE || declared == UTF_16LE || (declared.is_single_byte() && is_utf_8()) {
        return UTF_8;
    }
    declared
}

/// Returns whether a charset has such a label, so that it says nothing but the charset.
#[must_use]
pub fn is_charset(label: &str) -> bool {
    Encoding::for_label(label.as_bytes()).is_some()
}

fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches(['"', '\'']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(body: &[u8], content_type: Option<&str>) -> Option<(String, &'static str, bool)> {
        decode_whole(body, content_type)
            .map(|decoded| (decoded.text, decoded.charset, decoded.has_byte_order_mark))
    }

    #[test]
    fn a_body_is_decoded_whole_or_not_at_all() {
        let text = |text: &str, charset, mark| Some((text.to_owned(), charset, mark));
        assert_eq!(decoded("é".as_bytes(), None), text("é", "UTF-8", false));
        assert_eq!(decoded(b"\xef\xbb\xbf{}", None), text("{}", "UTF-8", true));
        let gbk = Some("text/html;charset=GBK");
        assert_eq!(decoded(b"\xb2\xce", gbk), text("参", "GBK", false));
        assert_eq!(decoded(b"\xb2\xce", None), text("参", "gb18030", false));
        assert_eq!(decoded(b"\xff\xff", None), None);
    }
}
