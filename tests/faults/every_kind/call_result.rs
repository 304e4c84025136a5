//! The definition of a call result, whose ID the server chooses.

use isales_simulator::{RecordedRequest, Simulator, SimulatorBuilder};
use serde_json::{Value as Json, json};

use super::object::{Action, Object, Operation, Request, Step, Version};
use test_support::call_result::{
    TYPE, config_in, create_path, delete_path, detail_path, list_path, update_path,
};

const LIST: Request = Request::new("GET", list_path);
const DETAIL: Request = Request::new("GET", |vdn| detail_path(vdn, "*"));
const CREATE: Request = Request::new("POST", create_path);
const UPDATE: Request = Request::new("POST", update_path);
const DELETE: Request = Request::new("DELETE", |vdn| delete_path(vdn, "*"));

/// Each subject has a VDN of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct CallResults;

impl Object for CallResults {
    const TYPE: &'static str = TYPE;
    const DOUBT_LEAVES_STATE: bool = false;
    const IS_DELETED: bool = true;
    const BELIEVES_DENIALS: bool = false;

    fn operations(self) -> Vec<Operation> {
        vec![
            Operation::new(Action::Read, Step::Before, DETAIL),
            Operation::new(Action::ReadGone, Step::Before, DETAIL),
            Operation::new(Action::ReadGone, Step::Before, LIST),
            Operation::new(Action::Create, Step::Before, LIST),
            Operation::new(Action::Create, Step::Write, CREATE),
            Operation::new(Action::Create, Step::After, DETAIL),
            // The list that settles a lost create, and the detail that it is recognized by.
            Operation::new(Action::Create, Step::Settle, LIST.skip(1)).losing(CREATE),
            Operation::new(Action::Create, Step::Settle, DETAIL).losing(CREATE),
            Operation::new(Action::Update, Step::Write, UPDATE),
            Operation::new(Action::Update, Step::After, DETAIL),
            Operation::new(Action::Update, Step::Settle, DETAIL).losing(UPDATE),
            Operation::new(Action::Delete, Step::Write, DELETE),
            Operation::new(Action::Delete, Step::After, DETAIL),
            Operation::new(Action::Delete, Step::Settle, DETAIL).losing(DELETE),
            Operation::new(Action::Delete, Step::Settle, LIST).losing(DELETE),
            Operation::new(Action::Import, Step::Before, DETAIL),
            Operation::new(Action::List, Step::Before, LIST),
            Operation::new(Action::List, Step::Before, DETAIL),
        ]
    }

    fn simulator(self, subjects: i64) -> SimulatorBuilder {
        (1..=subjects).fold(Simulator::builder(), |builder, subject| {
            builder.campaign(vdn(subject), 1)
        })
    }

    fn remove(self, simulator: &Simulator, subject: i64) {
        for def_id in ids(simulator, subject) {
            assert!(simulator.remove_call_result(vdn(subject), &def_id));
        }
    }

    fn config(self, subject: i64, _: Action, version: Version) -> Json {
        config_in(subject, Some("F1"), &text(version), &["00602"])
    }

    fn list_config(self, subject: i64) -> Json {
        json!({"vdn_id": subject, "timeouts": null})
    }

    fn is_about(self, subject: i64, request: &RecordedRequest) -> bool {
        let vdn = format!("/rest/isales/v1/openapi/campaigns/{subject}/");
        request.path.starts_with(&vdn)
    }

    fn content(self, version: Version) -> String {
        text(version)
    }

    fn on_server(self, simulator: &Simulator, subject: i64) -> Vec<String> {
        let all = simulator.call_results(vdn(subject)).into_iter();
        all.filter(|result| result.result_code == "F1")
            .map(|result| result.display_result)
            .collect()
    }

    fn import_ids(self, simulator: &Simulator, subject: i64) -> Vec<String> {
        let ids = ids(simulator, subject).into_iter();
        ids.map(|def_id| format!("{subject}/{def_id}")).collect()
    }

    fn has_version(self, state: &Json, version: Version) -> bool {
        state["display_result"] == text(version)
    }
}

fn vdn(subject: i64) -> u16 {
    u16::try_from(subject).unwrap()
}

fn text(version: Version) -> String {
    format!("Version {version}")
}

fn ids(simulator: &Simulator, subject: i64) -> Vec<String> {
    let all = simulator.call_results(vdn(subject)).into_iter();
    all.filter(|result| result.result_code == "F1")
        .map(|result| result.def_id)
        .collect()
}
