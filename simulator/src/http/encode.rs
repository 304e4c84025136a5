//! Encodes bodies.

use std::io::{self, Write as _};

use encoding_rs::Encoding;
use flate2::{Compression, write::GzEncoder};

/// Encodes JSON text. Characters that the encoding does not have are escaped.
pub(crate) fn encoded_json(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut buffer = [0; 4];
    for character in text.chars() {
        let (encoded, _, unmappable) = encoding.encode(character.encode_utf8(&mut buffer));
        if unmappable {
            for unit in character.encode_utf16(&mut [0; 2]) {
                bytes.extend(format!("\\u{unit:04x}").into_bytes());
            }
        } else {
            bytes.extend_from_slice(&encoded);
        }
    }
    bytes
}

/// Compresses a body.
pub(crate) fn gzip(body: &[u8]) -> Vec<u8> {
    let compress = || -> io::Result<Vec<u8>> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(body)?;
        encoder.finish()
    };
    // Writing to memory does not fail.
    compress().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use encoding_rs::GBK;

    use super::*;

    #[test]
    fn gbk_escapes_what_it_does_not_have() {
        assert_eq!(encoded_json(GBK, "{\"参\""), b"{\"\xb2\xce\"");
        assert_eq!(
            encoded_json(GBK, "e\u{301}\u{1f4de}"),
            b"e\\u0301\\ud83d\\udcde"
        );
    }
}
