//! `doctor --undo`.

use std::{fs, process::Command};

use isales_simulator::Takes;
use test_support::{provider, server::VDN};

use super::{Bench, CAMPAIGN, Outcome, run, server};

const OTHER: &str = "[{'type':0,'retryTimes':9,'retryDay':9}]";

/// A file for the policy of a bench.
fn file(bench: &Bench, endpoint: &str) -> String {
    let body = r#"{\"policyJson\":\"[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60},{'result':5,'retryNumber':1,'callInterval':30}]}]\",\"policyType\":0}"#;
    let text = format!(
        r#"{{"format_version":"1.0","endpoint":"{endpoint}","vdn_id":{VDN},"campaign_id":{CAMPAIGN},"request":{{"body":"{body}"}}}}"#
    );
    let path = bench.folder.path().join("undo.json");
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn undo(bench: &Bench, file: &str) -> Command {
    let provider = provider::built();
    let mut command = bench.command(provider.to_str().unwrap());
    command.args(["doctor", "--json", "--pause=0", "--undo", file]);
    command
}

fn undone(bench: &Bench, file: &str) -> Outcome {
    run(undo(bench, file))
}

#[test]
fn it_puts_the_policy_back_any_number_of_times() {
    let takes: Takes = "quotes=double".parse().unwrap();
    for builder in [server(), server().takes(takes)] {
        let bench = Bench::start(builder);
        bench.server.set_policy(VDN, CAMPAIGN, 0, OTHER).unwrap();
        assert!(!bench.has_policy_before());
        let file = file(&bench, bench.server.endpoint());
        for _ in 0..2 {
            let undo = undone(&bench, &file);
            assert_eq!(undo.codes(), ["policy_back"], "{:#?}", undo.findings());
            assert_eq!(undo.code, Some(0));
            assert_eq!(undo.document()["trial"]["end"], "back");
            assert!(bench.has_policy_before());
        }
    }
}

#[test]
fn it_takes_the_server_and_the_vdn_from_the_file() {
    let bench = Bench::start(server());
    bench.server.set_policy(VDN, CAMPAIGN, 0, OTHER).unwrap();
    let file = file(&bench, bench.server.endpoint());
    let mut command = undo(&bench, &file);
    command
        .env_remove("ISALES_ENDPOINT")
        .env_remove("ISALES_VDN_ID");
    let undo = run(command);
    assert_eq!(undo.codes(), ["policy_back"], "{}", undo.stdout);
    assert!(bench.has_policy_before());
}

#[test]
fn it_sets_nothing_on_another_server() {
    let bench = Bench::start(server());
    bench.server.set_policy(VDN, CAMPAIGN, 0, OTHER).unwrap();
    let undo = undone(&bench, &file(&bench, "https://isales.example.com:28443"));
    assert_eq!(undo.codes(), ["undo_of_other_server"]);
    assert_eq!(undo.code, Some(1));
    assert_eq!(bench.posts(), 0);
}

#[test]
fn a_file_that_says_nothing_is_refused() {
    let bench = Bench::start(server());
    let path = bench.folder.path().join("undo.json");
    let path = path.to_str().unwrap();
    assert_eq!(undone(&bench, path).codes(), ["undo_file_unreadable"]);
    fs::write(path, "{}").unwrap();
    assert_eq!(undone(&bench, path).codes(), ["undo_file_unreadable"]);
    assert_eq!(bench.posts(), 0);
}
