//! What all connections share, and the way of a request through it.

use std::collections::VecDeque;
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

use crate::api;
use crate::clock::Clock;
use crate::fault::{Fault, FaultSequence};
use crate::faulty_reply::faulty_reply;
use crate::policy::Keeps;
use crate::record::{Counters, RecordedRequest, Traffic};
use crate::reply::Reply;
use crate::script::{Action, Scripts};
use crate::server::Command;
use crate::shape::Shape;
use crate::signature::{self, Credentials};
use crate::store::{Store, Stored};
use crate::wire::WireRequest;

/// How long the server is away in [`Fault::Restart`].
const RESTART: Duration = Duration::from_millis(300);
/// How late the reply is in [`Fault::Latency`].
const LATE: Duration = Duration::from_millis(1500);
/// The requests that are remembered; beyond it the oldest go.
const MAX_RECORDED: usize = 100_000;

/// How long the server takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Latency {
    /// Milliseconds between a request's arrival and its handling.
    pub before_ms: u64,
    /// Milliseconds between its handling, after which a policy is stored, and the reply.
    pub after_ms: u64,
}

impl Latency {
    /// So long before a request is handled.
    pub fn before(wait: Duration) -> Self {
        Self {
            before_ms: milliseconds(wait),
            after_ms: 0,
        }
    }

    /// So long after a request was handled and a policy stored.
    pub fn after(wait: Duration) -> Self {
        Self {
            before_ms: 0,
            after_ms: milliseconds(wait),
        }
    }
}

fn milliseconds(wait: Duration) -> u64 {
    u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
}

/// One server's memory and settings.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) credentials: Credentials,
    pub(crate) clock_skew: Duration,
    pub(crate) clock: Clock,
    pub(crate) commands: mpsc::UnboundedSender<Command>,
    state: Mutex<State>,
}

/// What changes while the server runs.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) store: Store,
    pub(crate) shape: Shape,
    pub(crate) keeps: Keeps,
    pub(crate) latency: Latency,
    pub(crate) scripts: Scripts,
    pub(crate) faults: FaultSequence,
    pub(crate) counters: Counters,
    pub(crate) traffic: Traffic,
    requests: VecDeque<RecordedRequest>,
    last_number: u64,
}

/// What a connection has to do for a request.
#[derive(Debug)]
pub(crate) enum Outcome {
    Reply(Reply),
    Reset,
}

/// A request between its arrival and the end of its reply; counts as open for as long as it lives,
/// and no longer than the client waits.
#[derive(Debug)]
pub(crate) struct OpenRequest(Arc<Served>);

impl Drop for OpenRequest {
    fn drop(&mut self) {
        self.0.state().traffic.leave();
    }
}

impl State {
    pub(crate) fn new(store: Store, shape: Shape, keeps: Keeps, faults: FaultSequence) -> Self {
        Self {
            store,
            shape,
            keeps,
            latency: Latency::default(),
            scripts: Scripts::default(),
            faults,
            counters: Counters::default(),
            traffic: Traffic::default(),
            requests: VecDeque::new(),
            last_number: 0,
        }
    }

    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.requests.iter().cloned().collect()
    }

    fn record(&mut self, request: RecordedRequest) {
        if self.requests.len() >= MAX_RECORDED {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }

    pub(crate) fn clear_requests(&mut self) {
        self.requests.clear();
    }

    /// A script comes first; a request that meets one takes no place in the fault sequence.
    fn next_action(&mut self, request: &WireRequest) -> Action {
        self.scripts
            .take(request)
            .or_else(|| self.faults.draw().map(Action::Fault))
            .unwrap_or(Action::Pass)
    }

    fn recorded(&mut self, number: u64) -> Option<&mut RecordedRequest> {
        self.requests
            .iter_mut()
            .rfind(|request| request.number == number)
    }
}

impl Served {
    pub(crate) fn new(
        credentials: Credentials,
        clock: Clock,
        clock_skew: Duration,
        commands: mpsc::UnboundedSender<Command>,
        state: State,
    ) -> Self {
        Self {
            credentials,
            clock_skew,
            clock,
            commands,
            state: Mutex::new(state),
        }
    }

    /// The state; never held across a wait.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn open_request(self: &Arc<Self>) -> OpenRequest {
        let mut state = self.state();
        let State {
            traffic, counters, ..
        } = &mut *state;
        traffic.enter(Instant::now(), counters);
        OpenRequest(Arc::clone(self))
    }

    /// Handles one request: checks, records, waits, answers.
    pub(crate) async fn handle(&self, request: WireRequest) -> Outcome {
        let now = self.clock.now();
        let verdict = signature::verify(&self.credentials, &request, now, self.clock_skew);
        let (number, action, latency) = {
            let mut state = self.state();
            state.last_number += 1;
            let number = state.last_number;
            let mut record = RecordedRequest::new(number, &request, verdict.as_ref().copied(), now);
            let action = state.next_action(&request);
            record.interference = match &action {
                Action::Pass => None,
                Action::Reply(_) => Some("script".to_owned()),
                Action::Fault(fault) => Some(fault.to_string()),
            };
            state.record(record);
            (number, action, state.latency)
        };
        pause(latency.before_ms).await;
        let outcome = match action {
            Action::Pass => Outcome::Reply(self.answer(&request, verdict.is_ok())),
            Action::Reply(reply) => Outcome::Reply(reply.into()),
            Action::Fault(fault) => self.meet(fault, &request, verdict.is_ok()).await,
        };
        pause(latency.after_ms).await;
        self.finish(number, outcome)
    }

    fn answer(&self, request: &WireRequest, authorised: bool) -> Reply {
        if !authorised {
            return Reply::json(401, r#"{"error":"unauthorized"}"#);
        }
        let mut state = self.state();
        let State {
            store,
            shape,
            keeps,
            counters,
            ..
        } = &mut *state;
        let answer = api::answer(store, *shape, *keeps, request);
        match answer.stored {
            Some(Stored::Changed) => counters.policies_changed += 1,
            Some(Stored::SameAsBefore) => counters.policies_repeated += 1,
            Some(Stored::Ignored) | None => {}
        }
        answer.reply
    }

    async fn meet(&self, fault: Fault, request: &WireRequest, authorised: bool) -> Outcome {
        *self
            .state()
            .counters
            .faults
            .entry(fault.to_string())
            .or_default() += 1;
        let answer = fault.stores().then(|| self.answer(request, authorised));
        if fault == Fault::Restart {
            // A server that is stopping already does not restart. One that does resets this
            // connection with the others, when it takes no new ones any more.
            if self.commands.send(Command::Restart(RESTART)).is_ok() {
                return pending().await;
            }
        }
        if fault == Fault::Latency {
            sleep(LATE).await;
        }
        faulty_reply(fault, answer, self.clock.now())
    }

    fn finish(&self, number: u64, outcome: Outcome) -> Outcome {
        let mut state = self.state();
        match outcome {
            Outcome::Reset => Outcome::Reset,
            Outcome::Reply(reply) => {
                *state.counters.by_status.entry(reply.status).or_default() += 1;
                if let Some(record) = state.recorded(number) {
                    record.status = Some(reply.status);
                }
                // A script may have a date of its own.
                let dated = reply.headers.iter().any(|(name, _)| name == "date");
                let date = httpdate::fmt_http_date(self.clock.now());
                Outcome::Reply(if dated {
                    reply
                } else {
                    reply.with_header("date", date)
                })
            }
        }
    }
}

async fn pause(milliseconds: u64) {
    if milliseconds > 0 {
        sleep(Duration::from_millis(milliseconds)).await;
    }
}
