//! Campaigns and servers on which a trial is not begun.

use isales_simulator::{CampaignStatus, Script, Shape, SimulatorBuilder};
use serde_json::json;
use test_support::server::VDN;

use super::{Bench, CAMPAIGN, Outcome, server};

/// Fails unless nothing was set, and this is the reason.
fn refuses(bench: &Bench, code: &str, arguments: &[&str]) -> Outcome {
    let trial = bench.tried(arguments);
    assert_eq!(trial.codes(), [code], "{:#?}", trial.findings());
    assert_eq!(trial.code, Some(1));
    assert_eq!(bench.posts(), 0);
    assert!(bench.has_policy_before());
    assert_eq!(bench.files(), [""; 0]);
    trial
}

fn of_shape(shape: &str) -> SimulatorBuilder {
    server().shape(shape.parse::<Shape>().unwrap())
}

#[test]
fn a_campaign_that_is_not_suspended_is_refused() {
    for (status, number) in [
        (CampaignStatus::Draft, "status 1"),
        (CampaignStatus::NotBegun, "status 2"),
        (CampaignStatus::Running, "status 2"),
        (CampaignStatus::Finished, "status 2"),
        (CampaignStatus::Expired, "status 4"),
    ] {
        let bench = Bench::start(server());
        assert!(bench.server.set_campaign_status(VDN, CAMPAIGN, status));
        let trial = refuses(&bench, "campaign_not_suspended", &[]);
        let found = trial.finding("campaign_not_suspended");
        assert!(
            found["summary"].as_str().unwrap().contains(number),
            "{found}"
        );
        assert!(found["fix"].as_str().unwrap().contains("--even-if-running"));
        // The trial changes neither that nor anything else of the campaign.
        assert_eq!(bench.server.campaign_status(VDN, CAMPAIGN), Some(status));
    }
    let bench = Bench::start(server());
    assert!(
        bench
            .server
            .set_campaign_status(VDN, CAMPAIGN, CampaignStatus::Running)
    );
    let trial = bench.tried(&["--even-if-running"]);
    assert_eq!(trial.codes().last().unwrap(), "policy_back");
    assert!(
        trial.stderr.contains("if it runs, it may use one of them"),
        "{}",
        trial.stderr
    );
    let status = bench.server.campaign_status(VDN, CAMPAIGN);
    assert_eq!(status, Some(CampaignStatus::Running));
}

#[test]
fn a_server_that_is_busy_is_no_reason_to_risk_more() {
    let bench = Bench::start(server());
    let path = format!("/rest/isales/v1/openapi/campaigns/{VDN}/{CAMPAIGN}");
    let bad_gateway = || Script::reply(502, "bad gateway").times(1000);
    bench.server.script(bad_gateway().path(&path));
    let trial = bench.tried(&[]);
    let found = trial.finding("campaign_unreadable");
    assert_eq!(found["fix"], "Try again later.", "{found}");
    assert_eq!(bench.posts(), 0);
}

#[test]
fn a_campaign_that_does_not_exist_is_refused() {
    let bench = Bench::start(server());
    assert!(bench.server.remove_campaign(VDN, CAMPAIGN));
    let trial = bench.tried(&[]);
    assert_eq!(trial.codes(), ["campaign_not_found"]);
    assert_eq!(bench.posts(), 0);
}

#[test]
fn a_campaign_without_a_policy_is_refused_unless_it_may_keep_one() {
    let bench = Bench::with_policy(server(), None);
    let trial = refuses(&bench, "policy_not_set", &[]);
    let fix = trial.finding("policy_not_set")["fix"].clone();
    assert!(fix.as_str().unwrap().contains("--leave-policy"), "{fix}");

    let trial = bench.tried(&["--leave-policy"]);
    assert_eq!(
        trial.codes().last().unwrap(),
        "policy_left",
        "{:#?}",
        trial.findings()
    );
    assert_eq!(trial.code, Some(0));
    let left = bench.server.policy(VDN, CAMPAIGN).unwrap();
    assert_eq!(
        left.meaning,
        json!([{"type": 0, "retryTimes": 1, "retryDay": 1}])
    );
    // It says which policy stays, and how to set another.
    let found = trial.finding("policy_left");
    let details = found["details"][0].as_str().unwrap();
    assert!(details.contains("'retryTimes':1,'retryDay':1"), "{details}");
    assert!(
        trial.stderr.contains("resource \"isales_retry_policy\""),
        "{}",
        trial.stderr
    );
    // There is nothing to put back.
    assert!(!trial.stderr.contains("--undo"), "{}", trial.stderr);
    assert_eq!(bench.files(), [""; 0]);
}

#[test]
fn a_server_without_the_query_is_refused() {
    for query in ["404", "405"] {
        let bench = Bench::start(of_shape(&format!("query={query}")));
        refuses(
            &bench,
            "query_not_served",
            &["--even-if-running", "--leave-policy"],
        );
    }
}

#[test]
fn a_policy_that_could_not_be_put_back_exactly_is_refused() {
    for defect in ["policy-type-unknown", "policy-json-prose", "attempts-word"] {
        let bench = Bench::start(of_shape(&format!("defect={defect}")));
        refuses(&bench, "policy_unreadable", &[]);
    }
    // A name that cannot be sent. A server that a console writes to may have it.
    let data = r#"{"policyType":1,"policyJson":[{"dataType":"it's","type":0,"retryTimes":1,"retryDay":1}]}"#;
    let reply = format!(r#"{{"resultCode":"0200000","resultDesc":"","data":{data}}}"#);
    let bench = Bench::start(server());
    let path = format!("/rest/isales/v1/openapi/campaigns/{VDN}/retryPolicy/{CAMPAIGN}");
    bench.server.script(
        Script::reply(200, reply)
            .method("GET")
            .path(&path)
            .times(100),
    );
    refuses(&bench, "policy_not_sendable", &[]);
}

#[test]
fn what_a_post_may_remove_has_to_be_named() {
    let bench = Bench::start(of_shape("extra-fields=some"));
    let trial = refuses(&bench, "policy_has_more", &[]);
    let found = trial.finding("policy_has_more");
    let summary = found["summary"].as_str().unwrap();
    assert!(summary.contains("busiPolicy"), "{summary}");
    refuses(&bench, "policy_has_more", &["--may-lose=busiPolicy"]);
    // The fix is the flag to add.
    let fix = found["fix"].as_str().unwrap();
    let names = fix.split("--may-lose ").nth(1).unwrap();
    let names = names.split(' ').next().unwrap();
    let trial = bench.tried(&["--may-lose", names]);
    let findings = trial.findings();
    assert_eq!(
        trial.codes().last().unwrap(),
        "policy_back",
        "{findings:#?}"
    );
    let found = trial.finding("members_kept");
    assert!(found["summary"].as_str().unwrap().contains("busiPolicy"));
    assert_eq!(bench.files(), [""; 0]);

    // A server that loses them with the POST.
    let bench = Bench::start(of_shape("extra-fields=some"));
    let path = format!("/rest/isales/v1/openapi/campaigns/{VDN}/retryPolicy/{CAMPAIGN}");
    let plain = Script::shape(Shape::default());
    let plain = plain.method("GET").path(&path).after("POST").times(1000);
    bench.server.script(plain);
    let trial = bench.tried(&["--may-lose", names]);
    let found = trial.finding("members_lost");
    assert!(found["summary"].as_str().unwrap().contains("busiPolicy"));
    // They are in the file, which therefore stays.
    assert!(bench.undo_file()["shown"]["data"]["busiPolicy"].is_string());
}

#[test]
fn a_file_that_exists_is_not_overwritten() {
    let bench = Bench::start(server());
    let path = bench.folder.path().join("mine.json");
    std::fs::write(&path, "mine").unwrap();
    let trial = bench.tried(&["--undo-file", path.to_str().unwrap()]);
    assert_eq!(trial.codes(), ["undo_file_not_written"]);
    assert_eq!(bench.posts(), 0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");

    let path = bench.folder.path().join("no folder/undo.json");
    let trial = bench.tried(&["--undo-file", path.to_str().unwrap()]);
    assert_eq!(trial.codes(), ["undo_file_not_written"]);
    assert_eq!(bench.posts(), 0);
}
