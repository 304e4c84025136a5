//! Call results: configurations, and where the server has them.

use serde_json::{Value as Json, json};

pub const TYPE: &str = "isales_call_result";

/// A call result of VDN 25, the provider's own, as a configuration has it.
pub fn config(result_code: Option<&str>, display_result: &str, obs_codes: &[&str]) -> Json {
    json!({
        "id": null, "def_id": null, "vdn_id": null, "result_code": result_code,
        "display_result": display_result, "obs_codes": obs_codes, "timeouts": null,
    })
}

/// A call result of another VDN.
pub fn config_in(
    vdn_id: i64,
    result_code: Option<&str>,
    display_result: &str,
    obs_codes: &[&str],
) -> Json {
    let mut config = config(result_code, display_result, obs_codes);
    config["vdn_id"] = json!(vdn_id);
    config
}

pub fn list_path(vdn_id: i64) -> String {
    path(vdn_id, "queryOBSResults")
}

pub fn create_path(vdn_id: i64) -> String {
    path(vdn_id, "createObResult")
}

pub fn update_path(vdn_id: i64) -> String {
    path(vdn_id, "updateObResult")
}

pub fn detail_path(vdn_id: i64, def_id: &str) -> String {
    path(vdn_id, &format!("{def_id}/queryObsResultDetail"))
}

pub fn delete_path(vdn_id: i64, def_id: &str) -> String {
    path(vdn_id, &format!("{def_id}/deleteObsResult"))
}

fn path(vdn_id: i64, interface: &str) -> String {
    format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/{interface}")
}
