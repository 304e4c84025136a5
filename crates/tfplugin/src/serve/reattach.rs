//! The variable by which Terraform finds a manually started provider.

use std::{collections::BTreeMap, process};

use serde::Serialize;

use super::{handshake::PROTOCOL_VERSION, listener::Address};

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Reattach<'a> {
    protocol: &'static str,
    protocol_version: u32,
    pid: u32,
    /// Keeps Terraform from ending the process at the end of a run.
    test: bool,
    addr: ReattachAddress<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ReattachAddress<'a> {
    network: String,
    string: &'a str,
}

/// Returns the shell assignment of `TF_REATTACH_PROVIDERS` for a provider.
pub(super) fn reattach_assignment(
    provider: &str,
    address: &Address,
) -> Result<String, serde_json::Error> {
    let providers = BTreeMap::from([(
        provider,
        Reattach {
            protocol: "grpc",
            protocol_version: PROTOCOL_VERSION,
            pid: process::id(),
            test: true,
            addr: ReattachAddress {
                network: address.network.to_string(),
                string: &address.address,
            },
        },
    )]);
    let json = serde_json::to_string(&providers)?;
    // A single quote cannot be escaped inside single quotes: close them, add a quoted one, reopen.
    Ok(format!(
        "TF_REATTACH_PROVIDERS='{}'",
        json.replace('\'', r"'\''")
    ))
}
