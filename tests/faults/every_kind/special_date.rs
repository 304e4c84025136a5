//! The special dates of a campaign: a create returns no ID, and the unique name finds it.

use isales_simulator::{RecordedRequest, Simulator, SimulatorBuilder};
use serde_json::{Value as Json, json};

use super::object::{Action, Object, Operation, Request, Step, Version};
use test_support::special_date::{TYPE, config, path};

const LIST: Request = Request::new("GET", path);
const ADD: Request = Request::new("POST", path);
const MODIFY: Request = Request::new("PUT", path);
const DELETE: Request = Request::new("DELETE", |campaign| format!("{}/*", path(campaign)));

/// Each subject has a campaign of its own. Versions differ in their name and their day.
#[derive(Clone, Copy, Debug)]
pub(super) struct SpecialDates;

fn name(version: Version) -> String {
    format!("version {version}")
}

impl Object for SpecialDates {
    const TYPE: &'static str = TYPE;
    const DOUBT_LEAVES_STATE: bool = true;
    const IS_DELETED: bool = true;
    const BELIEVES_DENIALS: bool = false;
    const ID_IS_LISTED: bool = true;

    fn operations(self) -> Vec<Operation> {
        vec![
            Operation::new(Action::Read, Step::Before, LIST),
            Operation::new(Action::ReadGone, Step::Before, LIST),
            // The second list that does not have the date.
            Operation::new(Action::ReadGone, Step::Before, LIST.skip(1)),
            Operation::new(Action::Create, Step::Before, LIST),
            Operation::new(Action::Create, Step::Write, ADD),
            Operation::new(Action::Create, Step::After, LIST.after("POST")),
            Operation::new(Action::Create, Step::Settle, LIST.after("POST")).losing(ADD),
            Operation::new(Action::Update, Step::Write, MODIFY),
            Operation::new(Action::Update, Step::After, LIST.after("PUT")),
            Operation::new(Action::Update, Step::Settle, LIST.after("PUT")).losing(MODIFY),
            Operation::new(Action::Delete, Step::Write, DELETE),
            Operation::new(Action::Delete, Step::After, LIST),
            Operation::new(Action::Delete, Step::Settle, LIST).losing(DELETE),
            Operation::new(Action::Import, Step::Before, LIST),
            Operation::new(Action::List, Step::Before, LIST),
        ]
    }

    fn simulator(self, subjects: i64) -> SimulatorBuilder {
        Simulator::builder().campaigns(25, 1..=subjects)
    }

    fn remove(self, simulator: &Simulator, subject: i64) {
        for id in simulator.special_dates(25, subject).into_keys() {
            assert!(simulator.remove_special_date(25, subject, id));
        }
    }

    fn config(self, subject: i64, _: Action, version: Version) -> Json {
        config(subject, &name(version), &[version.into()])
    }

    fn list_config(self, subject: i64) -> Json {
        json!({"vdn_id": null, "campaign_id": subject, "timeouts": null})
    }

    fn is_about(self, subject: i64, request: &RecordedRequest) -> bool {
        let path = path(subject);
        request.path == path || request.path.starts_with(&format!("{path}/"))
    }

    fn content(self, version: Version) -> String {
        format!("{} on {version}", name(version))
    }

    fn on_server(self, simulator: &Simulator, subject: i64) -> Vec<String> {
        let dates = simulator.special_dates(25, subject).into_values();
        dates
            .map(|date| format!("{} on {}", date.name, date.week.unwrap_or_default()))
            .collect()
    }

    fn import_ids(self, simulator: &Simulator, subject: i64) -> Vec<String> {
        let dates = simulator.special_dates(25, subject).into_keys();
        dates.map(|id| format!("25/{subject}/{id}")).collect()
    }

    fn has_version(self, state: &Json, version: Version) -> bool {
        state["name"] == name(version).as_str() && state["week"] == json!([version])
    }
}
