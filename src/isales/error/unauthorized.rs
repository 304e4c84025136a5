//! HTTP status 401.

use std::time::Duration;

use super::Operation;

/// The server refused the signature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{host} refused the signature of the request to {operation} (HTTP status 401).{} Check access_key and secret_key (they are issued for CC-iSales by its operations personnel and are not those of IAM), the clock of this machine, that endpoint names host and port as the server knows them, and signed_headers and timestamp_precision in compatibility.", skew_sentence(*.skew)
)]
pub struct Unauthorized {
    /// What was asked.
    pub operation: Operation,
    /// The server, as in the Host header.
    pub host: String,
    /// How far the server's clock is from this one, where it is far.
    pub skew: Option<ClockSkew>,
}

/// The difference between the server's clock, by its `Date` header, and this machine's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockSkew {
    /// The server's clock is ahead by this.
    ServerAhead(Duration),
    /// The server's clock is behind by this.
    ServerBehind(Duration),
}

fn skew_sentence(skew: Option<ClockSkew>) -> String {
    let (way, by) = match skew {
        None => return String::new(),
        Some(ClockSkew::ServerAhead(by)) => ("ahead of", by),
        Some(ClockSkew::ServerBehind(by)) => ("behind", by),
    };
    format!(
        " Its clock is {} seconds {way} that of this machine, which alone can make a signature invalid.",
        by.as_secs()
    )
}
