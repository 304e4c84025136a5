//! The retry policy of a campaign, which a POST sets and nothing deletes.

use isales_simulator::{RecordedRequest, Simulator, SimulatorBuilder};
use serde_json::{Value as Json, json};

use super::object::{Action, BEFORE, Object, Operation, Request, Step, Version};
use test_support::{
    policies::common_json,
    retry_policy::{TYPE, config, path},
};

const GET: Request = Request::new("GET", path);
const POST: Request = Request::new("POST", path);
/// The query of a create, which it makes only if that of its plan has failed.
const GET_AGAIN: Request = GET.failed_before(1);
/// The query after the policy was set.
const VERIFY: Request = GET.after("POST");

/// The policies of the campaigns of VDN 25.
#[derive(Clone, Copy, Debug)]
pub(super) struct RetryPolicies;

impl Object for RetryPolicies {
    const TYPE: &'static str = TYPE;
    const DOUBT_LEAVES_STATE: bool = true;
    const IS_DELETED: bool = false;
    const BELIEVES_DENIALS: bool = true;

    fn operations(self) -> Vec<Operation> {
        let mut all = vec![Operation::new(Action::Read, Step::Before, GET)];
        all.push(Operation::new(Action::Create, Step::Before, GET_AGAIN));
        for action in [Action::Create, Action::Update, Action::Restore] {
            all.push(Operation::new(action, Step::Before, GET));
            all.push(Operation::new(action, Step::Write, POST));
            all.push(Operation::new(action, Step::After, VERIFY));
        }
        all.push(Operation::new(Action::Import, Step::Before, GET));
        all
    }

    fn simulator(self, subjects: i64) -> SimulatorBuilder {
        Simulator::builder().campaigns(25, 1..=subjects)
    }

    fn prepare(self, simulator: &Simulator, subject: i64, action: Action) {
        if action == Action::Restore {
            let before = common_json(BEFORE, 1);
            simulator.set_policy(25, subject, 0, &before).unwrap();
        }
    }

    fn remove(self, simulator: &Simulator, subject: i64) {
        assert!(simulator.remove_policy(25, subject));
    }

    fn config(self, subject: i64, action: Action, version: Version) -> Json {
        let mut config = config(subject, version.into());
        if action == Action::Restore {
            config["deletion_policy"] = "restore".into();
        }
        config
    }

    fn list_config(self, _: i64) -> Json {
        json!({
            "vdn_id": null, "name": null, "status": null, "device_type": null,
            "begin_time": null, "end_time": null,
        })
    }

    fn is_about(self, subject: i64, request: &RecordedRequest) -> bool {
        request.path == path(subject)
    }

    fn content(self, version: Version) -> String {
        common_json(version, 1)
    }

    fn on_server(self, simulator: &Simulator, subject: i64) -> Vec<String> {
        let kept = simulator.policy(25, subject);
        kept.map(|kept| kept.policy_json).into_iter().collect()
    }

    fn import_ids(self, _: &Simulator, subject: i64) -> Vec<String> {
        vec![format!("25/{subject}")]
    }

    fn has_version(self, state: &Json, version: Version) -> bool {
        state["policy_json"][0]["retry_times"] == version
    }
}
