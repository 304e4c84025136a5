//! Recorded bodies.

use encoding_rs::{Encoding, UTF_8};

use super::error::LikeError;
use crate::{
    http::{Delivery, encoded_json, gzip},
    json::{self, Node, Style},
};

const BYTE_ORDER_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// No text has this byte.
const LOST: u8 = 0xff;

/// Compressed in the place of a body whose content is not recorded.
const UNKNOWN: &[u8] = b"{}";

/// A body, as bytes and as what they mean.
#[derive(Clone, Debug)]
pub(crate) struct RecordedBody {
    pub(crate) bytes: Vec<u8>,
    pub(crate) text: Option<String>,
    /// The value, if it is JSON.
    pub(crate) json: Option<Node>,
    pub(crate) encoding: &'static Encoding,
    pub(crate) has_byte_order_mark: bool,
    pub(crate) delivery: Delivery,
}

// === impl RecordedBody ===

impl RecordedBody {
    pub(super) fn read(node: &Node) -> Result<Self, LikeError> {
        if let Some(json) = node.member("json") {
            return Ok(Self::of_text(node, Style::JSON.write(json)));
        }
        if let Some(text) = node.member("text").and_then(Node::as_text) {
            return Ok(Self::of_text(node, text.to_owned()));
        }
        if let Some(pieces) = node.member("pieces") {
            let mut bytes = Vec::new();
            for piece in pieces.entries() {
                match (piece.as_text(), piece.as_number()) {
                    (Some(text), _) => bytes.extend(text.as_bytes()),
                    (None, Some(lost)) => {
                        bytes.resize(bytes.len() + usize::min(lost, 1 << 20), LOST)
                    }
                    (None, None) => return Err(LikeError::Part("body.pieces")),
                }
            }
            return Ok(Self::of_bytes(bytes));
        }
        if let Some(length) = node.member("bytes").and_then(Node::as_number::<usize>) {
            let bytes = match node.member("kind").and_then(Node::as_text) {
                Some("gzip") => gzip(UNKNOWN),
                _ => vec![LOST; length.min(1 << 20)],
            };
            return Ok(Self::of_bytes(bytes));
        }
        if node.member("incomplete").is_some() {
            let mut body = Self::of_bytes(UNKNOWN.to_vec());
            body.delivery = Delivery::CutShort;
            return Ok(body);
        }
        match node {
            Node::Null => Ok(Self::of_bytes(Vec::new())),
            _ => Err(LikeError::Part("body")),
        }
    }

    fn of_text(node: &Node, text: String) -> Self {
        let charset = node.member("charset").and_then(Node::as_text);
        let encoding = charset.and_then(|label| Encoding::for_label(label.as_bytes()));
        let encoding = encoding.unwrap_or(UTF_8);
        let has_byte_order_mark = node.member("byte_order_mark").is_some();
        Self {
            bytes: encoded(&text, encoding, has_byte_order_mark),
            json: json::parse(&text).ok(),
            text: Some(text),
            encoding,
            has_byte_order_mark,
            delivery: Delivery::Complete,
        }
    }

    fn of_bytes(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            text: None,
            json: None,
            encoding: UTF_8,
            has_byte_order_mark: false,
            delivery: Delivery::Complete,
        }
    }

    /// Returns a body with other JSON in the same encoding.
    pub(crate) fn with_json(&self, json: &Node) -> Vec<u8> {
        encoded(
            &Style::JSON.write(json),
            self.encoding,
            self.has_byte_order_mark,
        )
    }
}

fn encoded(text: &str, encoding: &'static Encoding, has_byte_order_mark: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    if has_byte_order_mark {
        bytes.extend(BYTE_ORDER_MARK);
    }
    bytes.extend(encoded_json(encoding, text));
    bytes
}
