//! What a trial finds out about servers that differ in shape, lag, and in what they take and keep.

use std::{thread::sleep, time::Duration};

use isales_simulator::{Keeps, Script, Shape, Takes};
use test_support::{server::VDN, terraform::Running};

use super::{BEFORE, Bench, CAMPAIGN, POSTS, ended, run, server};

/// The findings about a server that takes and keeps everything.
const ALL_KEPT: [&str; 9] = [
    "reads_current",
    "quotes_both_taken",
    "layout_taken",
    "form_kept",
    "form_kept",
    "form_kept",
    "form_kept",
    "form_kept",
    "policy_back",
];

#[test]
fn a_server_of_every_generation_takes_all_forms_and_has_its_policy_back() {
    for (preset, _) in Shape::PRESETS {
        let shape: Shape = format!("preset={preset}").parse().unwrap();
        let bench = Bench::start(server().shape(shape));
        // Two of them show more than a POST can set.
        let trial = bench.tried(&["--may-lose", "busiPolicy,tenantSpaceId"]);
        let findings = trial.findings();
        let codes = trial.codes().into_iter();
        let codes: Vec<_> = codes.filter(|code| code != "members_kept").collect();
        assert_eq!(codes, ALL_KEPT, "{preset}: {findings:#?}");
        // The same, for programs.
        let record = &trial.document()["trial"];
        assert_eq!(record["end"], "back", "{record}");
        let answers = record["answers"].as_array().unwrap();
        assert!(
            answers.iter().all(|answer| answer["answer"] == "kept"),
            "{record}"
        );
        assert!(bench.has_policy_before(), "{preset}");
        assert_eq!(bench.posts(), POSTS, "{preset}");
        assert_eq!(bench.files(), [""; 0], "{preset}");
    }
}

#[test]
fn policies_of_every_form_are_put_back() {
    for (policy_type, policy_json) in [
        (0, "[{'type':0,'retryTimes':2,'retryDay':1}]"),
        (
            0,
            "[{'type':0,'retryTimes':2,'retryDay':1,'noRetryPolicy':['002','07']}]",
        ),
        (
            1,
            "[{'dataType':'ST','type':0,'policy':{'retryTimes':2,'retryDay':1}},\
              {'dataType':'SI','type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]",
        ),
    ] {
        let bench = Bench::with_policy(server(), Some((policy_type, policy_json)));
        let trial = bench.tried(&[]);
        assert_eq!(trial.codes(), ALL_KEPT, "{policy_json}");
        assert!(bench.has_policy_before(), "{policy_json}");
    }
}

#[test]
fn reads_that_lag_are_waited_for() {
    lags(Duration::from_millis(300), "after up to 1");
}

#[test]
#[ignore = "takes minutes: make soak"]
fn reads_that_lag_by_seconds_are_waited_for() {
    lags(Duration::from_millis(500), "after up to 1");
    lags(Duration::from_secs(2), "after up to 3");
}

fn lags(lag: Duration, within: &str) {
    let bench = Bench::start(server().lag(lag));
    let trial = bench.tried(&[]);
    let found = trial.finding("reads_lag");
    let summary = found["summary"].as_str().unwrap();
    assert!(summary.contains(within), "{summary}");
    assert_eq!(trial.codes()[1..], ALL_KEPT[1..], "{:#?}", trial.findings());
    assert!(bench.has_policy_before());
}

#[test]
fn a_trial_answers_what_the_forms_of_a_server_suggest() {
    let bench = Bench::start(server().shape("preset=strict-json".parse::<Shape>().unwrap()));
    let trial = run(bench.trial(&["--may-lose", "busiPolicy,tenantSpaceId"]));
    assert!(
        trial.stdout.contains("Nothing to fix.\n"),
        "{}",
        trial.stdout
    );
    assert!(
        !trial.stdout.contains("# policy_json_quotes"),
        "{}",
        trial.stdout
    );
}

#[test]
fn what_a_server_takes_becomes_a_setting() {
    let single = ("policy_json_quotes", None);
    let double = ("policy_json_quotes", Some("double"));
    let auto = ("common_policy_layout", None);
    let flat = ("common_policy_layout", Some("flat"));
    let nested = ("common_policy_layout", Some("nested"));
    for (takes, expected, codes) in [
        (
            "quotes=single",
            [single, auto],
            ["quotes_single_only", "layout_taken"],
        ),
        (
            "quotes=double",
            [double, auto],
            ["quotes_double_only", "layout_taken"],
        ),
        (
            "common=flat",
            [single, flat],
            ["quotes_both_taken", "layout_flat_only"],
        ),
        (
            "common=nested",
            [single, nested],
            ["quotes_both_taken", "layout_nested_only"],
        ),
        (
            "common=examples",
            [single, auto],
            ["quotes_both_taken", "layout_taken"],
        ),
        (
            "quotes=double,common=nested",
            [double, nested],
            ["quotes_double_only", "layout_nested_only"],
        ),
    ] {
        let takes: Takes = takes.parse().unwrap();
        let bench = Bench::start(server().takes(takes));
        let trial = bench.tried(&[]);
        for (setting, value) in expected {
            let document = trial.document();
            let found = document["settings"]["compatibility"][setting].as_str();
            assert_eq!(found, value, "{takes}");
        }
        assert_eq!(trial.codes()[1..3], codes, "{takes}");
        assert_eq!(
            trial.codes()[3..],
            ALL_KEPT[3..],
            "{takes}: {:#?}",
            trial.findings()
        );
        assert!(bench.has_policy_before(), "{takes}");
        let has_to_change = expected.iter().any(|(_, value)| value.is_some());
        assert_eq!(trial.code, Some(i32::from(has_to_change)), "{takes}");
    }
}

#[test]
fn a_setting_that_suits_the_server_stays() {
    let takes: Takes = "quotes=double,common=nested".parse().unwrap();
    let bench = Bench::start(server().takes(takes));
    let trial = bench.tried(&[
        "--policy-json-quotes=double",
        "--common-policy-layout=nested",
    ]);
    assert_eq!(trial.codes()[1..3], ["quotes_double_only", "layout_taken"]);
    assert_eq!(trial.code, Some(0), "{:#?}", trial.findings());
}

#[test]
fn what_a_server_keeps_otherwise_is_shown() {
    for (keeps, kept_otherwise) in [
        (Keeps::ClampRetryTimes, 3),
        (Keeps::DropNoRetryPolicy, 1),
        (Keeps::FirstElement, 2),
    ] {
        let bench = Bench::start(server().keeps(keeps));
        let trial = bench.tried(&[]);
        let codes = trial.codes();
        let otherwise = codes.iter().filter(|code| *code == "form_kept_otherwise");
        assert_eq!(
            otherwise.count(),
            kept_otherwise,
            "{keeps}: {:#?}",
            trial.findings()
        );
        let kept = codes.iter().filter(|code| *code == "form_kept");
        assert_eq!(kept.count(), 5 - kept_otherwise, "{keeps}");
        let details = trial.finding("form_kept_otherwise")["details"].clone();
        assert!(
            details[1].as_str().unwrap().starts_with("kept: policyType"),
            "{details}"
        );
        assert_eq!(codes.last().unwrap(), "policy_back", "{keeps}");
        assert!(bench.has_policy_before(), "{keeps}");
    }
}

#[test]
fn a_server_that_does_not_keep_the_policy_that_it_shows_is_asked_nothing_else() {
    let bench = Bench::with_policy(
        server().keeps(Keeps::ClampRetryTimes),
        Some((0, "[{'type':0,'retryTimes':5,'retryDay':1}]")),
    );
    let trial = bench.tried(&[]);
    assert_eq!(trial.codes(), ["policy_not_kept"; 1].map(str::to_owned));
    let found = trial.finding("policy_not_kept");
    let summary = found["summary"].as_str().unwrap();
    assert!(summary.contains("retry_times 1 instead of 5"), "{summary}");
    // For programs as well.
    let undo = bench.undo_file();
    let record = &trial.document()["trial"];
    assert_eq!(record["undo_command"], undo["command"]);
    let file = record["undo_file"].as_str().unwrap();
    assert!(file.ends_with(&bench.files()[0]), "{file}");
    assert_eq!(trial.code, Some(1));
    // Only the policy itself was sent, in each form, and what to do is said once more.
    let kept = bench.server.policy(VDN, CAMPAIGN).unwrap().meaning;
    assert_eq!(kept[0]["retryTimes"], 1);
    let before = "'retryTimes':5,'retryDay':1".to_owned();
    let requests = bench.server.requests();
    let mut posts = requests.iter().filter(|request| request.method == "POST");
    assert!(posts.all(|post| post.body.replace("\\\"", "'").contains(&before)));
    assert_eq!(
        trial.stderr.matches("--undo").count(),
        2,
        "{}",
        trial.stderr
    );
    assert!(
        bench.undo_file()["command"]
            .as_str()
            .unwrap()
            .contains("--undo")
    );
}

#[test]
#[ignore = "takes minutes: make soak"]
fn a_server_that_keeps_nothing_is_not_asked_any_more() {
    let bench = Bench::start(server().keeps(Keeps::Nothing));
    let trial = bench.tried(&[]);
    assert!(
        trial.codes().contains(&"write_not_shown".to_owned()),
        "{:?}",
        trial.codes()
    );
    assert_eq!(trial.codes().last().unwrap(), "policy_not_verified");
    assert_eq!(bench.files().len(), 1);
    assert!(bench.has_policy_before());
    assert_eq!(bench.posts(), 3);
    let meaning = bench.server.policy(VDN, CAMPAIGN).unwrap();
    assert_eq!(meaning.policy_json, BEFORE);
}

#[test]
fn what_was_there_before_is_no_proof_on_a_server_that_shows_nothing_else() {
    let bench = Bench::start(server().lag(Duration::from_secs(60)));
    let running = Running::start(bench.trial(&["--json"])).unwrap();
    while bench.posts() < 2 {
        sleep(Duration::from_millis(10));
    }
    // The POST that puts the policy back is accepted, and not kept, so the server has one of the trial.
    sleep(Duration::from_millis(500));
    bench.server.set_keeps(Keeps::Nothing);
    let trial = ended(running);
    assert_eq!(
        trial.codes(),
        [
            "quotes_unknown",
            "form_not_shown",
            "write_not_shown",
            "policy_not_verified"
        ]
    );
    assert_eq!(trial.code, Some(1));
    assert_eq!(bench.posts(), 3);
    assert!(!bench.has_policy_before());
    assert!(
        bench.undo_file()["command"]
            .as_str()
            .unwrap()
            .contains("--undo")
    );
}

#[test]
fn what_the_server_does_not_offer_is_not_tried() {
    let bench = Bench::start(server());
    let path = format!("/rest/isales/v1/openapi/campaigns/{VDN}/queryOBSResults");
    let empty = r#"{"resultCode":"0200000","resultDesc":"","totalCount":0,"data":[]}"#;
    bench
        .server
        .script(Script::reply(200, empty).path(&path).times(100));
    let trial = bench.tried(&[]);
    let findings = trial.findings();
    let skipped = findings
        .iter()
        .find(|finding| finding["verdict"] == "skipped");
    let summary = skipped.unwrap()["summary"].as_str().unwrap();
    assert!(
        summary.contains("no_retry_policy was not tried"),
        "{summary}"
    );
    assert!(summary.contains("lists no call results"), "{summary}");
    assert!(bench.has_policy_before());
}
