//! The state that all connections share, and the handling of a request.

use std::{
    collections::VecDeque,
    future::pending,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::mpsc,
    time::{Instant, sleep},
};

use super::{Command, Latency};
use crate::{
    api::{Directions, Router},
    clock::Clock,
    faults::{Action, Fault, FaultSequence, Hold, Scripts, faulty_reply},
    http::{Outcome, Reply, WireRequest},
    like::{Limit, Replay},
    records::{Counters, RecordedRequest, Traffic},
    signature::{self, Accepts, Credentials},
    store::Store,
};

/// How long the server is down in [`Fault::Restart`].
const RESTART: Duration = Duration::from_millis(300);
/// How late the reply is in [`Fault::Latency`].
const LATE: Duration = Duration::from_millis(1500);
/// The number of requests that are recorded. Beyond it, the oldest are dropped.
const MAX_RECORDED: usize = 100_000;

/// A server, apart from its sockets.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) credentials: Credentials,
    /// The forms of a signature that are accepted.
    pub(crate) accepts: Accepts,
    /// How far a request's timestamp may be from the clock.
    pub(crate) clock_skew: Duration,
    pub(crate) limit: Option<Limit>,
    pub(crate) clock: Clock,
    pub(crate) commands: mpsc::UnboundedSender<Command>,
    pub(crate) router: Router,
    pub(crate) state: Mutex<State>,
}

/// The state that changes while the server runs.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) store: Store,
    pub(crate) latency: Latency,
    pub(crate) scripts: Scripts,
    pub(crate) faults: FaultSequence,
    pub(crate) counters: Counters,
    traffic: Traffic,
    requests: VecDeque<RecordedRequest>,
    last_number: u64,
}

/// A request between its arrival and the end of its reply, or until the client disconnects.
#[derive(Debug)]
pub(crate) struct OpenRequest(Arc<Service>);

// === impl Service ===

impl Service {
    /// Locks the state. The lock is never held across an await.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a request as open until the returned guard is dropped.
    pub(crate) fn open_request(self: &Arc<Self>) -> OpenRequest {
        let mut state = self.state();
        let State {
            traffic, counters, ..
        } = &mut *state;
        traffic.enter(Instant::now(), counters);
        OpenRequest(Arc::clone(self))
    }

    /// Verifies, records, delays and answers a request.
    pub(crate) async fn handle(&self, request: WireRequest) -> Outcome {
        let now = self.clock.now();
        let verified = signature::verify(
            &self.credentials,
            &self.accepts,
            &request,
            now,
            self.clock_skew,
        );
        let (number, action, latency, open) = {
            let mut state = self.state();
            state.last_number += 1;
            let number = state.last_number;
            let mut record = RecordedRequest::new(number, &request, verified.as_ref().err(), now);
            let action = state.next_action(&request);
            record.interference = match &action {
                Action::Pass => None,
                Action::Reply(_) | Action::Shape(_) | Action::Stale | Action::Hold(_) => {
                    Some("script".to_owned())
                }
                Action::Fault(fault) => Some(fault.to_string()),
            };
            state.record(record);
            (number, action, state.latency, state.traffic.open())
        };
        pause(latency.before_ms).await;
        if let Some(limit) = &self.limit
            && open > limit.requests
        {
            return self.finish(number, Outcome::Reply(limit.reply.clone()));
        }
        let own_reply =
            |directions| Outcome::Reply(self.answer(&request, verified.is_ok(), directions));
        let outcome = match action {
            Action::Pass => own_reply(Directions::default()),
            Action::Shape(shape) => own_reply(Directions {
                shape: Some(shape),
                ..Directions::default()
            }),
            Action::Stale => own_reply(Directions {
                stale: true,
                ..Directions::default()
            }),
            Action::Hold(hold) => {
                if hold == Hold::AfterHandled {
                    self.answer(&request, verified.is_ok(), Directions::default());
                }
                self.hold(number).await
            }
            Action::Reply(reply) => Outcome::Reply(reply.into()),
            Action::Fault(fault) => self.inject(fault, &request, verified.is_ok()).await,
        };
        pause(latency.after_ms).await;
        self.finish(number, outcome)
    }

    fn answer(&self, request: &WireRequest, authorized: bool, directions: Directions) -> Reply {
        let mut state = self.state();
        let State {
            store, counters, ..
        } = &mut *state;
        let replay = store.part_mut::<Replay>();
        if !authorized {
            let unauthorized = || Reply::json(401, r#"{"error":"unauthorized"}"#);
            return replay.unauthorized().unwrap_or_else(unauthorized);
        }
        // A script asks for another reply than the recorded one.
        let recorded = replay
            .answer(request)
            .filter(|_| directions == Directions::default());
        if let Some(recorded) = recorded {
            return recorded;
        }
        replay.forget(request);
        self.router.answer(store, counters, request, directions)
    }

    /// Records that a request is held, and keeps it open.
    async fn hold(&self, number: u64) -> Outcome {
        if let Some(record) = self.state().recorded(number) {
            record.is_held = true;
        }
        pending().await
    }

    async fn inject(&self, fault: Fault, request: &WireRequest, authorized: bool) -> Outcome {
        *self
            .state()
            .counters
            .faults
            .entry(fault.to_string())
            .or_default() += 1;
        let answer = fault
            .stores()
            .then(|| self.answer(request, authorized, Directions::default()));
        if fault == Fault::Restart {
            // The restart resets this connection with all others, once new ones are refused. A
            // server that is already stopping does not restart.
            if self.commands.send(Command::Restart(RESTART)).is_ok() {
                return pending().await;
            }
        }
        if fault == Fault::Latency {
            sleep(LATE).await;
        }
        faulty_reply(fault, answer, self.clock.now())
    }

    /// Records the outcome and dates the reply.
    fn finish(&self, number: u64, outcome: Outcome) -> Outcome {
        let mut state = self.state();
        match outcome {
            Outcome::Reset | Outcome::Close => outcome,
            Outcome::Reply(reply) => {
                *state.counters.by_status.entry(reply.status).or_default() += 1;
                if let Some(record) = state.recorded(number) {
                    record.status = Some(reply.status);
                }
                // A script may set the date itself.
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

// === impl State ===

impl State {
    pub(crate) fn new(store: Store, faults: FaultSequence, latency: Latency) -> Self {
        Self {
            store,
            latency,
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

    pub(crate) fn clear_requests(&mut self) {
        self.requests.clear();
    }

    fn record(&mut self, request: RecordedRequest) {
        if self.requests.len() >= MAX_RECORDED {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }

    fn recorded(&mut self, number: u64) -> Option<&mut RecordedRequest> {
        self.requests
            .iter_mut()
            .rfind(|request| request.number == number)
    }

    /// Returns the action of a script or else of the fault sequence. A scripted request does not
    /// advance the sequence.
    fn next_action(&mut self, request: &WireRequest) -> Action {
        self.scripts
            .take(request)
            .or_else(|| self.faults.draw().map(Action::Fault))
            .unwrap_or(Action::Pass)
    }
}

// === impl OpenRequest ===

impl Drop for OpenRequest {
    fn drop(&mut self) {
        self.0.state().traffic.leave();
    }
}

async fn pause(milliseconds: u64) {
    if milliseconds > 0 {
        sleep(Duration::from_millis(milliseconds)).await;
    }
}
