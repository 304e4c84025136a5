//! The form of signatures that a server insists on, and the difference between clocks that it accepts.

use super::file::{RecordedExchange, Signing};
use crate::signature::Accepts;

/// Returns the forms of signatures that the server accepts, as far as it refused others.
pub(crate) fn accepts(exchanges: &[RecordedExchange]) -> Accepts {
    let signings = |is_refused: bool| {
        exchanges
            .iter()
            .filter(move |exchange| {
                let reply = exchange.reply.as_ref();
                reply.is_some_and(|reply| (reply.status == 401) == is_refused)
            })
            .map(|exchange| &exchange.signing)
    };
    let Some(accepted) = signings(false).next() else {
        return Accepts::default();
    };
    // The clock may be the reason why a form was refused that was accepted later.
    let refused: Vec<&Signing> = signings(true)
        .filter(|refused| !signings(false).any(|accepted| refused.has_form_of(accepted)))
        .collect();
    let is_about_precision = |refused: &&&Signing| {
        refused.has_headers_of(accepted) && refused.has_milliseconds != accepted.has_milliseconds
    };
    let is_about_headers = |refused: &&&Signing| {
        refused.has_milliseconds == accepted.has_milliseconds && !refused.has_headers_of(accepted)
    };
    let mut demands = Vec::new();
    if refused.iter().any(|refused| is_about_precision(&refused)) {
        let precision = if accepted.has_milliseconds {
            "milliseconds"
        } else {
            "seconds"
        };
        demands.push(format!("timestamp-precision={precision}"));
    }
    if refused.iter().any(|refused| is_about_headers(&refused)) {
        demands.push(format!("signed-headers={}", all_headers(signings(false))));
    }
    demands.iter().fold(Accepts::default(), |accepts, demand| {
        accepts.clone().with(demand).unwrap_or(accepts)
    })
}

/// Returns the greatest difference between the clocks with which the server accepted a signature, and the
/// smallest with which it refused one of the same form, in seconds.
pub(crate) fn clock_skews(exchanges: &[RecordedExchange]) -> (Option<u64>, Option<u64>) {
    let accepted = || {
        exchanges
            .iter()
            .filter(|exchange| exchange.authorized_reply().is_some())
    };
    let skew = |exchange: &RecordedExchange| exchange.signing.clock_off_by.unsigned_abs();
    let is_of_accepted_form = |exchange: &&RecordedExchange| {
        accepted().any(|other| other.signing.has_form_of(&exchange.signing))
    };
    let refused = exchanges
        .iter()
        .filter(|exchange| {
            exchange
                .reply
                .as_ref()
                .is_some_and(|reply| reply.status == 401)
        })
        .filter(is_of_accepted_form);
    (accepted().map(skew).max(), refused.map(skew).min())
}

/// Returns the headers of all signatures: some requests have more than others.
fn all_headers<'a>(signings: impl Iterator<Item = &'a Signing>) -> String {
    let mut names: Vec<&str> = signings
        .flat_map(|signing| signing.signed_headers.split(';'))
        .collect();
    names.sort_unstable();
    names.dedup();
    names.join(";")
}

// === impl Signing ===

impl Signing {
    fn has_form_of(&self, other: &Self) -> bool {
        self.has_milliseconds == other.has_milliseconds && self.has_headers_of(other)
    }

    /// Compares the headers that every request has.
    fn has_headers_of(&self, other: &Self) -> bool {
        let headers = |signing: &Self| -> Vec<String> {
            let names = signing.signed_headers.split(';');
            names
                .filter(|name| *name != "content-length")
                .map(str::to_owned)
                .collect()
        };
        headers(self) == headers(other)
    }
}
