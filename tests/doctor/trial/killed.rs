//! Trials that are stopped at each request, before and after the server has handled it.

use std::{
    fmt::Write as _,
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread::{self, sleep},
    time::Duration,
};

use isales_simulator::{Hold, Script};
use nix::sys::signal::Signal;
use test_support::{figures::publish, terraform::Running};

use super::{Bench, Outcome, ended, run, server};

/// The number of points at which a trial is stopped.
const POINTS: usize = 50;

/// How often to look for the moment to come.
const LOOK: Duration = Duration::from_millis(2);

/// A point of a trial.
#[derive(Clone, Copy, Debug)]
struct Point {
    /// The requests before it.
    number: u32,
    hold: Hold,
    signal: Signal,
}

/// What was there after a trial was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// The policy before.
    Back,
    /// Another policy, until the command that was shown put it back.
    BackByCommand,
}

/// Returns the points, in the order of the requests, half of them with each signal.
fn points() -> Vec<Point> {
    let bench = Bench::start(server());
    bench.tried(&[]);
    let requests = bench.server.requests();
    let first = requests
        .iter()
        .position(|request| request.method == "POST")
        .unwrap();
    // The last look at the server before the first POST, and all that follows.
    let numbers = first - 1..requests.len();
    let points: Vec<_> = numbers
        .flat_map(|number| {
            [Hold::BeforeHandled, Hold::AfterHandled].map(|hold| Point {
                number: u32::try_from(number).unwrap(),
                hold,
                signal: if (number + usize::from(hold == Hold::AfterHandled)) % 2 == 0 {
                    Signal::SIGKILL
                } else {
                    Signal::SIGINT
                },
            })
        })
        .collect();
    assert!(points.len() >= POINTS, "{} points", points.len());
    points.into_iter().take(POINTS).collect()
}

/// Stops a trial at a point, and puts the policy back in the way that it shows, if it is not back.
fn stopped_at(point: Point) -> (After, String) {
    let bench = Bench::start(server());
    bench.server.script(Script::pass().times(point.number));
    bench.server.script(Script::hold(point.hold));
    let mut running = Running::start(bench.trial(&[])).unwrap();
    while bench
        .server
        .requests()
        .iter()
        .all(|request| !request.is_held)
    {
        assert!(!running.has_ended(), "{point:?}");
        sleep(LOOK);
    }
    let requests = bench.server.requests();
    let held = requests.iter().find(|request| request.is_held).unwrap();
    let method = held.method.clone();
    running.signal(point.signal);
    let trial = ended(running);
    bench.server.clear_scripts();

    let is_begun = bench.posts() > 0;
    if point.signal == Signal::SIGINT {
        // It put the policy back itself, and cleaned up.
        assert_eq!(trial.code, Some(1), "{point:?}: {}", trial.stdout);
        assert!(bench.has_policy_before(), "{point:?}: {}", trial.stdout);
        // A read of that policy proves nothing as long as none has shown another.
        // Neither does it say what becomes of a POST that the signal cut off.
        let is_verified = !trial.stdout.contains("that cannot be verified")
            && !trial.stdout.contains("a request had no reply");
        assert_eq!(
            bench.files().is_empty(),
            is_verified,
            "{point:?}: {}",
            trial.stdout
        );
        return (After::Back, method);
    }
    assert_eq!(trial.code, None, "{point:?}");
    let was_back = bench.has_policy_before();
    if is_begun {
        undo_as_shown(&bench, &trial);
    } else {
        assert!(was_back);
    }
    let after = if was_back {
        After::Back
    } else {
        After::BackByCommand
    };
    (after, method)
}

/// Runs the command that was shown, which is in the file as well. It may be run again.
fn undo_as_shown(bench: &Bench, trial: &Outcome) {
    let shown = trial
        .stdout
        .lines()
        .map(str::trim)
        .find(|line| line.contains(" doctor --undo "))
        .unwrap_or_else(|| panic!("no command in {}", trial.stdout));
    assert_eq!(bench.undo_file()["command"], shown);
    for _ in 0..2 {
        let mut shell: Command = bench.command("sh");
        shell.args(["-c", &format!("{shown} --pause=0")]);
        let undo = run(shell);
        assert_eq!(undo.code, Some(0), "{}{}", undo.stdout, undo.stderr);
        assert!(bench.has_policy_before(), "{}", undo.stdout);
    }
}

/// Stops a trial at each point, at some at the same time. Returns what was there, in their order.
fn all_stopped(points: &[Point], at_once: usize) -> Vec<(Point, After, String)> {
    let (next, ended) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(point) = points.get(index) else {
                        break;
                    };
                    let (after, method) = stopped_at(*point);
                    ended.lock().unwrap().push((index, *point, after, method));
                }
            });
        }
    });
    let mut ended = ended.into_inner().unwrap();
    ended.sort_by_key(|(index, ..)| *index);
    let ended = ended.into_iter();
    ended
        .map(|(_, point, after, method)| (point, after, method))
        .collect()
}

#[test]
fn a_trial_that_is_stopped_leaves_the_policy_or_the_way_back_to_it() {
    let points = points();
    // Of the first POSTs, a later one, the last, and what is between them.
    let sample: Vec<_> = points.iter().skip(2).step_by(6).copied().collect();
    assert_eq!(sample.len(), 8);
    assert!(
        all_stopped(&sample, sample.len())
            .iter()
            .any(|(_, after, _)| *after == After::BackByCommand)
    );
}

#[test]
#[ignore = "takes minutes: make soak"]
fn fifty_trials_that_are_stopped_leave_the_policy_or_the_way_back_to_it() {
    let stopped = all_stopped(&points(), 4);
    let mut table = String::from(
        "| Stopped at | By | Points | Policy still there, or put back by the trial | Put back by the command that was shown |\n|---|---|--:|--:|--:|\n",
    );
    let mut total = 0;
    for (method, request) in [("GET", "a query"), ("POST", "a POST")] {
        for hold in [Hold::BeforeHandled, Hold::AfterHandled] {
            for signal in [Signal::SIGINT, Signal::SIGKILL] {
                let of_kind: Vec<_> = stopped
                    .iter()
                    .filter(|(point, _, held)| {
                        held == method && point.hold == hold && point.signal == signal
                    })
                    .map(|(_, after, _)| *after)
                    .collect();
                let count = |wanted| of_kind.iter().filter(|after| **after == wanted).count();
                let moment = match hold {
                    Hold::BeforeHandled => "before",
                    Hold::AfterHandled => "after",
                };
                let _ = writeln!(
                    table,
                    "| {request}, {moment} the server handled it | {signal} | {} | {} | {} |",
                    of_kind.len(),
                    count(After::Back),
                    count(After::BackByCommand),
                );
                total += of_kind.len();
            }
        }
    }
    assert_eq!(total, POINTS);
    publish("killed trials", &table);
}
