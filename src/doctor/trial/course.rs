//! The course of a trial: what was there, what may be there now, and what has to be done next. Pure:
//! time, replies and signals are passed in.
//!
//! The first POST sets the policy that the campaign has already. So it is known that the policy can be
//! put back, and how it has to be written for that, before anything changes.

#[cfg(test)]
mod tests;

use std::time::Duration;

use isales_client::{RetryPolicy, retry_policy::Encoding};

use super::{
    facts::Facts,
    form::{Form, Layout, Question, Writing, other_quotes},
    material::Material,
    pace::{Pace, UNKNOWN_LAG},
    write::{Action, Answer, Posted, Seen, Write, WriteKind, same},
};

/// The weight of requests that failed again and again, for the wait after them.
const LONG_FAILURE: u32 = 5;

/// The policy that the campaign is to have in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Goal {
    pub(super) policy: RetryPolicy,
    /// Whether the campaign has it already. Otherwise it has none, and there is no way to take one
    /// away.
    pub(super) is_original: bool,
}

/// Why a trial ended before its last question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The user has asked for it.
    Interrupted,
    /// The server refuses the policy that it shows, in every way of writing it.
    GoalRefused,
    /// The server keeps something else in place of the policy that it shows.
    GoalNotKept,
    /// A write did not show after this time.
    NotShown(Duration),
    /// Requests failed.
    Failed(String),
}

/// The end of a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing but the policy that the campaign is to have was ever set.
    Undisturbed,
    /// The policy was put back, and the server shows it.
    Back,
    /// The campaign may have another policy.
    NotBack(String),
    /// The campaign does not exist any more.
    Gone,
}

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
    /// Whether the server has kept another policy in place of the goal.
    is_kept_as_another: bool,
    /// How the goal is known to be kept.
    proven: Option<Encoding>,
    last_post: Option<Duration>,
    stop: Option<Stop>,
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
            is_kept_as_another: false,
            proven: None,
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
        let is_sent = matches!(posted, Posted::Accepted | Posted::Unclear(_));
        self.last_post = Some(now);
        let Some(write) = self.write_mut() else {
            return;
        };
        write.posted(posted, now);
        if is_sent {
            let policy = Some(write.policy().clone());
            // Even the goal may have been kept as something else, until a read shows it.
            self.is_disturbed = true;
            self.remember(policy);
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

    fn remember(&mut self, policy: Option<RetryPolicy>) {
        if !self.earlier.iter().any(|known| same(known, &policy)) {
            self.earlier.push(policy);
        }
    }

    /// Moves on if the current write has ended.
    fn advance(&mut self, now: Duration) {
        let Some((write, answer)) = self
            .write()
            .and_then(|write| Some((write.clone(), write.answer()?.clone())))
        else {
            return;
        };
        if answer == Answer::Gone {
            self.phase = Phase::Ended(End::Gone);
            return;
        }
        match &self.phase {
            Phase::Proving { others, .. } => {
                let others = others.clone();
                self.proved(&write, answer, others, now);
            }
            Phase::Asking { question, .. } => {
                let question = *question;
                self.answered(question, &write, answer, now);
            }
            Phase::PuttingBack {
                others, deadline, ..
            } => {
                let (others, deadline) = (others.clone(), *deadline);
                self.tried_to_put_back(&write, answer, others, deadline, now);
            }
            Phase::Ended(_) => {}
        }
    }

    fn proved(&mut self, write: &Write, answer: Answer, mut others: Vec<Encoding>, now: Duration) {
        let policy = write.policy();
        let question = Question {
            form: None,
            policy_type: policy.policy_type,
            writing: Writing::of(write.encoding(), policy),
        };
        self.facts.add(question, policy.clone(), answer.clone());
        let stop = match answer {
            Answer::Kept(_) => {
                self.proven = Some(write.encoding());
                self.is_disturbed = false;
                return self.ask_next(now);
            }
            Answer::Refused(_) => Stop::GoalRefused,
            Answer::KeptOther(_) | Answer::Unreadable(_) => {
                self.is_kept_as_another = true;
                Stop::GoalNotKept
            }
            // The server may have kept the same other policy once more.
            Answer::NotShown(_) if self.is_kept_as_another => Stop::GoalNotKept,
            Answer::NotShown(waited) => {
                others.clear();
                Stop::NotShown(waited)
            }
            Answer::Failed(reason) => {
                others.clear();
                Stop::Failed(reason)
            }
            Answer::Gone => return,
        };
        match others.pop() {
            Some(encoding) => {
                let write = self.goal_written(encoding, WriteKind::Same, now);
                self.phase = Phase::Proving { write, others };
            }
            None if stop == Stop::GoalNotKept => {
                self.stop = Some(stop);
                let reason =
                    "it was sent in every form, and the server kept another policy each time";
                self.phase = Phase::Ended(End::NotBack(reason.to_owned()));
            }
            None => {
                self.stop.get_or_insert(stop);
                self.conclude(now);
            }
        }
    }

    fn answered(&mut self, question: Question, write: &Write, answer: Answer, now: Duration) {
        let stop = match &answer {
            // If others showed, the server may have kept what was there in place of this one.
            Answer::NotShown(waited) if !self.facts.has_any_shown() => {
                Some(Stop::NotShown(*waited))
            }
            Answer::Failed(reason) => Some(Stop::Failed(reason.clone())),
            _ => None,
        };
        self.facts.add(question, write.policy().clone(), answer);
        match stop {
            Some(stop) => {
                self.stop = Some(stop);
                self.conclude(now);
            }
            None => self.ask_next(now),
        }
    }

    fn tried_to_put_back(
        &mut self,
        write: &Write,
        answer: Answer,
        mut others: Vec<Encoding>,
        deadline: Duration,
        now: Duration,
    ) {
        let mut due = now;
        let (reason, next) = match answer {
            Answer::Kept(_) => {
                self.phase = Phase::Ended(End::Back);
                return;
            }
            Answer::Failed(reason) => {
                due += self.pace.after_failure(LONG_FAILURE);
                (reason, Some(write.encoding()))
            }
            Answer::Refused(refusal) => (refusal.reason, others.pop()),
            Answer::KeptOther(_) => {
                let reason = "the server kept another policy in place of it";
                (reason.to_owned(), others.pop())
            }
            Answer::Unreadable(reason) => (reason, others.pop()),
            Answer::NotShown(waited) => {
                let reason = format!(
                    "the server has accepted it, but still showed another policy after {} s",
                    waited.as_secs()
                );
                (reason, None)
            }
            Answer::Gone => return,
        };
        self.phase = match next {
            Some(encoding) if now < deadline => Phase::PuttingBack {
                write: self.goal_written(encoding, WriteKind::Back, due),
                others,
                deadline,
            },
            _ => Phase::Ended(End::NotBack(reason)),
        };
    }

    fn ask_next(&mut self, now: Duration) {
        let Some(question) = self.facts.next(&self.material) else {
            return self.conclude(now);
        };
        let Some(form) = question.form else {
            return self.conclude(now);
        };
        let policy = self.material.policy(form, &self.earlier);
        let encoding = question.writing.encoding();
        let write = Write::new(
            policy,
            encoding,
            self.pace,
            WriteKind::New,
            self.next_post(now),
        );
        self.phase = Phase::Asking { write, question };
    }

    /// Ends the questions.
    fn conclude(&mut self, now: Duration) {
        if self.is_disturbed {
            self.put_back(now);
        } else {
            self.phase = Phase::Ended(End::Undisturbed);
        }
    }

    fn put_back(&mut self, now: Duration) {
        let mut others = encodings(self.facts.configured(), &self.goal.policy);
        if let Some(proven) = self.proven {
            others.retain(|encoding| *encoding != proven);
            others.push(proven);
        }
        let first = others.pop().unwrap_or_else(|| self.facts.configured());
        let is_stopped = self.stop == Some(Stop::Interrupted);
        self.phase = Phase::PuttingBack {
            write: self.goal_written(first, WriteKind::Back, now),
            others,
            deadline: now + Pace::patience(is_stopped),
        };
    }

    /// Ends what is not done in time, but no read that may show that it is.
    fn give_up_in_time(&mut self, now: Duration) {
        if let Phase::PuttingBack { deadline, .. } = self.phase
            && now >= deadline
        {
            let reason = "there was no more time".to_owned();
            self.phase = Phase::Ended(End::NotBack(reason));
        }
    }

    fn goal_written(&self, encoding: Encoding, kind: WriteKind, now: Duration) -> Write {
        let due = self.next_post(now);
        let settle = match (kind, self.facts.lag()) {
            (WriteKind::Back, None) if !self.has_shown_another => UNKNOWN_LAG,
            (WriteKind::Back, Some(lag)) if !lag.over.is_zero() => lag.within,
            _ => Duration::ZERO,
        };
        Write::new(self.goal.policy.clone(), encoding, self.pace, kind, due).settling_for(settle)
    }

    /// Returns when the next POST may be sent.
    fn next_post(&self, now: Duration) -> Duration {
        let due = self.last_post.map(|last| last + self.pace.pause);
        due.unwrap_or_default().max(now)
    }
}

/// Returns all ways to write a policy, the configured one last.
fn encodings(configured: Encoding, policy: &RetryPolicy) -> Vec<Encoding> {
    let first = Writing::of(configured, policy);
    let other_layout = first.layout.map(Layout::other);
    let quotes = other_quotes(first.quotes);
    let mut writings = vec![
        Writing {
            quotes,
            layout: other_layout,
        },
        Writing {
            layout: other_layout,
            ..first
        },
        Writing { quotes, ..first },
        first,
    ];
    // Without a common policy, there are only the quotes to vary.
    writings.dedup();
    if first.layout.is_none() {
        writings = vec![Writing { quotes, ..first }, first];
    }
    writings.into_iter().map(Writing::encoding).collect()
}
