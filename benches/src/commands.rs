//! Terraform's commands, with the provider and with nothing but Terraform.

use std::{path::Path, time::Duration};

use isales_simulator::{Latency, Simulator};

use crate::{
    PROVIDER,
    figures::{Section, Unit},
    process::Watch,
    statistics::in_turn,
    workspace::{Kind, VDN, Workspace},
};

/// How many policies, and how often each command runs. The largest runs once: it is there for the
/// growth, not for precision.
const SIZES: [(usize, usize); 5] = [(1, 5), (10, 5), (100, 5), (1_000, 3), (5_000, 1)];

/// Terraform's default number of operations at a time.
const PARALLELISM: usize = 10;

const YARDSTICK: &str = "terraform_data";

/// A server with as many campaigns as the largest configuration has.
pub fn server() -> Simulator {
    Simulator::builder()
        .campaigns(VDN, 1..=5_000)
        .start_blocking()
        .expect("the simulator starts")
}

pub fn by_size() -> Section {
    let mut section = Section::default();
    let server = server();
    for (count, runs) in SIZES {
        let ours = Workspace::new(Kind::Provider, count, &server);
        let theirs = Workspace::new(Kind::BuiltIn, count, &server);
        let mut add = |command: &str, runs, measures: [&mut dyn FnMut() -> f64; 2]| {
            let [ours, theirs] = in_turn(runs, measures);
            let policies = if count == 1 { "policy" } else { "policies" };
            let what = format!("{command}, {count} {policies}");
            section.compare(what, &ours, YARDSTICK, &theirs);
            let (x, y) = last(&section);
            section.point(&format!("{command} isales"), count_f64(count), x);
            section.point(&format!("{command} {YARDSTICK}"), count_f64(count), y);
        };
        add(
            "validate",
            runs,
            [&mut || ours.validate(), &mut || theirs.validate()],
        );
        // To apply again, what was applied has to go; so both are timed in the same runs.
        let (mut made, mut gone) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
        for run in 0..runs.min(3) {
            if run > 0 {
                gone[0].push(ours.destroy());
                gone[1].push(theirs.destroy());
            }
            made[0].push(ours.apply());
            made[1].push(theirs.apply());
        }
        let watch = Watch::start(Path::new(PROVIDER));
        ours.plan();
        let usage = watch.finish();
        add(
            "plan without changes",
            runs,
            [&mut || ours.plan(), &mut || theirs.plan()],
        );
        gone[0].push(ours.destroy());
        gone[1].push(theirs.destroy());
        for (command, [ours, theirs]) in [("first apply", &made), ("destroy", &gone)] {
            let (mut ours, mut theirs) = (ours.iter(), theirs.iter());
            let mut next = || *ours.next().expect("as many runs");
            let mut their_next = || *theirs.next().expect("as many runs");
            add(command, made[0].len(), [&mut next, &mut their_next]);
        }
        let what = |what: &str| format!("{what}, plan of {count}");
        section.state(
            what("the provider's peak memory"),
            Unit::Bytes,
            &[usage.peak_memory],
        );
        section.state(
            what("the provider's CPU time"),
            Unit::Seconds,
            &[usage.cpu_seconds],
        );
    }
    section
}

fn last(section: &Section) -> (f64, f64) {
    let row = section.rows.last().expect("a row was added");
    let yardstick = row.yardstick.as_ref().expect("with a yardstick");
    (row.value, yardstick.value)
}

pub fn by_latency() -> Section {
    let mut section = Section::default();
    let server = server();
    for (count, runs) in [(100, 5), (1_000, 3)] {
        let ours = Workspace::new(Kind::Provider, count, &server);
        let theirs = Workspace::new(Kind::BuiltIn, count, &server);
        for milliseconds in [0, 5, 50] {
            server.set_latency(Latency::default());
            let latency = Duration::from_millis(milliseconds);
            let floor = count.div_ceil(PARALLELISM);
            let floor = count_f64(floor) * latency.as_secs_f64();
            let what = |command: &str, requests: &str| {
                format!("{command}, {count} policies, {milliseconds} ms{requests}")
            };
            let than = "floor + terraform_data";

            server.set_latency(Latency::before(latency));
            // A create asks what the campaign has, posts, and reads back.
            let runs_of_apply = if count == 100 { 3 } else { 1 };
            let (mut made, mut theirs_made) = (Vec::new(), Vec::new());
            for _ in 0..runs_of_apply {
                made.push(ours.apply());
                theirs_made.push(theirs.apply() + 3.0 * floor);
                server.set_latency(Latency::default());
                ours.destroy();
                theirs.destroy();
                server.set_latency(Latency::before(latency));
            }
            section.compare(
                what("first apply", ", three requests each"),
                &made,
                than,
                &theirs_made,
            );

            server.set_latency(Latency::default());
            ours.apply();
            theirs.apply();
            server.set_latency(Latency::before(latency));
            let [plan, built_in] =
                in_turn(runs, [&mut || ours.plan(), &mut || theirs.plan() + floor]);
            section.compare(what("plan without changes", ""), &plan, than, &built_in);
            let (x, y) = last(&section);
            #[allow(clippy::cast_precision_loss, reason = "small numbers")]
            let at = milliseconds as f64;
            section.point(&format!("{count} policies"), at, x);
            section.point(&format!("{count} policies, {than}"), at, y);
            server.set_latency(Latency::default());
            ours.destroy();
            theirs.destroy();
        }
    }
    section
}

#[allow(clippy::cast_precision_loss, reason = "small numbers")]
fn count_f64(count: usize) -> f64 {
    count as f64
}
