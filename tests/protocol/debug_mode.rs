//! `--debug`: a plugin that Terraform attaches to.

use std::collections::BTreeMap;

use nix::sys::signal::Signal;
use serde_json::{Value, json};

use test_support::host::{Address, Launch};

#[tokio::test]
async fn terraform_is_told_where_to_attach() {
    let plugin = Launch::debug().start_debug().await;
    let Address::Unix(socket) = &plugin.address else {
        panic!("{:?}", plugin.address);
    };
    let providers: BTreeMap<String, Value> = serde_json::from_str(&plugin.announcement).unwrap();
    // Terraform and OpenTofu complete "isales/isales" by different registries.
    let names: Vec<_> = providers.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "registry.opentofu.org/isales/isales",
            "registry.terraform.io/isales/isales",
        ]
    );
    let expected = json!({
        "Protocol": "grpc",
        "ProtocolVersion": 6,
        "Pid": plugin.pid(),
        "Test": true,
        "Addr": { "Network": "unix", "String": socket },
    });
    for provider in providers.values() {
        assert_eq!(*provider, expected);
    }
}

#[tokio::test]
async fn it_serves_in_plaintext_until_its_user_ends_it() {
    for signal in [Signal::SIGINT, Signal::SIGHUP, Signal::SIGTERM] {
        // A host's demands do not count: a person started it.
        let launch = Launch::hosted().arg("--debug");
        let plugin = launch.start_debug().await;
        plugin.client().await;
        plugin.signal(signal);
        let ended = plugin.ended().await;
        assert!(ended.status.success(), "{ended:?}");
        assert!(ended.leftovers.is_empty(), "{ended:?}");
    }
}

#[tokio::test]
async fn one_dash_is_enough() {
    let plugin = Launch::bare().arg("-debug").start_debug().await;
    plugin.client().await;
}
