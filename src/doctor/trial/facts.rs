//! What the answers of a server say about it, and which question comes next.

use isales_client::{
    RetryPolicy,
    retry_policy::{CommonPolicyLayout, Encoding, PolicyType, Quotes},
};

use super::{
    form::{Answered, Form, Layout, Question, Writing, other_quotes},
    material::Material,
    write::{Answer, Lag},
};

/// Whether the server takes a way of writing policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken<'a> {
    Yes,
    /// It takes the other way better, and answered this to the one in question.
    No(&'a Answer),
    Unknown,
}

/// The part of a writing that a question varies, to learn about it and a form at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Vary {
    Nothing,
    Quotes,
    Layout,
}

/// The questions in their order. Where a variation is not taken, the form is asked about as usual, and
/// that tells which of the two the server does not take.
const QUESTIONS: [(Form, Vary); 6] = [
    (Form::GlobalCommon, Vary::Nothing),
    (Form::GlobalResult, Vary::Quotes),
    (Form::GlobalCodes, Vary::Layout),
    (Form::TypedCommon, Vary::Nothing),
    (Form::TypedResult, Vary::Nothing),
    (Form::TypedCommon, Vary::Layout),
];

/// The answers so far.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    configured: Encoding,
    pub(super) answered: Vec<Answered>,
}

// === impl Facts ===

impl Facts {
    pub(super) fn new(configured: Encoding) -> Self {
        Self {
            configured,
            answered: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, question: Question, sent: RetryPolicy, answer: Answer) {
        self.answered.push(Answered {
            question,
            sent,
            answer,
        });
    }

    /// Returns the question to ask next.
    pub(super) fn next(&self, material: &Material) -> Option<Question> {
        let usable = |form: &Form| material.suffices_for(*form);
        for (form, vary) in QUESTIONS.into_iter().filter(|(form, _)| usable(form)) {
            let usual = self.usual(form);
            let varied = match vary {
                Vary::Nothing => usual,
                Vary::Quotes => self.with_other_quotes(usual),
                Vary::Layout => self.with_other_layout(form, usual),
            };
            let other_layout = Writing {
                layout: usual.layout.map(Layout::other),
                ..usual
            };
            let best = |form| self.of_form(form).map(|known| known.answer.rank()).max();
            if (varied != usual || best(form).is_none()) && !self.is_asked(form, varied) {
                return Some(question(form, varied));
            }
            if best(form) < Some(2) && !self.is_asked(form, usual) {
                return Some(question(form, usual));
            }
            if best(form) == Some(0) && !self.is_asked(form, other_layout) {
                return Some(question(form, other_layout));
            }
        }
        // What no other form could answer.
        let form = Form::GlobalCommon;
        let usual = self.usual(form);
        [
            self.with_other_quotes(usual),
            self.with_other_layout(form, usual),
        ]
        .into_iter()
        .find(|varied| *varied != usual && !self.is_asked(form, *varied))
        .map(|varied| question(form, varied))
    }

    /// Returns whether the server takes these quotes.
    pub(super) fn quotes(&self, quotes: Quotes) -> Taken<'_> {
        self.taken(
            |known| known.writing.quotes == quotes,
            |known, other| {
                known.form == other.form
                    && known.writing.layout == other.writing.layout
                    && known.writing.quotes != other.writing.quotes
            },
        )
    }

    /// Returns whether the server takes this layout of a common policy.
    pub(super) fn layout(&self, policy_type: PolicyType, layout: Layout) -> Taken<'_> {
        self.taken(
            |known| known.policy_type == policy_type && known.writing.layout == Some(layout),
            |known, other| {
                known.form == other.form
                    && known.writing.quotes == other.writing.quotes
                    && known.writing.layout != other.writing.layout
            },
        )
    }

    /// Returns the quotes to configure.
    pub(super) fn best_quotes(&self) -> Quotes {
        let configured = self.configured.quotes;
        let other = other_quotes(configured);
        match (self.quotes(configured), self.quotes(other)) {
            (Taken::No(_), Taken::Yes) => other,
            _ => configured,
        }
    }

    /// Returns the layout to configure; none if no setting suits both types of policies.
    pub(super) fn best_layout(&self) -> Option<CommonPolicyLayout> {
        let suits = |setting: CommonPolicyLayout| {
            [PolicyType::Global, PolicyType::NumberType]
                .into_iter()
                .all(|policy_type| {
                    let layout = Layout::of(setting, policy_type);
                    !matches!(self.layout(policy_type, layout), Taken::No(_))
                })
        };
        [
            self.configured.common_policy_layout,
            CommonPolicyLayout::Auto,
            CommonPolicyLayout::Flat,
            CommonPolicyLayout::Nested,
        ]
        .into_iter()
        .find(|setting| suits(*setting))
    }

    pub(super) const fn configured(&self) -> Encoding {
        self.configured
    }

    /// Returns the best answer about a form.
    pub(super) fn best(&self, form: Form) -> Option<&Answered> {
        self.of_form(form).max_by_key(|known| known.answer.rank())
    }

    /// Returns whether a policy that was sent, or another in its place, has shown.
    pub(super) fn has_any_shown(&self) -> bool {
        self.answered.iter().any(|known| {
            known.question.form.is_some()
                && matches!(known.answer, Answer::Kept(_) | Answer::KeptOther(_))
        })
    }

    /// Returns the longest lag; none if no write has shown any.
    pub(super) fn lag(&self) -> Option<Lag> {
        // The policy that the campaign had is shown before the POST as well.
        let asked = self
            .answered
            .iter()
            .filter(|known| known.question.form.is_some());
        asked
            .filter_map(|known| match known.answer {
                Answer::Kept(lag) => Some(lag),
                _ => None,
            })
            .reduce(|a, b| Lag {
                over: a.over.max(b.over),
                within: a.within.max(b.within),
                flipped: a.flipped || b.flipped,
            })
    }

    /// Returns the writing that is known, or configured, to be taken.
    fn usual(&self, form: Form) -> Writing {
        let mut kept = self.answered.iter().filter(|known| known.answer.is_kept());
        let quotes = kept
            .clone()
            .next()
            .map(|known| known.question.writing.quotes);
        let layout = kept.find_map(|known| {
            let question = known.question;
            question
                .writing
                .layout
                .filter(|_| question.policy_type == form.policy_type())
        });
        let configured = || Layout::of(self.configured.common_policy_layout, form.policy_type());
        Writing {
            quotes: quotes.unwrap_or(self.configured.quotes),
            layout: form.has_layout().then(|| layout.unwrap_or_else(configured)),
        }
    }

    /// Returns the writing with the other quotes, if it is not known whether they are taken.
    fn with_other_quotes(&self, usual: Writing) -> Writing {
        let other = other_quotes(usual.quotes);
        match self.quotes(other) {
            Taken::Unknown => Writing {
                quotes: other,
                ..usual
            },
            _ => usual,
        }
    }

    /// Returns the writing with the other layout, if it is not known whether that is taken.
    fn with_other_layout(&self, form: Form, usual: Writing) -> Writing {
        let other = usual.layout.map(Layout::other);
        let is_unknown =
            other.is_some_and(|other| self.layout(form.policy_type(), other) == Taken::Unknown);
        if is_unknown {
            Writing {
                layout: other,
                ..usual
            }
        } else {
            usual
        }
    }

    /// Judges the answers to the questions that `concerns` selects by the answers to those that
    /// differ in nothing else.
    fn taken(
        &self,
        concerns: impl Fn(&Question) -> bool,
        is_counterpart: impl Fn(&Question, &Question) -> bool,
    ) -> Taken<'_> {
        let concerned = || {
            self.answered
                .iter()
                .filter(|known| concerns(&known.question))
        };
        if concerned().any(|known| known.answer.is_kept()) {
            return Taken::Yes;
        }
        for known in concerned() {
            let counterparts = self.answered.iter();
            let best = counterparts
                .filter(|other| is_counterpart(&known.question, &other.question))
                .map(|other| other.answer.rank())
                .max();
            match best {
                Some(best) if best > known.answer.rank() => return Taken::No(&known.answer),
                Some(1) if known.answer.rank() == 1 => return Taken::Yes,
                _ => {}
            }
        }
        Taken::Unknown
    }

    fn of_form(&self, form: Form) -> impl Iterator<Item = &Answered> {
        self.answered
            .iter()
            .filter(move |known| known.question.form == Some(form))
    }

    fn is_asked(&self, form: Form, writing: Writing) -> bool {
        self.of_form(form)
            .any(|known| known.question.writing == writing)
    }
}

const fn question(form: Form, writing: Writing) -> Question {
    Question {
        form: Some(form),
        policy_type: form.policy_type(),
        writing,
    }
}
