//! Log lines on standard error.

use std::collections::BTreeSet;

use serde_json::Value;

use test_support::host::{Ended, Identity, Launch, Transport};

/// A short life with an incident, so that there is something to log at several levels.
async fn live(launch: Launch) -> Ended {
    let plugin = launch.start().await;
    let stranger = plugin.connect(Transport::Tls(Identity::Foreign)).await;
    assert!(stranger.is_err());
    plugin.shutdown().await
}

fn levels(ended: &Ended) -> BTreeSet<String> {
    let level = |line: &Value| line["@level"].as_str().unwrap().to_owned();
    ended.log().iter().map(level).collect()
}

#[tokio::test]
async fn every_line_is_one_that_go_plugin_reads() {
    let ended = live(Launch::hosted().env("TF_LOG", "TRACE")).await;
    let log = ended.log();
    assert!(!log.is_empty());
    for line in &log {
        let text = |key: &str| {
            line[key]
                .as_str()
                .unwrap_or_else(|| panic!("{key}: {line}"))
        };
        assert!(["trace", "debug", "info", "warn", "error"].contains(&text("@level")));
        assert!(!text("@message").is_empty());
        let crate_name = text("@module").split('.').next().unwrap();
        assert!(
            ["isales_client", "terraform_provider_isales", "tfplugin"].contains(&crate_name),
            "{line}"
        );
        let (_, fraction) = text("@timestamp").rsplit_once('.').expect("a fraction");
        assert_eq!(fraction.len(), "000000Z".len(), "{line}");
        assert!(fraction.ends_with('Z'));
    }
}

#[tokio::test]
async fn the_levels_filter() {
    let silent = live(Launch::hosted()).await;
    assert!(silent.stderr.is_empty(), "{:?}", silent.stderr);

    let warnings = live(Launch::hosted().env("TF_LOG", "WARN")).await;
    assert!(!levels(&warnings).contains("debug"), "{warnings:?}");

    let own = Launch::hosted()
        .env("TF_LOG", "OFF")
        .env("TF_LOG_PROVIDER", "DEBUG");
    assert!(levels(&live(own).await).contains("debug"));
}
