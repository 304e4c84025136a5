//! Terraform's commands, with the provider and with nothing but Terraform.

use std::time::Duration;

use isales_simulator::{Latency, Simulator};

use crate::{
    figures::{Section, Unit},
    objects::{OTHERS, POLICY},
    process::Watch,
    statistics::in_turn,
    workspace::{Kind, Stage, VDN},
};

/// How many policies, and how often each command runs. The largest runs once: it is there for the
/// growth, not for precision.
const SIZES: [(usize, usize); 5] = [(1, 3), (10, 3), (100, 3), (1_000, 3), (5_000, 1)];

/// Beyond it Terraform takes minutes to destroy; see [`largest_destroy`].
const LARGEST_DESTROY: usize = 1_000;

/// How many policies applies meet latency with.
const LATE_APPLY: usize = 100;

/// How many requests an apply makes for each new policy: one to plan, three to apply.
const REQUESTS_OF_A_CREATE: f64 = 4.0;

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
    let stage = Stage::new(server());
    for (count, runs) in SIZES {
        let policies = if count == 1 { "policy" } else { "policies" };
        let what = |command: &str| format!("{command}, {count} {policies}");
        let ours = stage.applied(Kind::Provider(&POLICY), count);
        let theirs = stage.applied(Kind::BuiltIn(&POLICY), count);

        let [valid, their_valid] =
            in_turn(runs, [&mut || ours.validate(), &mut || theirs.validate()]);
        section.compare(what("validate"), &valid, YARDSTICK, &their_valid);

        let mut usage = Vec::new();
        let mut watched_plan = || {
            let watch = Watch::start(stage.provider());
            let time = ours.plan();
            usage.push(watch.finish());
            time
        };
        let [plan, their_plan] = in_turn(runs, [&mut watched_plan, &mut || theirs.plan()]);
        section.compare(what("plan without changes"), &plan, YARDSTICK, &their_plan);
        curve(&mut section, "plan without changes", count);
        let peaks: Vec<_> = usage.iter().map(|usage| usage.peak_memory).collect();
        section.state(
            what("plan: the provider's peak memory"),
            Unit::Bytes,
            &peaks,
        );
        let cpu: Vec<_> = usage.iter().map(|usage| usage.cpu_seconds).collect();
        section.state(what("plan: the provider's CPU time"), Unit::Seconds, &cpu);

        apply_and_destroy(&mut section, &stage, count, runs, what);
    }
    section
}

fn apply_and_destroy(
    section: &mut Section,
    stage: &Stage,
    count: usize,
    runs: usize,
    what: impl Fn(&str) -> String,
) {
    let ours = stage.workspace(Kind::Provider(&POLICY), count);
    let theirs = stage.workspace(Kind::BuiltIn(&POLICY), count);
    let [plan, their_plan] = in_turn(
        runs,
        [&mut || ours.plan_creates(), &mut || theirs.plan_creates()],
    );
    section.compare(what("plan of creates"), &plan, YARDSTICK, &their_plan);
    let (mut made, mut gone) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    for _ in 0..runs {
        for (index, workspace) in [&ours, &theirs].into_iter().enumerate() {
            made[index].push(workspace.apply());
        }
        if count > LARGEST_DESTROY {
            continue;
        }
        for (index, workspace) in [&ours, &theirs].into_iter().enumerate() {
            gone[index].push(workspace.destroy());
        }
    }
    section.compare(what("first apply"), &made[0], YARDSTICK, &made[1]);
    curve(section, "first apply", count);
    if count <= LARGEST_DESTROY {
        section.compare(what("destroy"), &gone[0], YARDSTICK, &gone[1]);
    }
}

/// Plans without changes of other objects than the policy, and the requests of one.
pub fn by_object() -> Section {
    const COUNT: usize = 1_000;
    let mut section = Section::default();
    let stage = Stage::new(server());
    for (object, plural) in OTHERS {
        let ours = stage.applied(Kind::Provider(object), COUNT);
        let theirs = stage.applied(Kind::BuiltIn(object), COUNT);
        let what = format!("plan without changes, {COUNT} {plural}");
        let [plan, their_plan] = in_turn(3, [&mut || ours.plan(), &mut || theirs.plan()]);
        section.compare(what.as_str(), &plan, YARDSTICK, &their_plan);
        stage.server.clear_requests();
        ours.plan();
        let requests = count_f64(stage.server.requests().len());
        section.state(format!("{what}: requests"), Unit::Count, &[requests]);
    }
    section
}

/// What takes minutes, and is not part of every measurement.
pub fn largest_destroy() -> Section {
    let mut section = Section::default();
    let stage = Stage::new(server());
    for (count, runs) in SIZES
        .into_iter()
        .filter(|(count, _)| *count > LARGEST_DESTROY)
    {
        let destroy = |kind| stage.applied(kind, count).destroy();
        let [ours, theirs] = in_turn(
            runs,
            [&mut || destroy(Kind::Provider(&POLICY)), &mut || {
                destroy(Kind::BuiltIn(&POLICY))
            }],
        );
        let what = format!("destroy, {count} policies");
        section.compare(what, &ours, YARDSTICK, &theirs);
    }
    section
}

/// Draws the row that was added last.
fn curve(section: &mut Section, command: &str, count: usize) {
    let (ours, theirs) = last(section);
    section.point(&format!("{command} isales"), count_f64(count), ours);
    section.point(&format!("{command} {YARDSTICK}"), count_f64(count), theirs);
}

fn last(section: &Section) -> (f64, f64) {
    let row = section.rows.last().expect("a row was added");
    let yardstick = row.yardstick.as_ref().expect("with a yardstick");
    (row.value, yardstick.value)
}

pub fn by_latency() -> Section {
    let mut section = Section::default();
    let stage = Stage::new(server());
    let than = "floor + terraform_data";
    for (count, runs) in [(100, 5), (1_000, 3)] {
        let ours = stage.applied(Kind::Provider(&POLICY), count);
        let theirs = stage.applied(Kind::BuiltIn(&POLICY), count);
        for milliseconds in [0, 5, 50] {
            let latency = Duration::from_millis(milliseconds);
            let floor = count_f64(count.div_ceil(PARALLELISM)) * latency.as_secs_f64();
            let what = |command: &str| format!("{command}, {count} policies, {milliseconds} ms");

            stage.server.set_latency(Latency::before(latency));
            let [plan, built_in] =
                in_turn(runs, [&mut || ours.plan(), &mut || theirs.plan() + floor]);
            section.compare(what("plan without changes"), &plan, than, &built_in);
            let (x, y) = last(&section);
            let at = latency.as_secs_f64() * 1e3;
            section.point(&format!("{count} policies"), at, x);
            section.point(&format!("{count} policies, {than}"), at, y);

            if count <= LATE_APPLY {
                let (mut made, mut built_in) = (Vec::new(), Vec::new());
                for _ in 0..3 {
                    let ours = stage.workspace(Kind::Provider(&POLICY), count);
                    let theirs = stage.workspace(Kind::BuiltIn(&POLICY), count);
                    made.push(ours.apply());
                    built_in.push(theirs.apply() + REQUESTS_OF_A_CREATE * floor);
                }
                section.compare(what("first apply"), &made, than, &built_in);
            }
            stage.server.set_latency(Latency::default());
        }
    }
    section
}

#[allow(clippy::cast_precision_loss, reason = "small numbers")]
fn count_f64(count: usize) -> f64 {
    count as f64
}
