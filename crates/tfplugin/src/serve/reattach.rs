//! The variable by which Terraform finds a provider that was started by hand.

use std::{collections::BTreeMap, process};

use serde::Serialize;

use super::{handshake::PROTOCOL_VERSION, listener::Address};

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Reattach<'a> {
    protocol: &'static str,
    protocol_version: u32,
    pid: u32,
    /// Keeps Terraform from ending the process with its own run.
    test: bool,
    addr: ReattachAddress<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ReattachAddress<'a> {
    network: String,
    string: &'a str,
}

/// The shell assignment of `TF_REATTACH_PROVIDERS` for the provider with this registry address.
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
    // A quote inside single quotes: end them, a quoted quote, begin anew.
    Ok(format!(
        "TF_REATTACH_PROVIDERS='{}'",
        json.replace('\'', r"'\''")
    ))
}
