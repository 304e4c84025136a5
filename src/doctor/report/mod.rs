//! `--report`: a file with every exchange, from which a server like the user's can be made, and in which
//! no value of the user is.
//!
//! Values are words, numbers, dates and times. Each is replaced by a random one of the same form, the
//! same one wherever it occurs. Everything around them stays: quotes, spaces, escapes, the order and
//! names of members.

mod body;
mod character;
mod exchange;
mod file;
mod form;
mod header;
mod html;
mod json;
mod keep;
mod prose;
mod secret;
mod secrets;
mod structure;
#[cfg(test)]
mod tests;
mod text;
mod token;

use std::{collections::BTreeMap, sync::Arc};

use fastrand::Rng;
use isales_client::observer::Exchange;
use zeroize::Zeroizing;

use self::{
    exchange::{MarkedExchange, clock_ahead, received},
    json::Object,
    keep::Keep,
    token::Tokens,
};
pub(super) use self::{file::ReportFile, secrets::secrets};
use super::finding::Finding;

/// The version of the file's format.
const FORMAT: &str = "1";

/// The text at the top of the file.
const ABOUT: [&str; 11] = [
    "A report of `terraform-provider-isales doctor --report`: what a CC-iSales server answered, without \
     the values of its owner. Read it through before you send it.",
    "Every word, number, date and time is replaced by a random one of the same form: as many characters \
     of the same kinds, the same one wherever the value occurs, and a valid date for a valid date. The \
     random choice is not kept, so nobody can turn it back, not even with the program.",
    "Zeros are kept, leading ones too, and -1 to -9, by which servers say that a value is not set.",
    "Kept: the names of members if they look like names. Those with a number of three digits or more, \
     with a number for a part, with other characters or with more than 40 are replaced, and so is a name \
     that contains a key, a signature, the endpoint, or a part of the proxy's URL.",
    "Kept: the values of policyType, type and status if they are short numbers or words, and in \
     resultCode and returnCode the codes that the API reference lists.",
    "Kept: HTTP methods and statuses, the fixed parts of the API's paths, the names of parameters, and \
     the numbers by which the program asks for a page.",
    "Kept: the names of headers under the same conditions, but with numbers of up to four digits, content \
     types with a known charset, content-length, retry-after in seconds, and allow, connection, \
     content-encoding and transfer-encoding if they contain nothing but words of HTTP.",
    "Kept: null, true and false, punctuation, spaces, escapes, exponents of numbers, and in HTML pages \
     the names of common tags and attributes.",
    "Not in the file: the endpoint, the keys and signatures, the proxy, the certificates, and the texts \
     of the findings.",
    "A body is `json` if it is JSON without spaces, and otherwise `text`; `charset` and `byte_order_mark` \
     say how it was encoded. `pieces` has text, and the number of bytes in between that are no text.",
    "`isales-simulator --like FILE` becomes a server like this one. Its VDN is `vdn_id`.",
];

/// A report, before values are replaced.
#[derive(Debug)]
pub(super) struct Report<'a> {
    pub(super) findings: &'a [Finding],
    pub(super) exchanges: &'a [Arc<Exchange>],
    /// Facts for the simulator that no exchange shows, by name, as JSON: the results of measurements
    /// and of a trial. They contain no values of the user.
    pub(super) facts: &'a BTreeMap<&'static str, serde_json::Value>,
    /// The keys, passwords and hosts in use. A server may echo them.
    pub(super) secrets: &'a [Zeroizing<String>],
}

// === impl Report ===

impl Report<'_> {
    /// Returns the content of the file.
    pub(super) fn text(&self, rng: &mut Rng) -> String {
        let keep = Keep::new(self.secrets.iter().map(|secret| secret.as_str()));
        let mut tokens = Tokens::default();
        let start = self
            .exchanges
            .iter()
            .filter_map(|exchange| received(exchange))
            .min();
        let exchanges: Vec<_> = self
            .exchanges
            .iter()
            .map(|exchange| MarkedExchange::new(exchange, start, &keep, &mut tokens))
            .collect();
        let stand_ins = tokens.draw(rng);
        let vdn_id = exchanges
            .iter()
            .find_map(|exchange| exchange.vdn_id(&stand_ins));
        let about: Vec<String> = ABOUT.iter().map(|line| json::string(line)).collect();
        let findings: Vec<String> = self.findings.iter().map(finding).collect();
        // Later requests may be signed, and their replies dated, by a clock that was set to the server's.
        let clock_ahead = self
            .exchanges
            .iter()
            .find_map(|exchange| clock_ahead(exchange));
        let server = self.facts.iter().fold(
            Object::default().with("clock_ahead_s", &json::number(clock_ahead)),
            |server, (name, fact)| server.with(name, &fact.to_string()),
        );
        let exchanges: Vec<String> = exchanges
            .iter()
            .map(|exchange| exchange.to_json(&stand_ins))
            .collect();
        let report = Object::default()
            .with("about", &json::list(&about))
            .with("format", FORMAT)
            .with("provider_version", &json::string(env!("CARGO_PKG_VERSION")))
            .with("vdn_id", vdn_id.as_deref().unwrap_or("null"))
            .with("findings", &json::list(&findings))
            .with("server", &server.end())
            .with("exchanges", &json::list(&exchanges));
        json::laid_out(&report.end())
    }
}

fn finding(finding: &Finding) -> String {
    Object::default()
        .with("step", &json::string(finding.step.name()))
        .with("verdict", &json::string(finding.verdict.name()))
        .with("code", &json::string(finding.code))
        .end()
}
