//! The content type of replies.

use std::collections::BTreeSet;

use isales_client::{
    observer::{ExchangeOutcome, ObservedReply},
    printable,
};

use crate::doctor::{
    finding::{Finding, Step},
    session::Session,
};

/// The maximum length of a content type in the output, in characters.
const LONGEST: usize = 80;

/// Notes content types that are not that of JSON. The provider reads JSON whatever its content type, but
/// a gateway in between may not.
pub(in crate::doctor) fn run(session: &mut Session) {
    let exchanges = session.recorder.all();
    let others: BTreeSet<String> = exchanges
        .iter()
        .filter_map(|exchange| match &exchange.outcome {
            ExchangeOutcome::Replied(reply) if reply.status == 200 => Some(reply),
            _ => None,
        })
        .map(content_type)
        .filter(|name| !is_json(name))
        .map(|name| match name {
            "" => "none".to_owned(),
            name => printable(name, LONGEST),
        })
        .collect();
    if others.is_empty() {
        return;
    }
    let others: Vec<_> = others.into_iter().collect();
    let finding = Finding::notice(
        Step::Query,
        "content_type_differs",
        format!(
            "replies have the content type {}, and not application/json",
            others.join(" or ")
        ),
    );
    session.report(finding.detail("The provider reads them nevertheless."));
}

fn content_type(reply: &ObservedReply) -> &str {
    let mut headers = reply.headers.iter();
    headers
        .find(|(name, _)| name == "content-type")
        .map_or("", |(_, value)| value.as_str())
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_several_names() {
        for name in [
            "application/json",
            "Application/JSON; charset=GBK",
            "application/problem+json",
        ] {
            assert!(is_json(name), "{name}");
        }
        for name in ["", "text/html", "text/plain; charset=UTF-8", "json"] {
            assert!(!is_json(name), "{name}");
        }
    }
}
