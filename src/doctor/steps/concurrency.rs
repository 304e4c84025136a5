//! How many requests at a time the server takes before it slows down or refuses.

use std::{
    num::NonZeroUsize,
    sync::Arc,
    time::{Duration, Instant},
};

use isales_client::{Client, Error, VdnId, campaign::CampaignFilter, error::ProtocolProblem};
use serde_json::Value;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::failure;
use crate::{
    configuration::Argument,
    doctor::{
        finding::{Finding, Step},
        provider_block::Setting,
        recorder::RefusalRecorder,
        session::{Session, Target},
    },
};

/// The numbers of requests at a time that are tried.
const LEVELS: [usize; 5] = [1, 2, 4, 7, MOST];

/// The largest of them, which is the provider's default.
const MOST: usize = 10;

/// The least number of requests at each level.
const LEAST: usize = 12;

/// The share of the best throughput that is good enough: beyond it, more requests at a time only load
/// the server.
const GOOD: f64 = 0.9;

/// What one level showed.
struct Level {
    at_a_time: usize,
    /// Requests per second.
    throughput: f64,
}

/// The conclusion from all levels.
struct Conclusion {
    finding: Finding,
    /// The argument to set, and its value.
    setting: Option<(&'static str, usize)>,
}

/// The end of a level.
enum Outcome {
    Done(Duration),
    /// The server said that requests come too fast.
    Throttled(String),
    Failed(Error),
}

/// Measures, with at most ten requests at a time.
pub(in crate::doctor) async fn run(session: &mut Session, target: &Target, vdn_id: VdnId) {
    let mut levels: Vec<Level> = Vec::new();
    let mut throttled = None;
    for at_a_time in LEVELS {
        let count = LEAST.max(2 * at_a_time);
        session.progress(
            Step::Concurrency,
            &format!("{count} requests, {at_a_time} at a time"),
        );
        let mut config = target.config.clone();
        config.max_concurrent_requests = NonZeroUsize::new(at_a_time).unwrap_or(NonZeroUsize::MIN);
        // Of a measurement nobody wants to read each exchange.
        let refusals = RefusalRecorder(Arc::clone(&session.recorder));
        config.observer = Some(Arc::new(refusals));
        let client = match target.client_with(config) {
            Ok(client) => client,
            Err(finding) => return session.report(*finding),
        };
        match measure(&client, vdn_id, count, at_a_time, &session.cancel).await {
            Outcome::Done(took) => levels.push(Level {
                at_a_time,
                throughput: count as f64 / took.as_secs_f64().max(f64::MIN_POSITIVE),
            }),
            Outcome::Throttled(reason) => {
                throttled = Some((at_a_time, reason));
                break;
            }
            Outcome::Failed(error) => {
                session.report(failure::finding(Step::Concurrency, &error));
                return;
            }
        }
    }
    if throttled.is_some() {
        let most = levels.last().map_or(0, |level| level.at_a_time);
        session.facts.insert("requests_at_once", Value::from(most));
    }
    let Conclusion { finding, setting } = conclude(&levels, throttled);
    if let Some((argument, value)) = setting {
        session.block.set(
            Argument::new(argument),
            Setting::Value(Value::from(value)),
            Some("By the measurement of doctor --measure.".to_owned()),
        );
    }
    session.report(finding);
}

/// Makes some cheap reads, so many at a time.
async fn measure(
    client: &Client,
    vdn_id: VdnId,
    count: usize,
    at_a_time: usize,
    cancel: &CancellationToken,
) -> Outcome {
    // Connections are not part of the measurement.
    if let Err(outcome) = round(client, vdn_id, at_a_time, cancel).await {
        return outcome;
    }
    let began = Instant::now();
    match round(client, vdn_id, count, cancel).await {
        Ok(()) => Outcome::Done(began.elapsed()),
        Err(outcome) => outcome,
    }
}

async fn round(
    client: &Client,
    vdn_id: VdnId,
    count: usize,
    cancel: &CancellationToken,
) -> Result<(), Outcome> {
    let mut requests = JoinSet::new();
    for _ in 0..count {
        let (client, cancel) = (client.clone(), cancel.clone());
        requests.spawn(async move {
            let filter = CampaignFilter::default();
            client
                .campaigns(vdn_id, &filter, &cancel)
                .next()
                .await
                .map(drop)
        });
    }
    while let Some(ended) = requests.join_next().await {
        match ended {
            Ok(Err(error)) if is_throttle(&error) => {
                return Err(Outcome::Throttled(failure::reason(&error)));
            }
            Ok(Err(error)) => return Err(Outcome::Failed(error)),
            Ok(Ok(())) | Err(_) => {}
        }
    }
    Ok(())
}

fn is_throttle(error: &Error) -> bool {
    match error.cause() {
        Error::Api(error) => error.is_throttle(),
        Error::Protocol(error) => matches!(
            error.problem,
            ProtocolProblem::Status {
                status: 429 | 503,
                ..
            }
        ),
        _ => false,
    }
}

/// Draws the conclusion: the finding, and what to set.
fn conclude(levels: &[Level], throttled: Option<(usize, String)>) -> Conclusion {
    let mut lines: Vec<_> = levels
        .iter()
        .map(|level| {
            format!(
                "{} at a time: {:.0} requests per second",
                level.at_a_time, level.throughput
            )
        })
        .collect();
    let best = levels
        .iter()
        .map(|level| level.throughput)
        .fold(0.0, f64::max);
    let enough = levels
        .iter()
        .find(|level| level.throughput >= best * GOOD)
        .map(|level| level.at_a_time);
    let set_most = |most: usize| {
        format!("Set max_concurrent_requests (ISALES_MAX_CONCURRENT_REQUESTS) to {most}.")
    };
    match (enough, throttled) {
        (None, throttled) => {
            let reason = throttled.map(|(_, reason)| reason).unwrap_or_default();
            Conclusion {
                finding: Finding::notice(
                    Step::Concurrency,
                    "throttled",
                    format!(
                        "the server says that requests come too fast, even one at a time: {reason}"
                    ),
                )
                .fix(
                    "Set requests_per_second (ISALES_REQUESTS_PER_SECOND) to 1, and raise it step \
                     by step.",
                ),
                setting: Some(("requests_per_second", 1)),
            }
        }
        (Some(most), Some((at_a_time, reason))) => {
            lines.push(format!("{at_a_time} at a time: {reason}"));
            Conclusion {
                finding: Finding::notice(
                    Step::Concurrency,
                    "throttled",
                    format!("the server takes {most} at a time, and refuses at {at_a_time}"),
                )
                .details(lines)
                .fix(set_most(most)),
                setting: Some(("max_concurrent_requests", most)),
            }
        }
        (Some(most), None) if most < MOST => Conclusion {
            finding: Finding::notice(
                Step::Concurrency,
                "levels_off",
                format!("more than {most} at a time gain less than a tenth"),
            )
            .details(lines)
            .fix(format!("{} More only load the server.", set_most(most))),
            setting: Some(("max_concurrent_requests", most)),
        },
        (Some(most), None) => Conclusion {
            finding: Finding::ok(
                Step::Concurrency,
                "keeps_up",
                format!("the server keeps up with {most} at a time, the default"),
            )
            .details(lines),
            setting: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_number_that_is_nearly_as_fast_as_any_is_recommended() {
        let throttled = |at_a_time| Some((at_a_time, "status 429".to_owned()));
        for (throughputs, throttled, code, setting) in [
            (&[10.0, 20.0, 40.0, 70.0, 100.0][..], None, "keeps_up", None),
            (
                &[10.0, 20.0, 38.0, 39.0, 41.0],
                None,
                "levels_off",
                Some(("max_concurrent_requests", 4)),
            ),
            (
                &[10.0, 9.0, 8.0, 7.0, 6.0],
                None,
                "levels_off",
                Some(("max_concurrent_requests", 1)),
            ),
            (
                &[10.0, 20.0],
                throttled(4),
                "throttled",
                Some(("max_concurrent_requests", 2)),
            ),
            (
                &[],
                throttled(1),
                "throttled",
                Some(("requests_per_second", 1)),
            ),
        ] {
            let level = |(at_a_time, throughput): (usize, &f64)| Level {
                at_a_time,
                throughput: *throughput,
            };
            let levels: Vec<_> = LEVELS.into_iter().zip(throughputs).map(level).collect();
            let conclusion = conclude(&levels, throttled);
            assert_eq!(
                (conclusion.finding.code, conclusion.setting),
                (code, setting)
            );
        }
    }
}
