//! Log lines on standard error.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use isales_simulator::{Latency, Simulator};
use serde_json::{Value, Value as Json, json};

use test_support::{
    host::{Ended, Identity, Launch, Transport},
    retry_policy::{TYPE, apply, config, path, plan},
    target::Target,
    values::errors,
};

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

    let alone = Launch::hosted()
        .env("TF_LOG", "TRACE")
        .env("TF_LOG_PROVIDER", "TRACE")
        .env("TF_LOG_PROVIDER_ISALES", "WARN");
    assert!(!levels(&live(alone).await).contains("debug"));
}

#[tokio::test]
async fn ten_applies_can_be_told_apart() {
    const CAMPAIGNS: std::ops::Range<i64> = 1..11;
    let launch = Launch::hosted().env("TF_LOG", "TRACE");
    let simulator = Simulator::builder().campaigns(25, CAMPAIGNS);
    let mut target = Target::launched(launch, simulator, json!({})).await;
    // Each of them waits, so that all are in flight at a time.
    target
        .simulator
        .set_latency(Latency::before(Duration::from_millis(50)));
    let mut applies = Vec::new();
    for campaign in CAMPAIGNS {
        let planned = plan(&mut target.provider, &Json::Null, &config(campaign, 1)).await;
        let mut provider = target.provider.clone();
        applies.push(tokio::spawn(async move {
            apply(&mut provider, &Json::Null, &planned).await
        }));
    }
    for apply in applies {
        let answer = apply.await.unwrap();
        assert!(errors(&answer.diagnostics).is_empty());
    }
    let ended = target.plugin.shutdown().await;

    let mut paths: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in ended.log() {
        let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        assert_eq!(
            text("tf_provider_addr"),
            "registry.terraform.io/isales/isales"
        );
        if !text("@module").starts_with("isales_client") {
            continue;
        }
        assert_eq!(text("tf_resource_type"), TYPE, "{line}");
        if text("tf_rpc") == "ApplyResourceChange" {
            paths
                .entry(text("tf_req_id"))
                .or_default()
                .insert(text("path"));
        }
    }
    assert_eq!(paths.len(), CAMPAIGNS.count(), "{paths:#?}");
    let mut seen = BTreeSet::new();
    for (id, mut of_call) in paths {
        // Lines without a path concern the call as a whole.
        of_call.remove("");
        assert_eq!((id.len(), of_call.len()), (36, 1), "{id}: {of_call:?}");
        seen.extend(of_call);
    }
    assert_eq!(seen, CAMPAIGNS.map(path).collect());
}
