//! How long requests take.

use std::time::Duration;

use isales_client::observer::ExchangeOutcome;

use super::network::milliseconds;
use crate::doctor::{
    finding::{Finding, Step},
    session::Session,
};

/// The median from which on a server is called slow.
const SLOW: Duration = Duration::from_secs(1);

/// Sums up how long the requests so far took. The first one made a connection as well, and does not
/// count.
pub(in crate::doctor) fn run(session: &mut Session, handshake: Option<Duration>) {
    let exchanges = session.recorder.all();
    let mut times: Vec<_> = exchanges
        .iter()
        .skip(1)
        .filter(|exchange| matches!(exchange.outcome, ExchangeOutcome::Replied(_)))
        .map(|exchange| exchange.took)
        .collect();
    times.sort_unstable();
    let (Some(least), Some(median), Some(most)) =
        (times.first(), times.get(times.len() / 2), times.last())
    else {
        session.skip(&[Step::RoundTrip], "there was only one request");
        return;
    };
    let summary = match times.len() {
        1 => format!("1 request: {}", milliseconds(*most)),
        count => format!(
            "{count} requests: {} at least, {} median, {} at most",
            milliseconds(*least),
            milliseconds(*median),
            milliseconds(*most)
        ),
    };
    let finding = if *median < SLOW {
        Finding::ok(Step::RoundTrip, "round_trip", summary)
    } else {
        Finding::notice(Step::RoundTrip, "slow", summary).fix(
            "Expect a plan to take this long for every ten policies. If that is unusual for this server, \
             look at the way to it, such as a proxy or a VPN.",
        )
    };
    session.report(match handshake {
        None => finding,
        Some(took) => finding.detail(format!("a TLS handshake took {}", milliseconds(took))),
    });
}
