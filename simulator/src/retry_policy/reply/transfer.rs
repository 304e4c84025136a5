//! The transfer of a reply's text: headers, charset and compression.

use std::io::{self, Write as _};

use encoding_rs::GBK;
use flate2::{Compression, write::GzEncoder};

use crate::{
    http::Reply,
    shape::{Charset, ContentEncoding, ContentType, Shape},
};

/// Returns a reply with status 200.
pub(super) fn transfer(shape: Shape, text: &str) -> Reply {
    let body = match shape.charset {
        Charset::Utf8 => text.as_bytes().to_vec(),
        Charset::Utf8Bom => format!("\u{feff}{text}").into_bytes(),
        Charset::Gbk | Charset::GbkUndeclared => gbk(text),
    };
    let mut reply = Reply::json(200, body);
    reply.headers.clear();
    if let Some(content_type) = content_type(shape) {
        reply = reply.with_header("content-type", content_type);
    }
    match shape.content_encoding {
        ContentEncoding::Identity => reply,
        ContentEncoding::Gzip => {
            // Writing to memory does not fail.
            reply.body = gzip(&reply.body).unwrap_or_default();
            reply.with_header("content-encoding", "gzip")
        }
    }
}

fn content_type(shape: Shape) -> Option<String> {
    let media_type = match shape.content_type {
        ContentType::Json => "application/json",
        ContentType::TextPlain => "text/plain",
        ContentType::TextHtml => "text/html",
        ContentType::Absent => return None,
    };
    let charset = match shape.charset {
        Charset::Utf8 | Charset::Utf8Bom => "; charset=UTF-8",
        Charset::Gbk => ";charset=GBK",
        Charset::GbkUndeclared => "",
    };
    Some(format!("{media_type}{charset}"))
}

/// Encodes JSON text. Characters that GBK does not have are escaped.
pub(super) fn gbk(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut buffer = [0; 4];
    for character in text.chars() {
        let (encoded, _, unmappable) = GBK.encode(character.encode_utf8(&mut buffer));
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

fn gzip(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}
