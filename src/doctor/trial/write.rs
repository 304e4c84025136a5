//! One write of a trial: a POST, repeated where that is called for, and the reads that show what
//! became of it. Pure: it says what to do next, and is told what happened.

use std::time::Duration;

use isales_client::{
    RetryPolicy,
    retry_policy::{Encoding, equivalent},
};

use super::pace::Pace;

/// How often a request that has failed is made again.
const MAX_FAILURES: u32 = 4;

/// How often a POST whose reply was lost is repeated.
const MAX_LOST: u32 = 3;

/// How often the server may say that requests come too fast.
const MAX_TOO_FAST: u32 = 6;

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Wait this long.
    Wait(Duration),
    /// Post this policy.
    Post(RetryPolicy, Encoding),
    /// Query the policy.
    Read,
    /// Nothing: it is over.
    End,
}

/// The reply to a POST whose effect is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    /// There was none, so that a gateway may still hold the request.
    Missing,
    /// It cannot be read.
    Unreadable,
}

/// What became of a POST.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Posted {
    /// The server has accepted it.
    Accepted,
    /// The server has refused this policy.
    Refused(Refusal),
    /// The server asks for fewer requests.
    TooFast,
    /// It may have taken effect: there is no reply, or none that says so.
    Unclear(Reply, String),
    /// It has not taken effect, and another attempt may.
    NotDone(String),
    /// The campaign does not exist.
    Gone,
}

/// A refusal with its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: String,
    pub(super) reason: String,
}

/// What a query has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// This policy, or none.
    Policy(Option<RetryPolicy>),
    /// A policy that cannot be read.
    Unreadable(String),
    /// The query has failed.
    Failed(String),
    /// The campaign does not exist.
    Gone,
}

/// The end of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The campaign has the policy.
    Kept(Lag),
    /// The campaign has another policy since, or none.
    KeptOther(Option<RetryPolicy>),
    /// The server has refused the policy.
    Refused(Refusal),
    /// The server has accepted the policy, but still showed an earlier one after this time.
    NotShown(Duration),
    /// The server shows a policy since that cannot be read.
    Unreadable(String),
    /// The request or its query has failed, again and again.
    Failed(String),
    /// The campaign does not exist any more.
    Gone,
}

/// How long reads lagged behind a write: longer than `over`, which is zero if the first read showed
/// it, and at most `within`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lag {
    pub(super) over: Duration,
    pub(super) within: Duration,
    /// Whether a read showed an earlier policy after one had shown the new policy.
    pub(super) flipped: bool,
}

/// One write.
#[derive(Clone, Debug)]
pub(super) struct Write {
    policy: RetryPolicy,
    encoding: Encoding,
    pace: Pace,
    kind: WriteKind,
    /// How long after the POST the policy has to be shown still.
    settle: Duration,
    stage: Stage,
    /// When the next action is due.
    due: Duration,
    /// When the last POST was replied to.
    posted_at: Duration,
    lag: Lag,
    lost: Option<String>,
    accepted: bool,
    posts: u32,
    failures: u32,
    too_fast: u32,
}

/// What a write is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WriteKind {
    /// Sets a policy that no read can have shown before.
    New,
    /// Sets the policy that the campaign has: only the server's reply tells that it was accepted.
    Same,
    /// Puts the policy back, likewise. Reads may show any other policy first, and are repeated longer.
    Back,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    /// Looks whether reads show a policy of the trial, before it is replaced.
    Looking,
    Posting,
    Reading,
    /// The policy was shown; it is read once more, in case that another server of a cluster answers.
    Confirming,
    Ended(Answer),
}

// === impl Write ===

impl Write {
    /// Begins a write that is due at this time.
    pub(super) fn new(
        policy: RetryPolicy,
        encoding: Encoding,
        pace: Pace,
        kind: WriteKind,
        due: Duration,
    ) -> Self {
        Self {
            policy,
            encoding,
            pace,
            kind,
            settle: Duration::ZERO,
            stage: Stage::Posting,
            due,
            posted_at: due,
            lag: Lag::default(),
            lost: None,
            accepted: false,
            posts: 0,
            failures: 0,
            too_fast: 0,
        }
    }

    /// Takes the policy for kept only if it is still shown this long after the POST.
    pub(super) fn settling_for(self, settle: Duration) -> Self {
        Self { settle, ..self }
    }

    /// Queries the policy once before the POST.
    pub(super) fn look_first(&mut self, now: Duration) {
        self.stage = Stage::Looking;
        self.due = now;
    }

    pub(super) fn policy(&self) -> &RetryPolicy {
        &self.policy
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    pub(super) fn answer(&self) -> Option<&Answer> {
        match &self.stage {
            Stage::Ended(answer) => Some(answer),
            _ => None,
        }
    }

    /// Says what to do at this time.
    pub(super) fn action(&self, now: Duration) -> Action {
        match self.due.checked_sub(now) {
            _ if self.answer().is_some() => Action::End,
            Some(wait) if !wait.is_zero() => Action::Wait(wait),
            _ if self.stage == Stage::Posting => Action::Post(self.policy.clone(), self.encoding),
            _ => Action::Read,
        }
    }

    /// Takes in what became of the POST.
    pub(super) fn posted(&mut self, posted: Posted, now: Duration) {
        match posted {
            Posted::Accepted => {
                self.accepted = true;
                self.begin_reading(now);
            }
            Posted::Unclear(_, reason) => {
                self.lost = Some(reason);
                self.begin_reading(now);
            }
            Posted::Refused(refusal) => self.end(Answer::Refused(refusal)),
            Posted::Gone => self.end(Answer::Gone),
            Posted::TooFast => {
                self.too_fast += 1;
                if self.too_fast > MAX_TOO_FAST {
                    let reason = "the server kept on saying that requests come too fast";
                    self.end(Answer::Failed(reason.to_owned()));
                }
                self.due = now + Pace::too_fast(self.too_fast).max(self.pace.pause);
            }
            Posted::NotDone(reason) => self.fail(reason, now),
        }
    }

    /// Takes in what a query has shown. `earlier` are the policies that may still be shown because
    /// reads lag.
    pub(super) fn seen(&mut self, seen: Seen, earlier: &[Option<RetryPolicy>], now: Duration) {
        if self.stage == Stage::Looking && seen != Seen::Gone {
            self.stage = Stage::Posting;
            // Nothing was posted yet, so this is when the POST is due.
            self.due = self.posted_at;
            return;
        }
        let elapsed = now.saturating_sub(self.posted_at);
        match seen {
            Seen::Policy(Some(policy)) if equivalent(&policy, &self.policy) => {
                self.shown(elapsed, now);
            }
            Seen::Policy(policy) => {
                let is_earlier = earlier.iter().any(|other| same(other, &policy));
                // Before the last write, there may have been one whose effect was never seen.
                if is_earlier || self.kind == WriteKind::Back {
                    self.not_shown(policy, is_earlier, elapsed, now);
                } else {
                    self.end(Answer::KeptOther(policy));
                }
            }
            Seen::Unreadable(reason) => self.end(Answer::Unreadable(reason)),
            Seen::Failed(reason) => self.fail(reason, now),
            Seen::Gone => self.end(Answer::Gone),
        }
    }

    fn begin_reading(&mut self, now: Duration) {
        self.posts += 1;
        self.posted_at = now;
        self.due = now;
        self.stage = Stage::Reading;
    }

    fn shown(&mut self, elapsed: Duration, now: Duration) {
        if self.stage == Stage::Confirming && elapsed >= self.settle {
            return self.end(Answer::Kept(self.lag));
        }
        // A read that lags shows what was there before, so it proves nothing here.
        let may_be_stale = self.kind != WriteKind::New && self.lag.over.is_zero();
        if let Some(reason) = self.lost.clone()
            && !self.accepted
            && may_be_stale
        {
            return self.post_again(reason, now);
        }
        if self.stage != Stage::Confirming {
            self.lag.within = elapsed;
        }
        self.stage = Stage::Confirming;
        // A POST without a reply may still be on its way.
        let times = if self.lost.is_some() { 3 } else { 1 };
        self.due = now + self.pace.pause * times;
        if elapsed < self.settle {
            let next = Pace::next_read(true, elapsed).and_then(|number| Pace::read(true, number));
            let next = next.map_or(self.settle, |next| next.min(self.settle));
            self.due = self.due.max(self.posted_at + next);
        }
    }

    fn not_shown(
        &mut self,
        policy: Option<RetryPolicy>,
        is_earlier: bool,
        elapsed: Duration,
        now: Duration,
    ) {
        if self.stage == Stage::Confirming {
            self.lag.flipped = true;
        }
        self.lag.over = elapsed;
        self.stage = Stage::Reading;
        let is_last = self.kind == WriteKind::Back;
        let next = Pace::next_read(is_last, elapsed).and_then(|number| Pace::read(is_last, number));
        if let Some(next) = next {
            self.due = self.posted_at + next;
        } else if let Some(reason) = self.lost.clone().filter(|_| !self.accepted) {
            self.post_again(reason, now);
        } else if is_earlier {
            self.end(Answer::NotShown(elapsed));
        } else {
            self.end(Answer::KeptOther(policy));
        }
    }

    /// Repeats a POST whose reply was lost.
    fn post_again(&mut self, reason: String, now: Duration) {
        if self.posts < MAX_LOST {
            self.stage = Stage::Posting;
            self.due = now + self.pace.after_failure(self.posts);
        } else {
            self.end(Answer::Failed(reason));
        }
    }

    fn fail(&mut self, reason: String, now: Duration) {
        self.failures += 1;
        if self.failures > MAX_FAILURES {
            self.end(Answer::Failed(reason));
        }
        self.due = now + self.pace.after_failure(self.failures);
    }

    fn end(&mut self, answer: Answer) {
        self.stage = Stage::Ended(answer);
    }
}

/// Returns whether two policies mean the same, or both are none.
pub(super) fn same(a: &Option<RetryPolicy>, b: &Option<RetryPolicy>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => equivalent(a, b),
        (None, None) => true,
        _ => false,
    }
}
