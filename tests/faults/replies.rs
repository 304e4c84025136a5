//! Errors about replies that CC-iSales does not send.

use isales_simulator::{Fault, Script, Simulator};
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::plan_resource_change;
use tokio::net::TcpListener;

use test_support::{
    host::patiently,
    retry_policy::{apply, config, plan},
    target::Target,
    values::{errors, json as json_of},
};

/// The error about each hostile or broken reply, and its advice.
const TOLD: [(Fault, &[&str]); 13] = [
    (
        Fault::OversizedBody,
        &["larger than 1048576 bytes", "endpoint"],
    ),
    (
        Fault::EndlessBody,
        &["larger than 1048576 bytes", "endpoint"],
    ),
    (
        Fault::SlowDrip,
        &["did not come in time", "request_timeout"],
    ),
    (Fault::CutShort, &["cut short", "Try again"]),
    (
        Fault::HtmlErrorPage,
        &["content type is text/html", "portal or proxy"],
    ),
    (Fault::InvalidUtf8, &["not JSON", "endpoint"]),
    (Fault::TruncatedJson, &["not JSON", "endpoint"]),
    (Fault::DeepNesting, &["not JSON", "recursion limit"]),
    (Fault::HugeNumbers, &["policyType", "expected"]),
    (
        Fault::DisagreeingCodes,
        &["0200000", "0200001", "contradict each other"],
    ),
    (
        Fault::Redirect,
        &["redirects to elsewhere.invalid", "not followed", "endpoint"],
    ),
    (Fault::BadGateway, &["HTTP status is 502"]),
    (Fault::ResetBeforeStored, &["the connection broke"]),
];

async fn target() -> Target {
    Target::configured(
        Simulator::builder().campaign(25, 46),
        json!({"request_timeout": "3s"}),
    )
    .await
}

/// A policy that exists, and the plan of a change, whose apply queries before it posts.
async fn changed(target: &mut Target) -> (Json, plan_resource_change::Response) {
    let provider = &mut target.provider;
    let planned = plan(provider, &Json::Null, &config(46, 1)).await;
    let created = apply(provider, &Json::Null, &planned).await;
    let prior = json_of(created.new_state.as_ref());
    let planned = plan(provider, &prior, &config(46, 2)).await;
    (prior, planned)
}

#[tokio::test]
async fn each_hostile_reply_has_an_error_of_its_own() {
    let mut target = target().await;
    let (prior, planned) = changed(&mut target).await;
    for (fault, parts) in TOLD {
        target.simulator.script(Script::fault(fault).method("GET"));
        let failed = apply(&mut target.provider, &prior, &planned).await;
        let messages = errors(&failed.diagnostics);
        let [error] = &messages[..] else {
            panic!("{fault}: {messages:?}");
        };
        for part in ["campaign 25/46 could not be read"].iter().chain(parts) {
            assert!(error.contains(part), "{fault}: not {part:?} in {error}");
        }
        // Short, and on one line, whatever the server sent.
        assert!(error.len() < 700 && !error.contains('\n'), "{error}");
    }
    let kept = target.simulator.policy(25, 46).unwrap().policy_json;
    assert!(kept.contains("'retryTimes':1"), "{kept}");
}

#[tokio::test]
async fn a_redirect_leads_nowhere() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = elsewhere.local_addr().unwrap();
    let mut target = target().await;
    let (prior, planned) = changed(&mut target).await;
    for (status, scheme) in [(301, "http"), (302, "https"), (307, "http"), (308, "http")] {
        let location = format!("{scheme}://{address}/");
        for method in ["GET", "POST"] {
            let redirect = Script::reply(status, "").header("location", &location);
            target.simulator.script(redirect.method(method));
        }
        // The query is redirected; the next time, the POST is.
        for _ in 0..2 {
            let failed = apply(&mut target.provider, &prior, &planned).await;
            let messages = errors(&failed.diagnostics);
            assert!(
                messages[0].contains("redirects to 127.0.0.1"),
                "{messages:?}"
            );
        }
    }
    // Nobody came: the first to do so is this.
    let (visitor, accepted) = tokio::join!(
        tokio::net::TcpStream::connect(address),
        patiently("a connection", elsewhere.accept())
    );
    let (_, from) = accepted.unwrap();
    assert_eq!(from, visitor.unwrap().local_addr().unwrap());
}
