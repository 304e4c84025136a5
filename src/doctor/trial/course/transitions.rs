//! From the end of one write to the next.

use std::time::Duration;

use isales_client::retry_policy::Encoding;

use super::{End, Phase, Sight, Stop, Trial};
use crate::doctor::trial::{
    form::{Question, Writing, encodings},
    pace::{Pace, UNKNOWN_LAG},
    write::{Answer, Write, WriteKind},
};

/// The weight of requests that failed again and again, for the wait after them.
const LONG_FAILURE: u32 = 5;

// === impl Trial ===

impl Trial {
    /// Moves on if the current write has ended.
    pub(super) fn advance(&mut self, now: Duration) {
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
                self.phase = Phase::Ended(match self.sight {
                    Sight::Unseen => End::Unverified,
                    Sight::NothingSent | Sight::Seen => End::Back,
                });
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
    pub(super) fn conclude(&mut self, now: Duration) {
        if self.is_disturbed {
            self.put_back(now);
        } else {
            self.phase = Phase::Ended(End::Undisturbed);
        }
    }

    pub(super) fn put_back(&mut self, now: Duration) {
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
    pub(super) fn give_up_in_time(&mut self, now: Duration) {
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
