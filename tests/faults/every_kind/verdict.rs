//! Checks that the provider reported the outcome of an operation truthfully.

use isales_simulator::Fault;
use serde_json::Value as Json;

use super::operation::{Action, Operation, Step};
use test_support::policies::common_json;

/// The outcome of an operation, on both sides.
#[derive(Debug)]
pub(super) struct Evidence<'a> {
    pub(super) operation: Operation,
    pub(super) fault: Fault,
    /// How many requests in a row meet the fault.
    pub(super) times: u32,
    /// The errors that were reported.
    pub(super) errors: &'a [String],
    /// Whether a warning says that the server has confirmed the policy and still shows the earlier
    /// one. That is true also where the server has stored nothing.
    pub(super) is_said_to_lag: bool,
    pub(super) prior: &'a Json,
    pub(super) state: &'a Json,
    /// `policyJson` on the server.
    pub(super) server: Option<&'a str>,
}

/// The defects of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    /// The server has a policy that Terraform does not know of, or the other way round.
    pub(super) is_lost: bool,
    /// A false success, or an error that hides what happened.
    pub(super) is_wrong: bool,
}

/// The claim that an error makes about the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claim {
    /// The policy may have been stored.
    Doubt,
    /// The server has confirmed the policy, but kept a different one.
    Contradiction,
    /// Nothing: the server has what it had.
    Unchanged,
}

// === impl Evidence ===

impl Evidence<'_> {
    pub(super) fn verdict(&self) -> Verdict {
        let action = self.operation.action;
        let has = |retry_times: Option<u32>| {
            self.server == retry_times.map(|times| common_json(times, 1)).as_deref()
        };
        let (is_wanted, is_earlier) = (has(Some(action.wanted())), has(action.earlier()));
        let is_denied = self.is_denied();
        let is_lost = match action {
            Action::Read => self.state != self.prior && !is_denied,
            Action::Create => is_wanted && self.state.is_null() && !is_denied,
            Action::Update => !(is_wanted || is_earlier) || self.state.is_null(),
            // What was restored may be in the state as long as that is not known.
            Action::Restore => {
                !self.state.is_null() && self.state != self.prior
                    || self.state.is_null() && !is_wanted && !self.is_said_to_lag
            }
        };
        let is_right = match (Claim::of(self.errors), self.operation.step) {
            (None, _) if action == Action::Read && is_denied => is_wanted,
            (None, Step::Post) if self.is_said_to_lag => is_earlier && self.is_as_wanted(),
            (None, _) => is_wanted && self.is_as_wanted(),
            (Some(Claim::Doubt), Step::Post) => is_wanted || is_earlier,
            // No fault met the POST, so it was confirmed.
            (Some(Claim::Doubt), Step::Plan | Step::Query | Step::Verify) => false,
            (Some(Claim::Contradiction), Step::Post) => is_earlier,
            (Some(Claim::Contradiction), Step::Plan | Step::Query | Step::Verify) => is_wanted,
            (Some(Claim::Unchanged), _) => is_earlier,
        };
        Verdict {
            is_lost,
            is_wrong: !is_right,
        }
    }

    /// A server that says time and again that there is no policy is believed.
    fn is_denied(&self) -> bool {
        let asks_for_it = match self.operation.action {
            Action::Read => true,
            Action::Create => self.operation.step != Step::Post,
            Action::Update | Action::Restore => false,
        };
        asks_for_it
            && self.fault == Fault::SuccessWithoutData
            && self.times > 1
            && self.state.is_null()
    }

    /// Whether the state is that of a success.
    fn is_as_wanted(&self) -> bool {
        match self.operation.action {
            Action::Restore => self.state.is_null(),
            action => self.state["policy_json"][0]["retry_times"] == action.wanted(),
        }
    }
}

// === impl Claim ===

impl Claim {
    /// None for a success.
    fn of(errors: &[String]) -> Option<Self> {
        let says = |part: &str| errors.iter().any(|error| error.contains(part));
        if errors.is_empty() {
            None
        } else if says("may have taken effect") || says("before it was confirmed") {
            Some(Self::Doubt)
        } else if says("CC-iSales confirmed") {
            Some(Self::Contradiction)
        } else {
            Some(Self::Unchanged)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const WRONG: Verdict = Verdict {
        is_lost: false,
        is_wrong: true,
    };
    const RIGHT: Verdict = Verdict {
        is_lost: false,
        is_wrong: false,
    };

    /// An update, from 1 to 2.
    fn update(step: Step, error: Option<&str>, state: u32, server: u32) -> Verdict {
        let model = |retry_times: u32| json!({"policy_json": [{"retry_times": retry_times}]});
        let errors: Vec<String> = error.map(str::to_owned).into_iter().collect();
        Evidence {
            operation: Operation::new(Action::Update, step),
            fault: Fault::SuccessWithoutData,
            times: 100,
            errors: &errors,
            is_said_to_lag: false,
            prior: &model(1),
            state: &model(state),
            server: Some(&common_json(server, 1)),
        }
        .verdict()
    }

    #[test]
    fn an_error_that_hides_what_was_stored_is_found() {
        let doubt = Some("it may have taken effect on the server.");
        let plain = Some("Its HTTP status is 502.");
        let contradiction = Some("CC-iSales confirmed the retry policy, but kept a different one.");
        for (verdict, step, error, state, server) in [
            (RIGHT, Step::Post, None, 2, 2),
            (WRONG, Step::Post, None, 2, 1),
            (WRONG, Step::Post, None, 1, 2),
            (RIGHT, Step::Post, doubt, 1, 1),
            (RIGHT, Step::Post, doubt, 1, 2),
            (WRONG, Step::Query, doubt, 1, 1),
            (RIGHT, Step::Post, plain, 1, 1),
            (WRONG, Step::Post, plain, 1, 2),
            (WRONG, Step::Verify, plain, 1, 2),
            (RIGHT, Step::Verify, contradiction, 1, 2),
            (WRONG, Step::Verify, contradiction, 1, 1),
        ] {
            let found = update(step, error, state, server);
            assert_eq!(found, verdict, "{step:?}, {error:?}, {state}, {server}");
        }
        assert!(update(Step::Post, doubt, 1, 3).is_lost);
    }

    #[test]
    fn a_denial_excuses_only_who_asked() {
        let gone = |action, step| {
            let prior = json!({"policy_json": [{"retry_times": 1}]});
            Evidence {
                operation: Operation::new(action, step),
                fault: Fault::SuccessWithoutData,
                times: 100,
                errors: &[],
                is_said_to_lag: false,
                prior: &prior,
                state: &Json::Null,
                server: Some(&common_json(1, 1)),
            }
            .verdict()
        };
        assert_eq!(gone(Action::Read, Step::Query), RIGHT);
        assert!(gone(Action::Create, Step::Query).is_wrong);
        assert!(gone(Action::Create, Step::Post).is_lost);
        assert!(gone(Action::Update, Step::Verify).is_lost);
        assert!(gone(Action::Restore, Step::Verify).is_lost);
    }
}
