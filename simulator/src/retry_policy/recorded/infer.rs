//! Finds the shape whose replies are those that were recorded.

use encoding_rs::{GB18030, GBK};
use serde_json::{Map, Value};

use super::{
    observed::{Observed, Source, Subject},
    similarity::{Runs, skeleton},
};
use crate::{
    api::{Refusal, ResultCode},
    http::Reply,
    like::RecordedReply,
    retry_policy::reply::{accepted, queried, refused},
    shape::{Charset, ContentEncoding, ContentType, Query, Readability, Shape},
};

/// How often all keys are tried. One key can hide another.
const ROUNDS: usize = 4;

/// The number of different replies that are compared.
const MAX_COMPARED: usize = 12;

/// The keys of the transfer, which are read from headers and bytes.
const TRANSFER: [&str; 4] = ["charset", "content-type", "content-encoding", "query"];

/// Returns the shape, and notes on what no shape has.
pub(super) fn infer(observed: &[Observed]) -> (Shape, Vec<String>) {
    let mut notes = Vec::new();
    let transfer = transfer(observed);
    let compared: Vec<(&Observed, Runs)> = compared(observed)
        .into_iter()
        .map(|one| (one, Runs::of(&recorded(one))))
        .collect();
    let mut shape = nearest_preset(transfer, &compared);
    for _ in 0..ROUNDS {
        let before = shape;
        for (key, values) in Shape::KEYS {
            if TRANSFER.contains(&key) {
                continue;
            }
            let mut best = likeness(shape, &compared);
            // What is compared could be read.
            let readable = values
                .iter()
                .filter(|(_, readability)| *readability != Readability::Unreadable);
            for (value, _) in readable {
                let changed = Map::from_iter([(key.to_owned(), Value::from(*value))]);
                let Ok(candidate) = shape.merged(&changed) else {
                    continue;
                };
                let likeness = likeness(candidate, &compared);
                if likeness > best {
                    (best, shape) = (likeness, candidate);
                }
            }
        }
        if shape == before {
            break;
        }
    }
    let unlike = compared
        .iter()
        .filter(|(one, _)| {
            skeleton(&text(&rendered(shape, &one.subject))) != skeleton(&recorded(one))
        })
        .count();
    if unlike > 0 {
        notes.push(format!(
            "no shape has the form of {unlike} of {} kinds of replies about retry policies; they are \
             only repeated as recorded",
            compared.len()
        ));
    }
    let unreadable = |one: &&Observed| matches!(one.subject, Subject::Unreadable);
    let unreadable = observed.iter().filter(unreadable).count();
    if unreadable > 0 {
        notes.push(format!(
            "{unreadable} replies about retry policies cannot be read; they are only repeated as recorded"
        ));
    }
    (shape, notes)
}

/// Returns the preset whose replies are most like those that were recorded, to begin with: from another
/// one, a change of one key may lead away from the others.
fn nearest_preset(transfer: Shape, compared: &[(&Observed, Runs)]) -> Shape {
    let presets = Shape::PRESETS
        .iter()
        .filter_map(|(_, keys)| transfer.with(keys).ok());
    presets
        .max_by_key(|preset| likeness(*preset, compared))
        .unwrap_or(transfer)
}

/// Returns the shape of the transfer.
fn transfer(observed: &[Observed]) -> Shape {
    let mut shape = Shape::default();
    let replies = || observed.iter().map(|one| &one.reply);
    let Some(reply) = replies()
        .find(|reply| reply.result_code().is_some())
        .or(replies().next())
    else {
        return shape;
    };
    let body = &reply.body;
    let content_type = reply.header("content-type");
    if reply.status == 200 {
        shape.content_type = match content_type.map(|value| value.split(';').next()) {
            None => ContentType::Absent,
            Some(Some("text/plain")) => ContentType::TextPlain,
            Some(Some("text/html")) => ContentType::TextHtml,
            Some(_) => ContentType::Json,
        };
    }
    let declares_charset = content_type.is_some_and(|value| value.contains("charset"));
    shape.charset = if body.encoding == GBK || body.encoding == GB18030 {
        if declares_charset {
            Charset::Gbk
        } else {
            Charset::GbkUndeclared
        }
    } else if body.has_byte_order_mark {
        Charset::Utf8Bom
    } else {
        Charset::Utf8
    };
    if reply.header("content-encoding") == Some("gzip") {
        shape.content_encoding = ContentEncoding::Gzip;
    }
    // A server without the query refuses it for every campaign.
    let queries = || {
        let is_query = |one: &&Observed| !matches!(one.subject, Subject::Accepted);
        observed.iter().filter(is_query).map(|one| one.reply.status)
    };
    shape.query = match queries().next() {
        Some(404) if queries().all(|status| status == 404) => Query::NotFound,
        Some(405) if queries().all(|status| status == 405) => Query::MethodNotAllowed,
        _ => Query::Served,
    };
    shape
}

/// Returns the replies that a shape can be compared with, one of each form.
fn compared(observed: &[Observed]) -> Vec<&Observed> {
    // Only what was posted in the recording shows the order that the server makes of the client's.
    let is_posted = |one: &Observed| matches!(one.subject, Subject::Policy(_, Source::Posted));
    let has_posted = observed.iter().any(is_posted);
    let mut forms = Vec::new();
    observed
        .iter()
        .filter(|one| match &one.subject {
            Subject::Policy(_, source) => !has_posted || *source == Source::Posted,
            Subject::Unset | Subject::Gone | Subject::Accepted => true,
            Subject::Unreadable => false,
        })
        .filter(|one| one.reply.body.text.is_some() || one.reply.body.bytes.is_empty())
        .filter(|one| {
            let form = (
                std::mem::discriminant(&one.subject),
                skeleton(&recorded(one)),
            );
            let is_new = !forms.contains(&form);
            forms.push(form);
            is_new
        })
        .take(MAX_COMPARED)
        .collect()
}

fn likeness(shape: Shape, compared: &[(&Observed, Runs)]) -> i32 {
    compared
        .iter()
        .map(|(one, recorded)| {
            let rendered = text(&rendered(shape, &one.subject));
            Runs::of(&rendered).likeness(recorded)
        })
        .sum()
}

/// Returns the reply in a shape, in plain UTF-8.
fn rendered(shape: Shape, subject: &Subject) -> Reply {
    let shape = Shape {
        charset: Charset::Utf8,
        content_encoding: ContentEncoding::Identity,
        ..shape
    };
    match subject {
        Subject::Policy(policy, _) => queried(shape, Some(policy)),
        Subject::Unset | Subject::Unreadable => queried(shape, None),
        Subject::Gone => refused(shape, &Refusal::from(ResultCode::NoSuchCampaign)),
        Subject::Accepted => accepted(shape),
    }
}

fn text(reply: &Reply) -> String {
    format!("{} {}", reply.status, String::from_utf8_lossy(&reply.body))
}

fn recorded(observed: &Observed) -> String {
    let RecordedReply { status, body, .. } = &observed.reply;
    format!("{status} {}", body.text.as_deref().unwrap_or_default())
}
