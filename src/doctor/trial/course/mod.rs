//! The course of a trial: what was there, what may be there now, and what has to be done next. Pure:
//! time, replies and signals are passed in.
//!
//! The first POST sets the policy that the campaign has already. So it is known that the policy can be
//! put back, and how it has to be written for that, before anything changes.

mod end;
#[cfg(test)]
mod tests;
mod transitions;

use std::time::Duration;

use isales_client::{
    RetryPolicy,
    retry_policy::{Encoding, equivalent},
};

pub(super) use self::end::{End, Goal, Stop};
use super::{
    facts::Facts,
    form::{Form, Question, Writing, encodings},
    material::Material,
    pace::Pace,
    write::{Action, Posted, Reply, Seen, Write, WriteKind, same},
};

/// A trial.
#[derive(Clone, Debug)]
pub(super) struct Trial {
    goal: Goal,
    material: Material,
    pace: Pace,
    phase: Phase,
    facts: Facts,
    /// Every policy that was seen or sent. Reads that lag may show any of them.
    earlier: Vec<Option<RetryPolicy>>,
    /// Whether another policy than the goal may be on the server.
    is_disturbed: bool,
    /// Whether a read has shown another policy before any was set.
    has_shown_another: bool,
    /// Whether a read has shown another policy since one was set.
    sight: Sight,
    /// Whether the server has kept another policy in place of the goal.
    is_kept_as_another: bool,
    /// How the goal is known to be kept.
    proven: Option<Encoding>,
    /// POSTs that may still take effect.
    open: Vec<OpenPost>,
    last_post: Option<Duration>,
    stop: Option<Stop>,
}

/// Whether a read has shown a policy of the trial. Until then, a read of the goal may show what was there
/// before the trial, so it proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    /// No other policy than the goal was sent.
    NothingSent,
    /// One was sent, and every read since has shown what was there before.
    Unseen,
    /// One was shown, so a later read of the goal shows that it was put back.
    Seen,
}

/// A POST without a reply.
#[derive(Clone, Debug)]
struct OpenPost {
    policy: RetryPolicy,
    /// Whether the policy was posted once more, so that a read that shows it does not tell which of the
    /// POSTs took effect.
    is_repeated: bool,
}

#[derive(Clone, Debug)]
enum Phase {
    /// Sets the goal.
    Proving {
        write: Write,
        /// Other ways of writing it, the best last.
        others: Vec<Encoding>,
    },
    /// Asks a question.
    Asking {
        write: Write,
        question: Question,
    },
    /// Sets the goal again.
    PuttingBack {
        write: Write,
        others: Vec<Encoding>,
        deadline: Duration,
    },
    Ended(End),
}

// === impl Trial ===

impl Trial {
    /// Begins a trial on a campaign. `configured` is how the provider writes policies.
    pub(super) fn new(goal: Goal, material: Material, configured: Encoding, pace: Pace) -> Self {
        let mut others = encodings(configured, &goal.policy);
        let first = others.pop().unwrap_or(configured);
        let shown = goal.is_original.then(|| goal.policy.clone());
        let write = Write::new(
            goal.policy.clone(),
            first,
            pace,
            WriteKind::Same,
            Duration::ZERO,
        );
        Self {
            goal,
            material,
            pace,
            phase: Phase::Proving { write, others },
            facts: Facts::new(configured),
            earlier: vec![shown],
            is_disturbed: false,
            has_shown_another: false,
            sight: Sight::NothingSent,
            is_kept_as_another: false,
            proven: None,
            open: Vec::new(),
            last_post: None,
            stop: None,
        }
    }

    /// Puts a policy back, without any question. `shown` is the policy that a read shows before: if that
    /// is another one, a read that shows the policy is none that lags.
    pub(super) fn undo(
        policy: RetryPolicy,
        shown: &Seen,
        configured: Encoding,
        pace: Pace,
    ) -> Self {
        let goal = Goal {
            policy,
            is_original: true,
        };
        let mut trial = Self::new(goal, Material::default(), configured, pace);
        trial.is_disturbed = true;
        trial.has_shown_another = match shown {
            Seen::Policy(shown) => !same(shown, &Some(trial.goal.policy.clone())),
            _ => false,
        };
        trial.put_back(Duration::ZERO);
        trial
    }

    /// Says what to do at this time.
    pub(super) fn action(&mut self, now: Duration) -> Action {
        self.give_up_in_time(now);
        self.write().map_or(Action::End, |write| write.action(now))
    }

    /// Returns the question that is being asked.
    pub(super) fn question(&self) -> Option<(Form, Writing)> {
        match &self.phase {
            Phase::Asking { question, .. } => Some((question.form?, question.writing)),
            _ => None,
        }
    }

    /// Returns whether the policy is being put back.
    pub(super) const fn is_putting_back(&self) -> bool {
        matches!(self.phase, Phase::PuttingBack { .. })
    }

    /// Returns how much time there is to put the policy back.
    pub(super) fn time_left(&self, now: Duration) -> Option<Duration> {
        match self.phase {
            Phase::PuttingBack { deadline, .. } => Some(deadline.saturating_sub(now)),
            _ => None,
        }
    }

    pub(super) fn end(&self) -> Option<&End> {
        match &self.phase {
            Phase::Ended(end) => Some(end),
            _ => None,
        }
    }

    /// Returns how the server takes the policy that the campaign is to have, once that is known.
    pub(super) const fn proven(&self) -> Option<Encoding> {
        self.proven
    }

    /// Returns whether a POST may still take effect: a gateway may hold one that had no reply, and hand
    /// it on after the end.
    pub(super) const fn has_open_post(&self) -> bool {
        !self.open.is_empty()
    }

    pub(super) fn stop(&self) -> Option<&Stop> {
        self.stop.as_ref()
    }

    pub(super) fn facts(&self) -> &Facts {
        &self.facts
    }

    pub(super) fn goal(&self) -> &Goal {
        &self.goal
    }

    pub(super) fn material(&self) -> &Material {
        &self.material
    }

    /// Takes in what became of a POST.
    pub(super) fn posted(&mut self, posted: Posted, now: Duration) {
        let is_sent = matches!(posted, Posted::Accepted | Posted::Unclear(..));
        self.last_post = Some(now);
        let Some(policy) = self.write().map(|write| write.policy().clone()) else {
            return;
        };
        let has_no_reply = matches!(posted, Posted::Unclear(Reply::Missing, _));
        self.note_open(policy.clone(), has_no_reply);
        if let Some(write) = self.write_mut() {
            write.posted(posted, now);
        }
        if is_sent {
            if matches!(self.phase, Phase::Asking { .. }) && self.sight == Sight::NothingSent {
                self.sight = Sight::Unseen;
            }
            // Even the goal may have been kept as something else, until a read shows it.
            self.is_disturbed = true;
            self.remember(Some(policy));
        }
        self.advance(now);
    }

    /// Takes in what a query has shown.
    pub(super) fn seen(&mut self, seen: Seen, now: Duration) {
        let earlier = self.earlier.clone();
        let shown = match &seen {
            Seen::Policy(policy) => Some(policy.clone()),
            _ => None,
        };
        if let Some(write) = self.write_mut() {
            write.seen(seen, &earlier, now);
        }
        if let Some(shown) = shown {
            let is_new = !same(&shown, &Some(self.goal.policy.clone()))
                && (self.goal.is_original || shown.is_some());
            if self.sight == Sight::Unseen && is_new {
                self.sight = Sight::Seen;
            }
            let shows = |post: &OpenPost| {
                shown
                    .as_ref()
                    .is_some_and(|shown| equivalent(shown, &post.policy))
            };
            self.open.retain(|post| post.is_repeated || !shows(post));
            self.remember(shown);
        }
        self.advance(now);
    }

    /// Ends the trial early: what is to be put back is put back at once.
    pub(super) fn interrupt(&mut self, now: Duration) {
        match &mut self.phase {
            Phase::Proving { .. } | Phase::Asking { .. } => {
                self.stop = Some(Stop::Interrupted);
                self.conclude(now);
                if let Phase::PuttingBack { write, .. } = &mut self.phase
                    && self.sight == Sight::Unseen
                {
                    write.look_first(now);
                }
            }
            Phase::PuttingBack { deadline, .. } => {
                *deadline = (*deadline).min(now + Pace::patience(true));
            }
            Phase::Ended(_) => {}
        }
    }

    fn write(&self) -> Option<&Write> {
        match &self.phase {
            Phase::Proving { write, .. }
            | Phase::Asking { write, .. }
            | Phase::PuttingBack { write, .. } => Some(write),
            Phase::Ended(_) => None,
        }
    }

    fn write_mut(&mut self) -> Option<&mut Write> {
        match &mut self.phase {
            Phase::Proving { write, .. }
            | Phase::Asking { write, .. }
            | Phase::PuttingBack { write, .. } => Some(write),
            Phase::Ended(_) => None,
        }
    }

    /// Notes a POST that had no reply. That of the goal does no harm, whenever it takes effect.
    fn note_open(&mut self, policy: RetryPolicy, has_no_reply: bool) {
        for post in &mut self.open {
            post.is_repeated |= equivalent(&post.policy, &policy);
        }
        if has_no_reply && !equivalent(&policy, &self.goal.policy) {
            self.open.push(OpenPost {
                policy,
                is_repeated: false,
            });
        }
    }

    fn remember(&mut self, policy: Option<RetryPolicy>) {
        if !self.earlier.iter().any(|known| same(known, &policy)) {
            self.earlier.push(policy);
        }
    }
}
