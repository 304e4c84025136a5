//! `kill -9` of the provider in the middle of an apply. Finds the provider through `/proc`.

use std::{fmt::Write as _, fs, thread::sleep, time::Duration};

use fastrand::Rng;
use isales_simulator::{Latency, Simulator};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::state::disagreements;
use test_support::{
    figures,
    policies::{common, common_json, named},
    server::{Observed as _, server},
    terraform::{Outcome, Running, Workspace},
};

const KILLS: i64 = 50;
const SEED: u64 = 4;
/// Resources in a configuration.
const POLICIES: i64 = 6;
/// The requests of an apply that sets all policies: a query to refresh an existing one or to plan a
/// new one, and a query, a POST and a query again.
const REQUESTS: u64 = 4 * POLICIES as u64;
/// How often to look for the moment to come.
const LOOK: Duration = Duration::from_millis(1);

#[test]
fn fifty_killed_providers_leave_nothing_that_the_next_apply_does_not_settle() {
    let server = server();
    server.set_latency(Latency::before(Duration::from_millis(3)));
    let workspace = Workspace::new(&server);
    let mut random = Rng::with_seed(SEED);
    let (mut kills, mut in_doubt) = (0, 0);
    for round in 0.. {
        if kills == KILLS {
            break;
        }
        assert!(
            round < 4 * KILLS,
            "only {kills} applies were caught in their middle"
        );
        // Updates, and every third time other campaigns: creates and destroys.
        let first = 1 + (round / 3 % 2) * POLICIES;
        let retry_times = u32::try_from(1 + round % 40).unwrap();
        workspace.write(&configuration(first, retry_times));

        server.clear_counters();
        let apply = workspace.start(&["apply", "-json", "-input=false", "-auto-approve"]);
        let after = random.u64(1..=REQUESTS);
        let pause = Duration::from_micros(random.u64(0..3_000));
        if !kill_provider(apply, &server, after, pause) {
            continue;
        }
        kills += 1;
        in_doubt += disagreements(&workspace, &server, first..first + POLICIES).len();

        let next: Outcome = workspace.apply();
        next.succeeds();
        let found = disagreements(&workspace, &server, first..first + POLICIES);
        assert_eq!(found, [""; 0], "after kill {kills}, request {after}");
        for campaign_id in first..first + POLICIES {
            let kept = server.kept(campaign_id);
            assert_eq!(kept, Some(common_json(retry_times, 1)));
        }
    }
    workspace.plan().finds_no_changes();
    figures::publish(
        "kill -9",
        &format!(
            "The provider was killed {kills} times in the middle of an apply of {POLICIES} \
             policies. Right after the kills, {in_doubt} policies were not as the state had them; \
             after the next apply, 0.\n"
        ),
    );
}

fn configuration(first: i64, retry_times: u32) -> String {
    let mut hcl = String::new();
    for campaign_id in first..first + POLICIES {
        let name = format!("campaign_{campaign_id}");
        let _ = hcl.write_str(&named(&name, campaign_id, &common(retry_times, 1)));
    }
    hcl
}

/// Kills the provider of an apply once the server has got so many requests. False if the apply
/// was over before.
fn kill_provider(mut apply: Running, server: &Simulator, after: u64, pause: Duration) -> bool {
    let mut killed = false;
    while !apply.has_ended() {
        if !killed && server.counters().requests >= after {
            sleep(pause);
            for provider in providers_of(apply.id()) {
                killed |= kill(provider, Signal::SIGKILL).is_ok();
            }
        }
        sleep(LOOK);
    }
    killed
}

/// The providers that a process has started.
fn providers_of(host: u32) -> Vec<Pid> {
    let children = format!("/proc/{host}/task");
    let threads = fs::read_dir(children).into_iter().flatten().flatten();
    threads
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok())
        .flat_map(|pids| {
            pids.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .filter(|pid| {
            fs::read_link(format!("/proc/{pid}/exe"))
                .is_ok_and(|program| program.ends_with("terraform-provider-isales"))
        })
        .filter_map(|pid| pid.parse().ok().map(Pid::from_raw))
        .collect()
}
