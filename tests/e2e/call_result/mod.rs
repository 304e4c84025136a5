//! Call results: their life, changes elsewhere, lost creates, and imports.

mod drift;
mod import;
mod lifecycle;
mod lost_create;

use isales_simulator::{CallResult, Script, Simulator};
use serde_json::json;

use test_support::{call_result::detail_path, server::VDN, terraform::Outcome};

const THIS: &str = "isales_call_result.this";

/// A call result under a name, with these arguments.
fn named(name: &str, arguments: &str) -> String {
    format!("resource \"isales_call_result\" {name:?} {{\n{arguments}\n}}\n")
}

/// Code, text and OBS codes as arguments.
fn arguments(code: Option<&str>, text: &str, obs_codes: &[&str]) -> String {
    let code = code.map(|code| format!("result_code = {code:?}\n"));
    format!(
        "{}display_result = {text:?}\nobs_codes = {obs_codes:?}",
        code.unwrap_or_default()
    )
}

fn this(code: Option<&str>, text: &str, obs_codes: &[&str]) -> String {
    named("this", &arguments(code, text, obs_codes))
}

/// The call results of a VDN that were not there from the start.
fn made_in(server: &Simulator, vdn_id: u16) -> Vec<CallResult> {
    server.call_results(vdn_id).split_off(8)
}

fn made(server: &Simulator) -> Vec<CallResult> {
    made_in(server, VDN)
}

/// The one call result that was made.
fn the_one(server: &Simulator) -> CallResult {
    let [one] = &made(server)[..] else {
        panic!("one call result: {:?}", made(server));
    };
    one.clone()
}

fn assert_planned(outcome: &Outcome, action: &str) {
    assert_eq!(outcome.planned(), [(THIS.to_owned(), action.to_owned())]);
}

/// A detail of a call result with the code `A1` and one OBS code, whatever the server has.
fn detail(def_id: &str, text: &str) -> Script {
    let body = json!({"resultCode": "0200000", "obResult": {
        "defId": def_id, "displayResult": text, "resultCode": "A1",
        "resultMapList": [{"failCode": "00602"}],
    }});
    let reply = Script::reply(200, body.to_string());
    reply.method("GET").path(&detail_path(VDN.into(), def_id))
}

/// The requests as `method path`.
fn requested(server: &Simulator) -> Vec<String> {
    let requests = server.requests().into_iter();
    requests
        .map(|request| format!("{} {}", request.method, request.path))
        .collect()
}
