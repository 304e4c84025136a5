//! The policy that every measurement uses, as Terraform sends it.

// Each program that includes this module uses a part of it.
#![allow(dead_code, missing_docs, unreachable_pub)]

use serde_json::{Value as Json, json};

pub const TYPE: &str = "isales_retry_policy";

/// A result policy, as a configuration has it.
pub fn config(campaign_id: i64) -> Json {
    json!({
        "id": null, "retry_policy_id": null, "vdn_id": null, "campaign_id": campaign_id,
        "policy_type": 0, "on_conflict": null, "deletion_policy": null, "timeouts": null,
        "policy_json": [{
            "data_type": null, "type": 1, "retry_times": null, "retry_day": null,
            "policy": [{"result": 4, "retry_number": 3, "call_interval": 60}],
            "no_retry_policy": null,
        }],
    })
}

/// The same, as the state has it.
pub fn state(campaign_id: i64) -> Json {
    state_with(campaign_id, 3)
}

/// The same with another number of retries.
pub fn state_with(campaign_id: i64, retry_number: i64) -> Json {
    let mut state = config(campaign_id);
    state["id"] = json!(format!("25/{campaign_id}"));
    state["retry_policy_id"] = json!("1");
    state["vdn_id"] = json!(25);
    // The calls set different policies on the same campaigns all the time.
    state["on_conflict"] = json!("overwrite");
    state["deletion_policy"] = json!("abandon");
    state["policy_json"][0]["policy"][0]["retry_number"] = json!(retry_number);
    state
}

/// A `provider` block for a simulator.
pub fn provider_config(endpoint: &str, ca_pem: &str) -> Json {
    json!({
        "endpoint": endpoint, "vdn_id": 25, "access_key": "EXAMPLEAK", "secret_key": "EXAMPLESK",
        "locale": null, "ca_cert_file": null, "ca_cert_pem": ca_pem, "client_cert_file": null,
        "client_key_file": null, "insecure": null, "proxy_url": null, "connect_timeout": null,
        "request_timeout": null, "max_retries": null, "max_concurrent_requests": null,
        "requests_per_second": null, "compatibility": null,
    })
}
