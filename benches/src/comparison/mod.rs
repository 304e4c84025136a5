//! Compares two builds of the provider, the checkout's (A) and another (B), measured in turn. A is
//! measured twice in each round, the second time as A', to show how much one build differs from itself.

mod options;
mod table;

use std::{
    fs,
    io::{Write as _, stderr, stdout},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tokio::runtime::Runtime;

pub use self::options::Options;
use self::table::{Row, Sample, Verdict};
use crate::{
    MEASURED, PROVIDER, commands,
    figures::Unit,
    objects::POLICY,
    process::{self, Watch},
    rpcs::{AT_A_TIME, CALLS, Call, Target, count},
    size, start,
    statistics::{ORDERS, order},
    workspace::{Kind, Stage},
};

/// How much is measured where the options do not say otherwise. On an idle machine with two cores
/// the rounds are complete in some five minutes; on one with other work the limits end them.
const STARTS: Effort = Effort::new(240, 30);
const PLANS: Effort = Effort::new(18, 240);
/// Of each call at each number at a time.
const LOADS: Effort = Effort::new(30, 25);

const POLICIES: usize = 1_000;

/// The calls of a round, as a part of those of a run in [`rpcs`](crate::rpcs): many short rounds show
/// more than a few long ones.
const PART_OF_CALLS: usize = 4;

/// A part of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Start,
    Plan,
    Rpcs,
    Size,
}

/// How many rounds are measured.
#[derive(Clone, Copy, Debug)]
struct Effort {
    rounds: usize,
    /// Once it is over, the rounds end with the current [`ORDERS`].
    limit: Duration,
}

/// The builds that are measured, each in a file of its own, so that A and A' share as little as A
/// and B do: A, A', B.
struct Builds {
    files: [PathBuf; 3],
    folder: TempDir,
}

// === impl Part ===

impl Part {
    pub const ALL: [Self; 4] = [Self::Start, Self::Plan, Self::Rpcs, Self::Size];

    const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Plan => "plan",
            Self::Rpcs => "rpcs",
            Self::Size => "size",
        }
    }
}

// === impl Effort ===

impl Effort {
    const fn new(rounds: usize, seconds: u64) -> Self {
        let limit = Duration::from_secs(seconds);
        Self { rounds, limit }
    }

    /// The rounds that were asked for, however long they take.
    const fn exactly(rounds: usize) -> Self {
        let limit = Duration::MAX;
        Self { rounds, limit }
    }
}

// === impl Builds ===

impl Builds {
    fn copy(base: &Path, other: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let copies = [("a", base), ("a-again", base), ("b", other)];
        let files = copies.map(|(name, build)| {
            let copy = folder.path().join(name);
            fs::copy(build, &copy).expect("the build can be copied");
            copy
        });
        Self { files, folder }
    }
}

/// Measures the builds, prints a table, and returns whether they are the same within the bounds.
pub fn run(options: &Options, runtime: &Runtime) -> bool {
    let base = options.provider.clone().unwrap_or_else(|| {
        size::cargo_build(Path::new(MEASURED));
        PROVIDER.into()
    });
    let builds = Builds::copy(&base, &options.against);
    let (begun, before) = (Instant::now(), process::load());
    let mut rows = Vec::new();
    for part in &options.parts {
        let effort = |own| options.rounds.map_or(own, Effort::exactly);
        rows.extend(match part {
            Part::Start => starts(&builds, runtime, effort(STARTS)),
            Part::Plan => plans(&builds, effort(PLANS)),
            Part::Rpcs => calls(&builds, runtime, effort(LOADS)),
            Part::Size => sizes(&builds),
        });
    }
    let text = format!(
        "\nA: {}\nB: {}\n\n{}\nA and B are medians, B / A the median of the ratios of all rounds; A / A' is how far that of A and A\nitself may be from 1. {} s; load average before and after: {before:.1}, {:.1}.\n\n{}\n",
        base.display(),
        options.against.display(),
        table::table(&rows),
        begun.elapsed().as_secs(),
        process::load(),
        table::summary(&rows),
    );
    // Whoever closed standard output does not want to read it.
    let _closed = stdout().write_all(text.as_bytes());
    rows.iter().all(|row| row.verdict() == Verdict::Same)
}

/// Measures `N` figures of each build in each round, after a round that is not counted.
fn in_rounds<const N: usize>(
    effort: Effort,
    mut measure: impl FnMut(usize) -> [f64; N],
) -> [Sample; N] {
    let mut samples = std::array::from_fn(|_| Sample::default());
    for build in order(0) {
        measure(build);
    }
    let begun = Instant::now();
    for round in 0..effort.rounds {
        if round > 0 && round % ORDERS == 0 && begun.elapsed() > effort.limit {
            break;
        }
        for build in order(round) {
            for (sample, value) in samples.iter_mut().zip(measure(build)) {
                sample.of(build).push(value);
            }
        }
    }
    samples
}

fn starts(builds: &Builds, runtime: &Runtime, effort: Effort) -> Vec<Row> {
    progress(Part::Start, effort);
    let [handshake, life, cpu] = in_rounds(effort, |build| {
        let build = &builds.files[build];
        let handshake = start::to_handshake(build);
        let (time, cpu) = start::whole_launch(runtime, build);
        [handshake, time, cpu]
    });
    vec![
        Row::new("start to handshake", Unit::Seconds, &handshake),
        Row::new("whole launch", Unit::Seconds, &life),
        Row::new("whole launch: CPU time", Unit::Seconds, &cpu),
    ]
}

fn plans(builds: &Builds, effort: Effort) -> Vec<Row> {
    progress(Part::Plan, effort);
    let server = Arc::new(commands::server());
    let stages = [0, 1, 2].map(|build| {
        let plugins = builds.folder.path().join(format!("plugins-{build}"));
        Stage::of(&builds.files[build], plugins, Arc::clone(&server))
    });
    let workspaces = stages
        .each_ref()
        .map(|stage| stage.applied(Kind::Provider(&POLICY), POLICIES));
    let [time, cpu] = in_rounds(effort, |build| {
        let watch = Watch::start(stages[build].provider());
        let time = workspaces[build].plan();
        [time, watch.finish().cpu_seconds]
    });
    let what = |what: &str| format!("plan of {POLICIES} policies{what}");
    vec![
        Row::new(what(""), Unit::Seconds, &time),
        Row::new(what(": the provider's CPU time"), Unit::Seconds, &cpu),
    ]
}

fn calls(builds: &Builds, runtime: &Runtime, effort: Effort) -> Vec<Row> {
    progress(Part::Rpcs, effort);
    let server = commands::server();
    let targets = builds
        .files
        .each_ref()
        .map(|build| runtime.block_on(Target::start(&server, build)));
    let mut rows = Vec::new();
    for at_a_time in AT_A_TIME {
        for (call, calls) in CALLS {
            // The transport alone is in every other call.
            if call == Call::Check {
                continue;
            }
            let calls = calls / PART_OF_CALLS;
            let [rate, cpu] = in_rounds(effort, |build| {
                let load = targets[build].load(call, calls, at_a_time);
                let (time, cpu) = runtime.block_on(load);
                [count(calls) / time, cpu / count(calls)]
            });
            let what = |what: &str| format!("{}, {at_a_time} at a time: {what}", call.name());
            rows.push(Row::new(what("calls a second"), Unit::PerSecond, &rate));
            rows.push(Row::new(what("CPU time"), Unit::Seconds, &cpu));
        }
    }
    for target in targets {
        runtime.block_on(target.plugin.shutdown());
    }
    rows
}

fn sizes(builds: &Builds) -> Vec<Row> {
    let [base, again, other] = builds.files.each_ref().map(|build| {
        let length = fs::metadata(build).expect("it was copied").len();
        vec![size::real(length)]
    });
    let sample = Sample { base, again, other };
    vec![Row::new("size", Unit::Bytes, &sample)]
}

/// So that a person who waits sees how far it is.
fn progress(part: Part, effort: Effort) {
    let _closed = writeln!(stderr(), "{}, {} rounds", part.name(), effort.rounds);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_build_is_measured_in_each_round() {
        let mut measured = Vec::new();
        let [first, second] = in_rounds(Effort::exactly(7), |build| {
            measured.push(build);
            [size::real(build as u64), 5.0]
        });
        assert_eq!(first.base, [0.0; 7]);
        assert_eq!(first.again, [1.0; 7]);
        assert_eq!(first.other, [2.0; 7]);
        assert_eq!(second.other, [5.0; 7]);
        // One round more, which is not counted.
        assert_eq!(measured.len(), 8 * 3);
        assert_eq!(measured[3..6], order(0));
        assert_eq!(measured[6..9], order(1));
    }

    #[test]
    fn a_limit_ends_the_rounds_when_the_orders_are_complete() {
        let [sample] = in_rounds(Effort::new(100, 0), |_| [1.0]);
        assert_eq!(sample.base.len(), ORDERS);
    }
}
