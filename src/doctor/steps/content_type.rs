//! The content type of replies.

use std::collections::BTreeSet;

use isales_client::{observer::ExchangeOutcome, printable};

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
        .filter(|reply| !reply.has_json_type())
        .map(|reply| match reply.header("content-type") {
            None | Some("") => "none".to_owned(),
            Some(name) => printable(name, LONGEST),
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
