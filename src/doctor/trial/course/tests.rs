//! Trials on a server made of a few lines, in time that passes only as the trial waits.

use std::collections::BTreeSet;

use isales_client::retry_policy::{
    CommonPolicyLayout, DataType, PolicyType, Quotes, ResultCode, Rule, equivalent,
};
use proptest::prelude::*;

use super::*;
use crate::doctor::trial::{
    facts::Taken,
    form::Layout,
    material::left_policy,
    write::{Answer, Lag, Refusal},
};

/// What becomes of a request, apart from what the server itself does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mishap {
    None,
    LostBefore,
    LostAfter,
    NotSent,
    TooFast,
}

/// What the server makes of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keeps {
    AsSent,
    FirstElement,
    NoCodes,
    OneRetry,
    Nothing,
}

#[derive(Clone, Debug)]
struct Server {
    single: bool,
    double: bool,
    flat: bool,
    nested: bool,
    keeps: Keeps,
    /// What it makes of policies after this many.
    keeps_later: Option<(usize, Keeps)>,
    lag: Duration,
    /// What was stored, and since when; the first from the start.
    history: Vec<(Duration, Option<RetryPolicy>)>,
    mishaps: Vec<Mishap>,
    posts: Vec<(RetryPolicy, Encoding)>,
    posted_at: Vec<Duration>,
    requests: usize,
}

impl Server {
    fn new(policy: Option<RetryPolicy>) -> Self {
        Self {
            single: true,
            double: true,
            flat: true,
            nested: true,
            keeps: Keeps::AsSent,
            keeps_later: None,
            lag: Duration::ZERO,
            history: vec![(Duration::ZERO, policy)],
            mishaps: Vec::new(),
            posts: Vec::new(),
            posted_at: Vec::new(),
            requests: 0,
        }
    }

    fn stored(&self) -> &Option<RetryPolicy> {
        &self.history.last().unwrap().1
    }

    fn mishap(&mut self) -> Mishap {
        let mishap = self.mishaps.get(self.requests).copied();
        self.requests += 1;
        mishap.unwrap_or(Mishap::None)
    }

    fn post(&mut self, policy: RetryPolicy, encoding: Encoding, now: Duration) -> Posted {
        let lost = || Posted::Unclear(Reply::Missing, "the connection was lost".to_owned());
        self.posts.push((policy.clone(), encoding));
        self.posted_at.push(now);
        if let Some((number, keeps)) = self.keeps_later
            && self.posts.len() > number
        {
            self.keeps = keeps;
        }
        match self.mishap() {
            Mishap::None => self.set(policy, encoding, now),
            Mishap::LostBefore => lost(),
            Mishap::LostAfter => {
                self.set(policy, encoding, now);
                lost()
            }
            Mishap::NotSent => Posted::NotDone("no connection".to_owned()),
            Mishap::TooFast => Posted::TooFast,
        }
    }

    fn set(&mut self, mut policy: RetryPolicy, encoding: Encoding, now: Duration) -> Posted {
        let writing = Writing::of(encoding, &policy);
        let quotes = match writing.quotes {
            Quotes::Single => self.single,
            Quotes::Double => self.double,
        };
        let layout = match writing.layout {
            None => true,
            Some(Layout::Flat) => self.flat,
            Some(Layout::Nested) => self.nested,
        };
        if !quotes || !layout {
            return refused();
        }
        for element in &mut policy.policy_json {
            match (self.keeps, &mut element.rule) {
                (Keeps::OneRetry, Rule::Common(common)) => common.retry_times = 1,
                (Keeps::NoCodes, _) => element.no_retry_policy.clear(),
                _ => {}
            }
        }
        match self.keeps {
            Keeps::Nothing => return Posted::Accepted,
            Keeps::FirstElement => policy.policy_json.truncate(1),
            _ => {}
        }
        self.history.push((now, Some(policy)));
        Posted::Accepted
    }

    fn read(&mut self, now: Duration) -> Seen {
        match self.mishap() {
            Mishap::None => {}
            _ => return Seen::Failed("no reply".to_owned()),
        }
        let known = self
            .history
            .iter()
            .rfind(|(since, _)| since.is_zero() || *since + self.lag <= now);
        Seen::Policy(known.unwrap().1.clone())
    }

    /// Runs a trial to its end, interrupted before this action.
    fn run(&mut self, trial: &mut Trial, interrupted_at: Option<usize>) -> Duration {
        let mut now = Duration::ZERO;
        for number in 0.. {
            assert!(number < 10_000, "{trial:?}");
            if interrupted_at == Some(number) {
                trial.interrupt(now);
            }
            match trial.action(now) {
                Action::Wait(wait) => now += wait,
                Action::Post(policy, encoding) => {
                    now += Duration::from_millis(10);
                    let posted = self.post(policy, encoding, now);
                    trial.posted(posted, now);
                }
                Action::Read => {
                    now += Duration::from_millis(10);
                    let seen = self.read(now);
                    trial.seen(seen, now);
                }
                Action::End => break,
            }
        }
        now
    }
}

fn refused() -> Posted {
    Posted::Refused(Refusal {
        code: "02000008".to_owned(),
        reason: "refused".to_owned(),
    })
}

fn material() -> Material {
    Material {
        number_types: ["ST", "SI", "HOME"]
            .map(|name| DataType::new(name).unwrap())
            .into(),
        codes: ["002", "007", "008"]
            .map(|code| ResultCode::new(code).unwrap())
            .into(),
        result: None,
    }
}

const PACE: Pace = Pace {
    pause: Duration::from_secs(1),
};

fn before() -> RetryPolicy {
    Material::default().policy(Form::GlobalResult, &[])
}

fn common(times: i64) -> RetryPolicy {
    let mut policy = left_policy();
    if let Rule::Common(common) = &mut policy.policy_json[0].rule {
        common.retry_times = times;
    }
    policy
}

fn trial_of(before: Option<RetryPolicy>, material: Material) -> Trial {
    let goal = Goal {
        is_original: before.is_some(),
        policy: before.unwrap_or_else(left_policy),
    };
    Trial::new(goal, material, Encoding::default(), PACE)
}

/// A trial that runs undisturbed to its end, on a server that is set up by `change`.
fn finished(policy: &RetryPolicy, change: impl FnOnce(&mut Server)) -> (Trial, Server, Duration) {
    let mut server = Server::new(Some(policy.clone()));
    change(&mut server);
    let mut trial = trial_of(Some(policy.clone()), material());
    let took = server.run(&mut trial, None);
    (trial, server, took)
}

fn kept(trial: &Trial) -> BTreeSet<Form> {
    Form::ALL
        .into_iter()
        .filter(|form| {
            let best = trial.facts().best(*form);
            best.is_some_and(|known| known.answer.is_kept())
        })
        .collect()
}

#[test]
fn a_server_that_takes_everything_is_asked_eight_times() {
    let (trial, server, took) = finished(&before(), |_| {});
    assert_eq!(trial.end(), Some(&End::Back));
    assert_eq!(trial.stop(), None);
    assert_eq!(server.posts.len(), 8, "{:#?}", server.posts);
    assert_eq!(kept(&trial).len(), Form::ALL.len());
    // The policy that is there, before any other, and again at last.
    assert_eq!(server.posts.first().unwrap().0, before());
    assert_eq!(server.posts.last().unwrap().0, before());
    for quotes in [Quotes::Single, Quotes::Double] {
        assert_eq!(trial.facts().quotes(quotes), Taken::Yes);
    }
    for policy_type in [PolicyType::Global, PolicyType::NumberType] {
        for layout in [Layout::Flat, Layout::Nested] {
            assert_eq!(trial.facts().layout(policy_type, layout), Taken::Yes);
        }
    }
    assert_eq!(trial.facts().lag().unwrap().over, Duration::ZERO);
    // A second between two POSTs, in which the policy is read once more, and little else.
    assert!(took < Duration::from_secs(9), "{took:?}");
}

#[test]
fn what_a_server_refuses_is_found_and_the_rest_is_asked_all_the_same() {
    for (single, double, flat, nested, quotes, layout) in [
        (
            true,
            false,
            true,
            true,
            Quotes::Single,
            CommonPolicyLayout::Auto,
        ),
        (
            false,
            true,
            true,
            true,
            Quotes::Double,
            CommonPolicyLayout::Auto,
        ),
        (
            true,
            true,
            true,
            false,
            Quotes::Single,
            CommonPolicyLayout::Flat,
        ),
        (
            true,
            true,
            false,
            true,
            Quotes::Single,
            CommonPolicyLayout::Nested,
        ),
        (
            false,
            true,
            false,
            true,
            Quotes::Double,
            CommonPolicyLayout::Nested,
        ),
        (
            true,
            false,
            true,
            false,
            Quotes::Single,
            CommonPolicyLayout::Flat,
        ),
        (
            false,
            true,
            true,
            false,
            Quotes::Double,
            CommonPolicyLayout::Flat,
        ),
    ] {
        for policy in [before(), common(7)] {
            let (trial, server, _) = finished(&policy, |server| {
                (server.single, server.double) = (single, double);
                (server.flat, server.nested) = (flat, nested);
            });
            assert_eq!(trial.end(), Some(&End::Back));
            assert_eq!(server.stored(), &Some(policy));
            let facts = trial.facts();
            assert_eq!(kept(&trial).len(), Form::ALL.len(), "{facts:#?}");
            assert_eq!(facts.best_quotes(), quotes, "{facts:#?}");
            assert_eq!(facts.best_layout(), Some(layout), "{facts:#?}");
            let is_refused = |taken| matches!(taken, Taken::No(Answer::Refused(_)));
            assert_eq!(is_refused(facts.quotes(Quotes::Single)), !single);
            assert_eq!(is_refused(facts.quotes(Quotes::Double)), !double);
            for policy_type in [PolicyType::Global, PolicyType::NumberType] {
                let taken = |layout| facts.layout(policy_type, layout);
                assert_eq!(is_refused(taken(Layout::Flat)), !flat, "{facts:#?}");
                assert_eq!(is_refused(taken(Layout::Nested)), !nested);
            }
        }
    }
}

#[test]
fn a_lag_is_waited_for_and_measured() {
    let seconds = Duration::from_secs;
    for (lag, over, within) in [
        (Duration::from_millis(500), 0, 1),
        (seconds(2), 1, 3),
        (seconds(5), 3, 10),
    ] {
        let (trial, server, _) = finished(&before(), |server| server.lag = lag);
        assert_eq!(trial.end(), Some(&End::Back));
        assert_eq!(server.stored(), &Some(before()));
        let Lag {
            over: a, within: b, ..
        } = trial.facts().lag().unwrap();
        assert_eq!((a.as_secs(), b.as_secs()), (over, within), "{lag:?}");
        assert_eq!(kept(&trial).len(), Form::ALL.len());
    }
}

#[test]
fn what_a_server_keeps_otherwise_is_seen() {
    let (trial, ..) = finished(&before(), |server| server.keeps = Keeps::NoCodes);
    let codes = trial.facts().best(Form::GlobalCodes).unwrap();
    assert!(matches!(&codes.answer, Answer::KeptOther(Some(_))));
    assert_eq!(kept(&trial).len(), Form::ALL.len() - 1);
    assert_eq!(
        trial.facts().layout(PolicyType::Global, Layout::Nested),
        Taken::Yes
    );

    let (trial, ..) = finished(&before(), |server| server.keeps = Keeps::FirstElement);
    assert_eq!(
        kept(&trial),
        [Form::GlobalCommon, Form::GlobalResult, Form::GlobalCodes].into()
    );

    let (trial, ..) = finished(&before(), |server| server.keeps = Keeps::OneRetry);
    assert_eq!(kept(&trial), [Form::GlobalResult, Form::TypedResult].into());
    assert_eq!(trial.end(), Some(&End::Back));
    assert_eq!(trial.facts().best_layout(), Some(CommonPolicyLayout::Auto));

    let (trial, server, _) = finished(&before(), |server| server.keeps = Keeps::Nothing);
    assert!(matches!(trial.stop(), Some(Stop::NotShown(_))));
    assert_eq!(trial.end(), Some(&End::Unverified));
    assert_eq!(server.posts.len(), 3);
}

#[test]
fn a_policy_that_the_server_does_not_keep_ends_the_trial_before_any_other_is_set() {
    let (trial, server, _) = finished(&common(5), |server| server.keeps = Keeps::OneRetry);
    assert_eq!(trial.stop(), Some(&Stop::GoalNotKept));
    assert!(matches!(trial.end(), Some(End::NotBack(_))));
    assert!(server.posts.iter().all(|(policy, _)| *policy == common(5)));

    let (trial, server, _) = finished(&common(5), |server| {
        (server.flat, server.nested) = (false, false);
    });
    assert_eq!(trial.stop(), Some(&Stop::GoalRefused));
    assert_eq!(trial.end(), Some(&End::Undisturbed));
    assert_eq!(server.posts.len(), 4);
}

#[test]
fn what_was_there_before_is_no_proof_while_reads_have_shown_nothing_else() {
    for (lag, keeps) in [
        (60, Keeps::Nothing),
        (60, Keeps::AsSent),
        (0, Keeps::Nothing),
    ] {
        for interrupted_at in [None, Some(7), Some(9)] {
            let mut server = Server::new(Some(before()));
            server.lag = Duration::from_secs(lag);
            // The POST that puts the policy back is accepted, and not kept.
            server.keeps_later = Some((if lag == 0 { 1 } else { 2 }, keeps));
            let mut trial = trial_of(Some(before()), material());
            server.run(&mut trial, interrupted_at);
            assert_eq!(server.posts.len(), 3, "{interrupted_at:?}: {trial:#?}");
            assert_eq!(server.posts.last().unwrap().0, before());
            assert_eq!(trial.end(), Some(&End::Unverified), "{interrupted_at:?}");
        }
    }
}

#[test]
fn an_interrupted_trial_looks_for_its_policy_before_it_puts_back() {
    let mut server = Server::new(Some(before()));
    let mut trial = trial_of(Some(before()), material());
    let mut at = 0;
    // Interrupted when the first other policy has been sent, and not read yet.
    while server.posts.len() < 2 {
        at += 1;
        server = Server::new(Some(before()));
        trial = trial_of(Some(before()), material());
        let mut probe = trial.clone();
        let mut now = Duration::ZERO;
        for _ in 0..at {
            match probe.action(now) {
                Action::Wait(wait) => now += wait,
                Action::Post(policy, encoding) => {
                    let posted = server.post(policy, encoding, now);
                    probe.posted(posted, now);
                }
                Action::Read => {
                    let seen = server.read(now);
                    probe.seen(seen, now);
                }
                Action::End => unreachable!(),
            }
        }
    }
    let mut server = Server::new(Some(before()));
    server.run(&mut trial, Some(at));
    assert_eq!(server.posts.len(), 3);
    assert_eq!(trial.end(), Some(&End::Back));
}

#[test]
fn a_campaign_without_a_policy_ends_with_the_first_that_was_set() {
    let mut server = Server::new(None);
    let mut trial = trial_of(None, material());
    server.run(&mut trial, None);
    assert_eq!(trial.end(), Some(&End::Back));
    assert_eq!(server.stored(), &Some(left_policy()));
    assert_eq!(kept(&trial).len(), Form::ALL.len());
}

#[test]
fn what_the_server_does_not_offer_is_not_asked() {
    let mut server = Server::new(Some(before()));
    let mut trial = trial_of(Some(before()), Material::default());
    server.run(&mut trial, None);
    assert_eq!(
        kept(&trial),
        [Form::GlobalCommon, Form::GlobalResult].into()
    );
    assert_eq!(
        trial.facts().layout(PolicyType::Global, Layout::Nested),
        Taken::Yes
    );
    assert_eq!(server.posts.len(), 5);
}

#[test]
fn a_policy_is_put_back_over_whatever_is_there() {
    for shown in [Some(common(3)), Some(before()), None] {
        let mut server = Server::new(shown);
        server.lag = Duration::from_secs(12);
        server.single = false;
        let seen = server.read(Duration::ZERO);
        let mut trial = Trial::undo(before(), &seen, Encoding::default(), PACE);
        server.run(&mut trial, None);
        assert_eq!(trial.end(), Some(&End::Back));
        assert_eq!(server.stored(), &Some(before()));
    }
}

fn mishap() -> impl Strategy<Value = Mishap> {
    prop_oneof![
        12 => Just(Mishap::None),
        1 => Just(Mishap::LostBefore),
        1 => Just(Mishap::LostAfter),
        1 => Just(Mishap::NotSent),
        1 => Just(Mishap::TooFast),
    ]
}

fn server() -> impl Strategy<Value = Server> {
    let policy = prop_oneof![
        Just(None),
        Just(Some(before())),
        (1..9_i64).prop_map(|n| Some(common(n)))
    ];
    let keeps = || {
        prop_oneof![
            4 => Just(Keeps::AsSent),
            1 => Just(Keeps::FirstElement),
            1 => Just(Keeps::NoCodes),
            1 => Just(Keeps::OneRetry),
            1 => Just(Keeps::Nothing),
        ]
    };
    let forms = [(); 4].map(|()| prop::bool::weighted(0.8));
    let mishaps = prop::collection::vec(mishap(), 0..80);
    let keeps_later = prop::option::of((0..10_usize, keeps()));
    let lag = prop_oneof![3 => 0..15_000_u64, 1 => 15_000..120_000_u64];
    (policy, keeps(), keeps_later, forms, lag, mishaps).prop_map(
        |(policy, keeps, keeps_later, forms, lag, mishaps)| {
            let [single, double, flat, nested] = forms;
            Server {
                keeps,
                keeps_later,
                single,
                double,
                flat,
                nested,
                lag: Duration::from_millis(lag),
                mishaps,
                ..Server::new(policy)
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the server does, and whenever the user ends the trial: if it says that the policy is
    /// back, it is, and nobody is left in the dark otherwise.
    #[test]
    fn the_end_of_a_trial_is_the_truth(
        mut server in server(), interrupted_at in prop::option::of(0..200_usize),
    ) {
        let shown = server.stored().clone();
        let mut trial = trial_of(shown.clone(), material());
        let goal = trial.goal().clone();
        let is_changing = server.keeps != Keeps::AsSent || server.keeps_later.is_some();
        let took = server.run(&mut trial, interrupted_at);
        let has_goal = |policy: &Option<RetryPolicy>| {
            policy.as_ref().is_some_and(|policy| equivalent(policy, &goal.policy))
        };
        // Within its lag, a server that keeps something else looks like one that does not.
        let keeps_otherwise = server.keeps != Keeps::AsSent || is_changing;
        let is_deceiving = keeps_otherwise && !server.lag.is_zero();
        let is_only_goal = server.posts.iter().all(|(policy, _)| equivalent(policy, &goal.policy));
        match trial.end().unwrap() {
            End::Back if is_deceiving && is_only_goal && server.lag > Duration::from_secs(10) => {}
            End::Undisturbed if is_deceiving => {}
            End::Back => prop_assert!(has_goal(server.stored()), "{server:#?}"),
            End::Undisturbed => prop_assert!(
                has_goal(server.stored()) || (!goal.is_original && server.stored().is_none()),
                "{server:#?}"
            ),
            // Only a server that keeps or shows something else, or fails again and again, ends so.
            End::Unverified => prop_assert!(!is_only_goal),
            End::NotBack(_) => prop_assert!(
                keeps_otherwise || server.lag > Duration::from_secs(15) || !server.mishaps.is_empty() || !goal.is_original,
                "{server:#?}"
            ),
            End::Gone => prop_assert!(false),
        }
        prop_assert!(took < Duration::from_secs(900), "{took:?}");
        let gaps = server.posted_at.windows(2).map(|pair| pair[1] - pair[0]);
        prop_assert!(gaps.min().is_none_or(|least| least >= PACE.pause), "{server:#?}");
        if interrupted_at == Some(0) {
            prop_assert!(server.posts.is_empty());
        }
    }
}
