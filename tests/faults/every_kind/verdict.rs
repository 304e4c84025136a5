//! Checks that the provider reported the outcome of an operation truthfully.

use isales_simulator::Fault;
use serde_json::Value as Json;

use super::object::{Action, Step};

/// The outcome of an operation, on both sides.
#[derive(Debug)]
pub(super) struct Evidence<'a> {
    pub(super) action: Action,
    pub(super) step: Step,
    pub(super) fault: Fault,
    /// How many requests in a row meet the fault.
    pub(super) times: u32,
    /// The errors that were reported.
    pub(super) reported: &'a [String],
    /// Whether a warning says that the server has confirmed the write and still shows what was there
    /// before. That is true also where the server has stored nothing.
    pub(super) is_said_to_lag: bool,
    /// Whether a create that is in doubt leaves a state.
    pub(super) doubt_leaves_state: bool,
    /// Whether only the list shows the ID of a new object.
    pub(super) id_is_listed: bool,
    /// Whether a server is believed that says time and again that there is no object.
    pub(super) believes_denials: bool,
    pub(super) prior: &'a Json,
    pub(super) state: &'a Json,
    /// Whether the state is that of a success.
    pub(super) is_as_wanted: bool,
    /// The objects on the server.
    pub(super) server: &'a [String],
    /// Those that it has after a success.
    pub(super) wanted: &'a [String],
    /// Those that it has had so far.
    pub(super) earlier: &'a [String],
}

/// The defects of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    /// The server has an object that Terraform does not know of, or the other way round.
    pub(super) is_lost: bool,
    /// A false success, or an error that hides what happened.
    pub(super) is_wrong: bool,
}

/// The claim that an error makes about the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claim {
    /// The write may have taken effect.
    Doubt,
    /// The server has confirmed the write, but has something else.
    Contradiction,
    /// Nothing: the server has what it had.
    Unchanged,
}

// === impl Evidence ===

impl Evidence<'_> {
    pub(super) fn verdict(&self) -> Verdict {
        let (is_wanted, is_earlier) = (self.server == self.wanted, self.server == self.earlier);
        let is_denied = self.is_denied();
        let claim = Claim::of(self.reported);
        let is_lost = match self.action {
            Action::Read => self.state != self.prior && !is_denied,
            Action::ReadGone => !self.state.is_null() && self.state != self.prior,
            Action::Create => {
                let is_reported = claim == Some(Claim::Doubt) && !self.doubt_leaves_state;
                is_wanted && self.state.is_null() && !is_denied && !is_reported
            }
            Action::Update => !(is_wanted || is_earlier) || self.state.is_null(),
            // What was restored may be in the state as long as that is not known.
            Action::Delete | Action::Restore => {
                !self.state.is_null() && self.state != self.prior
                    || self.state.is_null() && !is_wanted && !self.is_said_to_lag
            }
            Action::Import | Action::List => self.state.is_null() && claim.is_none(),
        };
        let is_right = match (claim, self.step) {
            (None, _) if self.action == Action::Read && is_denied => is_wanted,
            (None, Step::Write) if self.is_said_to_lag => is_earlier && self.is_as_wanted,
            (None, _) => is_wanted && self.is_as_wanted,
            (Some(Claim::Doubt), Step::Write) => is_wanted || is_earlier,
            (Some(Claim::Doubt), Step::Settle) => is_wanted,
            // No fault met the write, so it was confirmed. Without its ID, a new object is in doubt.
            (Some(Claim::Doubt), Step::Before | Step::After) => {
                self.id_is_listed && self.action == Action::Create && is_wanted
            }
            (Some(Claim::Contradiction), Step::Write) => is_earlier,
            (Some(Claim::Contradiction), _) => is_wanted,
            (Some(Claim::Unchanged), _) => is_earlier,
        };
        Verdict {
            is_lost,
            is_wrong: !is_right,
        }
    }

    /// A server that says time and again that there is no object is believed by some.
    fn is_denied(&self) -> bool {
        let asks_for_it = match self.action {
            Action::Read => true,
            Action::Create => self.step != Step::Write,
            _ => false,
        };
        asks_for_it
            && self.believes_denials
            && self.fault == Fault::SuccessWithoutData
            && self.times > 1
            && self.state.is_null()
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

    const DOUBT: &str = "it may have taken effect on the server.";

    /// Versions as the server has them.
    fn versions(versions: &[u32]) -> Vec<String> {
        versions.iter().map(ToString::to_string).collect()
    }

    /// What an action ends in, by the versions in the state and on the server.
    fn verdict(
        action: Action,
        step: Step,
        error: Option<&str>,
        state: Option<u32>,
        server: &[u32],
    ) -> Verdict {
        let model = |version: Option<u32>| match version {
            Some(version) => json!({"version": version}),
            None => Json::Null,
        };
        let contents = |version: Option<u32>| versions(version.as_slice());
        Evidence {
            action,
            step,
            fault: Fault::SuccessWithoutData,
            times: 100,
            reported: error.map(str::to_owned).as_slice(),
            is_said_to_lag: false,
            doubt_leaves_state: false,
            id_is_listed: false,
            believes_denials: true,
            prior: &model(action.earlier().filter(|_| action.has_prior())),
            state: &model(state),
            is_as_wanted: state == action.remembered(),
            server: &versions(server),
            wanted: &contents(action.wanted()),
            earlier: &contents(action.earlier()),
        }
        .verdict()
    }

    #[test]
    fn an_error_that_hides_what_was_stored_is_found() {
        let doubt = Some(DOUBT);
        let plain = Some("Its HTTP status is 502.");
        let contradiction = Some("CC-iSales confirmed the retry policy, but kept a different one.");
        for (expected, step, error, state, server) in [
            (RIGHT, Step::Write, None, 2, 2),
            (WRONG, Step::Write, None, 2, 1),
            (WRONG, Step::Write, None, 1, 2),
            (RIGHT, Step::Write, doubt, 1, 1),
            (RIGHT, Step::Write, doubt, 1, 2),
            (WRONG, Step::Before, doubt, 1, 1),
            (RIGHT, Step::Settle, doubt, 1, 2),
            (WRONG, Step::Settle, doubt, 1, 1),
            (RIGHT, Step::Write, plain, 1, 1),
            (WRONG, Step::Write, plain, 1, 2),
            (WRONG, Step::After, plain, 1, 2),
            (RIGHT, Step::After, contradiction, 1, 2),
            (WRONG, Step::After, contradiction, 1, 1),
        ] {
            let found = verdict(Action::Update, step, error, Some(state), &[server]);
            assert_eq!(found, expected, "{step:?}, {error:?}, {state}, {server}");
        }
        assert!(verdict(Action::Update, Step::Write, doubt, Some(1), &[3]).is_lost);
    }

    #[test]
    fn an_object_that_nobody_is_reported_of_is_lost() {
        let create = |error, state, server: &[u32]| {
            verdict(Action::Create, Step::Write, error, state, server)
        };
        assert_eq!(create(None, Some(1), &[1]), RIGHT);
        assert_eq!(create(Some(DOUBT), None, &[1]), RIGHT);
        assert_eq!(create(Some(DOUBT), None, &[]), RIGHT);
        assert!(create(Some("Its HTTP status is 502."), None, &[1]).is_lost);
        // A second one is no success.
        assert!(create(None, Some(1), &[1, 1]).is_wrong);
        let delete = |error, state, server: &[u32]| {
            verdict(Action::Delete, Step::Write, error, state, server)
        };
        assert_eq!(delete(None, None, &[]), RIGHT);
        assert_eq!(delete(Some(DOUBT), Some(1), &[]), RIGHT);
        assert!(delete(None, None, &[1]).is_lost);
        assert!(delete(Some("Its HTTP status is 502."), Some(1), &[]).is_wrong);
        for action in [Action::Import, Action::List] {
            let found = |error, state| verdict(action, Step::Before, error, state, &[1]);
            assert_eq!(found(None, Some(1)), RIGHT);
            assert_eq!(found(Some("Its HTTP status is 502."), None), RIGHT);
            assert!(found(None, None).is_lost);
        }
    }

    #[test]
    fn a_denial_excuses_only_who_asked() {
        let gone = |action, step| verdict(action, step, None, None, &[1]);
        assert_eq!(gone(Action::Read, Step::Before), RIGHT);
        assert!(gone(Action::Create, Step::Before).is_wrong);
        assert!(gone(Action::Create, Step::Write).is_lost);
        assert!(gone(Action::Update, Step::After).is_lost);
        assert!(gone(Action::Restore, Step::After).is_lost);
    }
}
