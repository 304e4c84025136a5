//! The bodies of requests and replies.

use isales_client::observer::ObservedReply;

use super::{
    html::{html, is_html},
    json::{self, Object},
    keep::Keep,
    prose::prose,
    structure,
    text::{Glyph, Mark, Text},
    token::{StandIns, Tokens},
};

/// The first bytes of a body that is compressed with gzip.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Stands for bytes that are no text.
const LOST: char = char::REPLACEMENT_CHARACTER;

/// A body with its values marked.
#[derive(Debug)]
pub(super) enum Body {
    /// There is none, or it did not arrive whole.
    Missing { is_incomplete: bool },
    Text {
        text: Text,
        /// The charset, unless it is UTF-8.
        charset: Option<&'static str>,
        has_byte_order_mark: bool,
    },
    /// Text with bytes in it that are none: a [`LOST`] for each of the numbers of bytes.
    Damaged { text: Text, lost: Vec<usize> },
    /// No text at all.
    Binary { kind: &'static str, length: usize },
}

// === impl Body ===

impl Body {
    /// Reads the body of a request.
    pub(super) fn of_request(body: Option<&[u8]>, keep: &Keep, tokens: &mut Tokens) -> Self {
        match body {
            None => Self::Missing {
                is_incomplete: false,
            },
            Some(body) => {
                let text = String::from_utf8_lossy(body);
                Self::text(
                    &text,
                    None,
                    false,
                    |glyphs| marks(glyphs, keep, true),
                    tokens,
                )
            }
        }
    }

    /// Reads the body of a reply.
    pub(super) fn of_reply(reply: &ObservedReply, keep: &Keep, tokens: &mut Tokens) -> Self {
        let Some(body) = reply.body.as_deref() else {
            return Self::Missing {
                is_incomplete: true,
            };
        };
        let read = |glyphs: &[Glyph]| marks(glyphs, keep, false);
        if body.starts_with(&GZIP) {
            return Self::Binary {
                kind: "gzip",
                length: body.len(),
            };
        }
        if let Some(decoded) = reply.text() {
            let charset = (decoded.charset != "UTF-8").then_some(decoded.charset);
            let mark = decoded.has_byte_order_mark;
            return Self::text(&decoded.text, charset, mark, read, tokens);
        }
        let mut lost = Vec::new();
        let mut text = String::new();
        for chunk in body.utf8_chunks() {
            text.push_str(chunk.valid());
            match lost.last_mut() {
                _ if chunk.invalid().is_empty() => {}
                Some(last) if text.ends_with(LOST) => *last += chunk.invalid().len(),
                _ => {
                    text.push(LOST);
                    lost.push(chunk.invalid().len());
                }
            }
        }
        if lost.iter().sum::<usize>() * 3 > body.len() {
            return Self::Binary {
                kind: "binary",
                length: body.len(),
            };
        }
        let mut text = Text::new(&text);
        text.mark(read(&text.glyphs()), tokens);
        Self::Damaged { text, lost }
    }

    fn text(
        text: &str,
        charset: Option<&'static str>,
        has_byte_order_mark: bool,
        read: impl Fn(&[Glyph]) -> Vec<Mark>,
        tokens: &mut Tokens,
    ) -> Self {
        let mut text = Text::new(text);
        text.mark(read(&text.glyphs()), tokens);
        Self::Text {
            text,
            charset,
            has_byte_order_mark,
        }
    }

    /// Returns the body as JSON.
    pub(super) fn to_json(&self, stand_ins: &StandIns) -> String {
        match self {
            Self::Missing {
                is_incomplete: false,
            } => "null".to_owned(),
            Self::Missing { .. } => Object::default().with("incomplete", "true").end(),
            Self::Text {
                text,
                charset,
                has_byte_order_mark,
            } => {
                let text = text.replaced(stand_ins);
                let mut object = if json::is_canonical(&text) {
                    Object::default().with("json", &text)
                } else {
                    Object::default().with("text", &json::string(&text))
                };
                if let Some(charset) = charset {
                    object = object.with("charset", &json::string(charset));
                }
                if *has_byte_order_mark {
                    object = object.with("byte_order_mark", "true");
                }
                object.end()
            }
            Self::Damaged { text, lost } => {
                let text = text.replaced(stand_ins);
                let mut pieces = Vec::new();
                for (index, piece) in text.split(LOST).enumerate() {
                    if let Some(length) = index.checked_sub(1).and_then(|index| lost.get(index)) {
                        pieces.push(length.to_string());
                    }
                    pieces.push(json::string(piece));
                }
                Object::default().with("pieces", &json::list(&pieces)).end()
            }
            Self::Binary { kind, length } => Object::default()
                .with("kind", &json::string(kind))
                .with("bytes", &length.to_string())
                .end(),
        }
    }
}

fn marks(glyphs: &[Glyph], keep: &Keep, is_request: bool) -> Vec<Mark> {
    let first = glyphs
        .iter()
        .map(|glyph| glyph.character)
        .find(|character| !character.is_whitespace());
    match first {
        Some('{' | '[') => structure::body(glyphs, keep, is_request),
        _ if is_html(glyphs) => html(glyphs, keep),
        _ => {
            let mut marks = Vec::new();
            prose(glyphs, keep, &mut marks);
            marks
        }
    }
}
