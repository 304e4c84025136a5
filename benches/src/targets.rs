//! What the figures must show, and whether they do.

use std::fmt::Write as _;

use crate::figures::Figures;

/// One target: what is asked for, what was found, whether that will do.
struct Target {
    asked: &'static str,
    found: String,
    met: bool,
}

/// All targets as a table.
pub fn table(figures: &Figures) -> String {
    let mut text = String::from("| Target | Found | |\n|---|---|---|\n");
    for target in all(figures) {
        let verdict = match target {
            Some(Target { met: true, .. }) => "met",
            Some(Target { met: false, .. }) => "**missed**",
            None => continue,
        };
        let Some(Target { asked, found, .. }) = target else {
            continue;
        };
        let _ = writeln!(text, "| {asked} | {found} | {verdict} |");
    }
    text.truncate(text.trim_end().len());
    text
}

fn all(figures: &Figures) -> [Option<Target>; 11] {
    let find = |section: &str, what: &str| figures.find(section, what);
    let ms = |seconds: f64| format!("{:.2} ms", seconds * 1e3);
    let plan = |count: usize| {
        find(
            "commands",
            &format!("plan without changes, {count} policies"),
        )
    };
    let latency = |count: usize| {
        find(
            "latency",
            &format!("plan without changes, {count} policies, 50 ms"),
        )
    };
    let late = |asked, count| {
        latency(count).map(|(ours, bound)| Target {
            asked,
            found: format!(
                "{ours:.2} s against {bound:.2} s: {:+.1} %",
                (ours / bound - 1.0) * 100.0
            ),
            met: ours <= 1.05 * bound,
        })
    };
    [
        find("start", "spawn to handshake line").map(|(ours, nothing)| Target {
            asked: "start to handshake under 3 × spawn of `true` + 3 ms",
            found: format!("{} against {}", ms(ours), ms(3.0 * nothing + 0.003)),
            met: ours < 3.0 * nothing + 0.003,
        }),
        find("start", "the provider's CPU time in that").map(|(ours, _)| Target {
            asked: "whole launch under 15 ms of the provider's own time",
            found: ms(ours),
            met: ours < 0.015,
        }),
        plan(1_000).map(|(ours, theirs)| Target {
            asked: "plan of 1,000 policies at most 1.3 × that of `terraform_data`",
            found: format!("{ours:.2} s against {theirs:.2} s: {:.2} ×", ours / theirs),
            met: ours <= 1.3 * theirs,
        }),
        late(
            "at 50 ms, 100 policies: within 5 % above floor + that cost",
            100,
        ),
        late(
            "at 50 ms, 1,000 policies: within 5 % above floor + that cost",
            1_000,
        ),
        growth_of_command(figures),
        growth_of_provider(figures),
        find("size", "binary, stripped").map(|(size, _)| Target {
            asked: "binary under 7 MiB",
            found: format!("{:.1} MiB", mib(size)),
            met: mib(size) < 7.0,
        }),
        find("memory", "idle: configured, no call yet").map(|(idle, _)| Target {
            asked: "idle memory under 15 MiB",
            found: format!("{:.1} MiB", mib(idle)),
            met: mib(idle) < 15.0,
        }),
        find("memory", "after 10,000 calls")
            .zip(find("memory", "after 100,000 calls"))
            .map(|((early, _), (late, _))| Target {
                asked: "memory flat over 100,000 calls",
                found: format!("{:.1} MiB, then {:.1} MiB", mib(early), mib(late)),
                met: late <= 1.05 * early,
            }),
        find(
            "commands",
            "plan: the provider's peak memory, 1000 policies",
        )
        .map(|(peak, _)| Target {
            asked: "peak under 25 MiB at N = 1,000",
            found: format!("{:.1} MiB", mib(peak)),
            met: mib(peak) < 25.0,
        }),
    ]
}

/// What a plan takes for each policy, Terraform's own part included.
fn growth_of_command(figures: &Figures) -> Option<Target> {
    let each = |count: u32| {
        let what = format!("plan without changes, {count} policies");
        let (ours, theirs) = figures.find("commands", &what)?;
        Some((ours / f64::from(count), theirs / f64::from(count)))
    };
    let [small, middle, large] = [each(100)?, each(1_000)?, each(5_000)?];
    let ms = |seconds: f64| format!("{:.1}", seconds * 1e3);
    let show = |of: fn((f64, f64)) -> f64| [small, middle, large].map(of).map(ms).join(", ");
    Some(Target {
        asked: "cost for each policy flat from 100 to 5,000: the whole plan",
        found: format!(
            "{} ms each of 100, 1,000, 5,000; `terraform_data`: {} ms",
            show(|(ours, _)| ours),
            show(|(_, theirs)| theirs)
        ),
        met: middle.0.max(large.0) <= 1.25 * small.0,
    })
}

/// What the provider itself computes for each policy.
fn growth_of_provider(figures: &Figures) -> Option<Target> {
    let cpu = |what: &str| {
        figures.find(
            "commands",
            &format!("plan: the provider's CPU time, {what}"),
        )
    };
    let (start, _) = cpu("1 policy")?;
    let each = |count: u32| {
        let (all, _) = cpu(&format!("{count} policies"))?;
        Some((all - start) / f64::from(count - 1))
    };
    let (small, middle, large) = (each(100)?, each(1_000)?, each(5_000)?);
    let us = |seconds: f64| format!("{:.0} µs", seconds * 1e6);
    Some(Target {
        asked: "the same: the provider's CPU time alone",
        found: format!(
            "the provider's CPU time for each policy: {} of 100, {} of 1,000, {} of 5,000",
            us(small),
            us(middle),
            us(large)
        ),
        met: middle.max(large) <= 1.25 * small,
    })
}

fn mib(bytes: f64) -> f64 {
    bytes / f64::from(1 << 20)
}
