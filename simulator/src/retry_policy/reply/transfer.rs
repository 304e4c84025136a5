//! The transfer of a reply's text: headers, charset and compression.

use encoding_rs::GBK;

use crate::{
    http::{Reply, encoded_json, gzip},
    shape::{Charset, ContentEncoding, ContentType, Shape},
};

/// Returns a reply with status 200.
pub(super) fn transfer(shape: Shape, text: &str) -> Reply {
    let body = match shape.charset {
        Charset::Utf8 => text.as_bytes().to_vec(),
        Charset::Utf8Bom => format!("\u{feff}{text}").into_bytes(),
        Charset::Gbk | Charset::GbkUndeclared => encoded_json(GBK, text),
    };
    let mut reply = Reply::json(200, body);
    reply.headers.clear();
    if let Some(content_type) = content_type(shape) {
        reply = reply.with_header("content-type", content_type);
    }
    match shape.content_encoding {
        ContentEncoding::Identity => reply,
        ContentEncoding::Gzip => {
            reply.body = gzip(&reply.body);
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
