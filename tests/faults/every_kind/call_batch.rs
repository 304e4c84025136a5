//! The call batches of a campaign, whose unique name settles a lost create.

use isales_simulator::{RecordedRequest, Simulator, SimulatorBuilder};
use serde_json::{Value as Json, json};

use super::object::{Action, Object, Operation, Request, SECOND, Step, Version};
use test_support::call_batch::{TYPE, config, path};

const LIST: Request = Request::new("GET", |campaign| path(campaign, "list"));
const CREATE: Request = Request::new("POST", |campaign| path(campaign, "create"));
const RENAME: Request = Request::new("POST", |campaign| path(campaign, "update"));
const PAUSE: Request = Request::new("POST", |campaign| path(campaign, "pause"));
const RESUME: Request = Request::new("POST", |campaign| path(campaign, "resume"));
const DELETE: Request = Request::new("POST", |campaign| path(campaign, "delete"));

/// Each subject has a campaign of its own. Versions differ in what a variant names.
#[derive(Clone, Copy, Debug)]
pub(super) enum CallBatches {
    /// The name. All operations meet faults.
    Named,
    /// The status: the second version is suspended. Only updates meet faults, as in the next one.
    Paused,
    /// The status: the second version is started.
    Resumed,
}

// === impl CallBatches ===

impl CallBatches {
    pub(super) const ALL: [Self; 3] = [Self::Named, Self::Paused, Self::Resumed];

    fn name(self, version: Version) -> String {
        match self {
            Self::Named => format!("version {version}"),
            Self::Paused | Self::Resumed => "batch".to_owned(),
        }
    }

    fn status(self, version: Version) -> i64 {
        let is_second = version == SECOND;
        match self {
            Self::Named => 1,
            Self::Paused => 1 + i64::from(is_second),
            Self::Resumed => 2 - i64::from(is_second),
        }
    }
}

impl Object for CallBatches {
    const TYPE: &'static str = TYPE;
    const DOUBT_LEAVES_STATE: bool = true;
    const IS_DELETED: bool = true;
    const BELIEVES_DENIALS: bool = false;

    fn operations(self) -> Vec<Operation> {
        let write = match self {
            Self::Named => RENAME,
            Self::Paused => PAUSE,
            Self::Resumed => RESUME,
        };
        let mut all = vec![
            Operation::new(Action::Update, Step::Write, write),
            Operation::new(Action::Update, Step::After, LIST),
            Operation::new(Action::Update, Step::Settle, LIST).losing(write),
        ];
        if let Self::Named = self {
            all.extend([
                Operation::new(Action::Read, Step::Before, LIST),
                Operation::new(Action::ReadGone, Step::Before, LIST),
                // The second list that does not have the batch.
                Operation::new(Action::ReadGone, Step::Before, LIST.skip(1)),
                Operation::new(Action::Create, Step::Before, LIST),
                Operation::new(Action::Create, Step::Write, CREATE),
                Operation::new(Action::Create, Step::After, LIST.skip(1)),
                Operation::new(Action::Create, Step::Settle, LIST.skip(1)).losing(CREATE),
                Operation::new(Action::Delete, Step::Write, DELETE),
                Operation::new(Action::Delete, Step::After, LIST),
                Operation::new(Action::Delete, Step::Settle, LIST).losing(DELETE),
                Operation::new(Action::Import, Step::Before, LIST),
                Operation::new(Action::List, Step::Before, LIST),
            ]);
        }
        all
    }

    fn simulator(self, subjects: i64) -> SimulatorBuilder {
        Simulator::builder().campaigns(25, 1..=subjects)
    }

    fn remove(self, simulator: &Simulator, subject: i64) {
        for batch in simulator.call_batches(25, subject) {
            assert!(simulator.remove_call_batch(25, subject, &batch.id));
        }
    }

    fn config(self, subject: i64, _: Action, version: Version) -> Json {
        config(subject, &self.name(version), self.status(version))
    }

    fn list_config(self, subject: i64) -> Json {
        json!({
            "vdn_id": null, "campaign_id": subject, "name": null, "status": null, "timeouts": null,
        })
    }

    fn is_about(self, subject: i64, request: &RecordedRequest) -> bool {
        request.path.starts_with(&path(subject, ""))
    }

    fn content(self, version: Version) -> String {
        format!("{}, status {}", self.name(version), self.status(version))
    }

    fn on_server(self, simulator: &Simulator, subject: i64) -> Vec<String> {
        let batches = simulator.call_batches(25, subject).into_iter();
        batches
            .map(|batch| format!("{}, status {}", batch.name, batch.status))
            .collect()
    }

    fn import_ids(self, simulator: &Simulator, subject: i64) -> Vec<String> {
        let batches = simulator.call_batches(25, subject).into_iter();
        batches
            .map(|batch| format!("25/{subject}/{}", batch.id))
            .collect()
    }

    fn has_version(self, state: &Json, version: Version) -> bool {
        state["name"] == self.name(version).as_str() && state["status"] == self.status(version)
    }
}
