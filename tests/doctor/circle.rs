//! Full circle: the command, its report, a server made from the report, and the command again.

use std::path::Path;

use isales_simulator::{Accepts, Clock, Script, Shape, Simulator, SimulatorBuilder};
use serde_json::Value;
use test_support::server::{ACCESS_KEY, VDN};

use crate::command::{Doctor, Document, SECRET_KEY};

/// A campaign whose policy changes between two runs, and one that gets its first.
const CHANGED: [&str; 2] = ["2", "7"];

/// The policies of campaigns.
const POLICIES: [(i64, u8, &str); 6] = [
    (1, 0, "[{'type':0,'retryTimes':3,'retryDay':2}]"),
    (
        2,
        0,
        "[{'type':0,'retryTimes':1,'retryDay':5,'noRetryPolicy':['002','007']}]",
    ),
    (
        3,
        0,
        "[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60},\
          {'result':5,'retryNumber':1,'callInterval':600}]}]",
    ),
    (
        4,
        1,
        "[{'dataType':'ST','type':0,'policy':{'retryTimes':2,'retryDay':1}},\
          {'dataType':'SI','type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':0}]}]",
    ),
    (5, 0, "[{'type':0,'retryTimes':1,'retryDay':1}]"),
    (
        6,
        1,
        "[{'dataType':'Mobile-1','type':0,'policy':{'retryTimes':4,'retryDay':3}}]",
    ),
];

/// What is set by another client after the report: the same on both servers.
const SET_LATER: (u8, &str) = (
    1,
    "[{'dataType':'Home','type':1,'policy':[{'result':7,'retryNumber':2,'callInterval':30},\
      {'result':9,'retryNumber':6,'callInterval':90}]},\
      {'dataType':'Office','type':0,'policy':{'retryTimes':5,'retryDay':4}}]",
);

/// What is done to a server before it is examined.
type Prepare = fn(&Simulator);

/// A server with a shape, and a report of it.
struct Original {
    simulator: Simulator,
    document: Document,
    report: Value,
    folder: tempfile::TempDir,
}

// === impl Original ===

impl Original {
    fn examine(builder: SimulatorBuilder, prepare: Prepare) -> Self {
        let simulator = builder
            .credentials(ACCESS_KEY, SECRET_KEY)
            .campaigns(VDN, 1..=30)
            .start_blocking()
            .expect("the simulator starts");
        for (campaign_id, policy_type, policy_json) in POLICIES {
            let set = simulator.set_policy(VDN, campaign_id, policy_type, policy_json);
            set.expect("the policy is valid");
        }
        prepare(&simulator);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        let document = examine(&simulator, &VDN.to_string(), &path, &[]);
        let report = read(&path);
        Self {
            simulator,
            document,
            report,
            folder,
        }
    }

    /// Starts a server from the report.
    fn like(&self) -> (Simulator, Vec<String>) {
        let (builder, notes) = Simulator::builder()
            .like(&self.folder.path().join("report.json"))
            .expect("the report can be read");
        let simulator = builder
            .credentials(ACCESS_KEY, SECRET_KEY)
            .start_blocking()
            .expect("the simulator starts");
        (simulator, notes)
    }

    /// Runs the command again, against a server. Returns the outcome and the report.
    fn again(&self, server: &Simulator, vdn_id: &str, arguments: &[&str]) -> (Document, Value) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("again.json");
        let document = examine(server, vdn_id, &path, arguments);
        (document, read(&path))
    }
}

/// Runs the command with a report.
fn examine(server: &Simulator, vdn_id: &str, report: &Path, arguments: &[&str]) -> Document {
    let doctor = Doctor::of(server)
        .with("ISALES_VDN_ID", vdn_id)
        .arg("--report")
        .arg(report.display().to_string());
    let doctor = arguments
        .iter()
        .fold(doctor, |doctor, argument| doctor.arg(*argument));
    let (document, outcome) = doctor.document();
    outcome.assert_no_secret();
    document
}

/// Returns the step, the verdict and the code of each finding.
fn codes(document: &Document) -> Vec<[String; 3]> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    document
        .findings()
        .map(|finding| ["step", "verdict", "code"].map(|name| text(&finding[name])))
        .collect()
}

/// Returns the forms of policies that the command describes.
fn described(document: &Document) -> Vec<Value> {
    document
        .findings()
        .filter(|finding| finding["code"] == "policies_read")
        .map(|finding| finding["details"].clone())
        .collect()
}

fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("there is a report");
    serde_json::from_str(&text).expect("the report is JSON")
}

/// Returns what a report shows of a server's forms: everything but values, times and the lengths of
/// numbers of entries.
fn forms(report: &Value) -> Vec<String> {
    let exchanges = report["exchanges"].as_array().unwrap();
    exchanges
        .iter()
        .map(|exchange| {
            let (request, reply) = (&exchange["request"], &exchange["reply"]);
            let headers: Vec<_> = reply["headers"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|line| line.as_str().unwrap().split(':').next().unwrap())
                .collect();
            format!(
                "{} {} {} {} {} {headers:?}",
                request["method"],
                skeleton(&request["path"].to_string()),
                skeleton(&request["query"].to_string()),
                reply["status"],
                skeleton(&without_lengths(&reply["body"]).to_string()),
            )
        })
        .collect()
}

/// A total counts what was read, so it may be shorter; of a compressed body only the length is known.
fn without_lengths(body: &Value) -> Value {
    let mut body = body.clone();
    if let Some(body) = body.as_object_mut() {
        body.remove("bytes");
    }
    if let Some(members) = body["json"].as_object_mut() {
        members.retain(|name, _| !name.starts_with("total"));
    }
    body
}

fn skeleton(text: &str) -> String {
    let kind = |character: char| match character {
        character if character.is_ascii_digit() => '9',
        character if character.is_lowercase() => 'a',
        character if character.is_uppercase() => 'A',
        character if character.is_alphabetic() => 'x',
        character => character,
    };
    text.chars().map(kind).collect()
}

/// Checks that a server made from the report of another one is like it.
fn check(name: &str, builder: SimulatorBuilder, prepare: Prepare) {
    let original = Original::examine(builder, prepare);
    let (like, notes) = original.like();
    let vdn_id = original.report["vdn_id"].to_string();
    let (again, report) = original.again(&like, &vdn_id, &[]);
    assert_eq!(
        codes(&again),
        codes(&original.document),
        "{name}: {notes:?}"
    );
    assert_eq!(
        described(&again),
        described(&original.document),
        "{name}: {notes:?}"
    );
    check_forms(name, &notes, &forms(&report), &forms(&original.report));
}

/// Compares one by one: all at once would fill pages.
fn check_forms(name: &str, notes: &[String], forms: &[String], expected: &[String]) {
    for (form, expected) in forms.iter().zip(expected) {
        assert_eq!(form, expected, "{name}: {notes:?}");
    }
    assert_eq!(forms.len(), expected.len(), "{name}");
}

/// Checks that it is also like it in what a client has changed since.
fn check_after_a_change(name: &str, builder: SimulatorBuilder) {
    let original = Original::examine(builder, |_| {});
    let (like, notes) = original.like();
    let vdn_id = original.report["vdn_id"].to_string();
    let mut seen = Vec::new();
    // The campaigns of the two servers have the same order.
    let ids = |report: &Value| -> Vec<i64> {
        let list = &report["exchanges"][0]["reply"]["body"]["json"]["data"];
        let rows = list.as_array().expect("the list of campaigns is JSON");
        rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
    };
    let stand_ins = ids(&original.report);
    for (server, vdn_id, is_original) in [
        (&original.simulator, VDN.to_string(), true),
        (&like, vdn_id, false),
    ] {
        let campaigns = CHANGED.map(|campaign| {
            let number: usize = campaign.parse().unwrap();
            if is_original {
                number as i64
            } else {
                stand_ins[number - 1]
            }
        });
        for campaign in campaigns {
            let set =
                server.set_policy(vdn_id.parse().unwrap(), campaign, SET_LATER.0, SET_LATER.1);
            set.unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        let arguments: Vec<String> = campaigns
            .iter()
            .map(|campaign| format!("--campaign-id={campaign}"))
            .collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (document, report) = original.again(server, &vdn_id, &arguments);
        let changed: Vec<String> = forms(&report)
            .into_iter()
            .filter(|form| form.contains("/retryPolicy/") || form.contains("/aaaaaAaaaaa/"))
            .collect();
        assert_eq!(changed.len(), CHANGED.len(), "{name}");
        seen.push((document, changed));
    }
    let [(original, expected), (like, changed)] = seen.try_into().unwrap();
    assert_eq!(codes(&like), codes(&original), "{name}: {notes:?}");
    check_forms(name, &notes, &changed, &expected);
    assert_eq!(described(&like), described(&original), "{name}: {notes:?}");
}

fn shaped(shape: &str) -> SimulatorBuilder {
    let shape = shape.parse::<Shape>().expect("the shape is known");
    Simulator::builder().shape(shape)
}

#[test]
fn a_server_of_each_generation_comes_full_circle() {
    for (preset, _) in Shape::PRESETS {
        let shape = format!("preset={preset}");
        check(&shape, shaped(&shape), |_| {});
    }
}

#[test]
fn a_change_shows_in_the_shape_of_each_generation() {
    for (preset, _) in Shape::PRESETS {
        // Only a trial shows what becomes of an order.
        let shape = format!("preset={preset},elements=kept");
        check_after_a_change(&shape, shaped(&shape));
    }
}

/// A clock that is ahead, or behind if the number is negative.
fn ahead(seconds: i64) -> Clock {
    let clock = Clock::system();
    clock.set_offset(seconds);
    clock
}

/// Answers every request to an interface of the VDN like this.
fn answer(simulator: &Simulator, interface: &str, script: Script) {
    let path = format!("/rest/isales/v1/openapi/campaigns/{VDN}{interface}");
    simulator.script(script.path(&path).times(100));
}

#[test]
fn clocks_signatures_and_errors_come_full_circle() {
    let builder = Simulator::builder;
    let accepts = |demands: &[&str]| {
        let accepts = demands.iter().fold(Accepts::default(), |accepts, demand| {
            accepts.with(demand).expect("a form of signatures")
        });
        builder().accepts(accepts)
    };
    let seconds = "timestamp-precision=seconds";
    let host = "signed-headers=host";
    let quiet: Prepare = |_| {};
    let cases: [(&str, SimulatorBuilder, Prepare); 10] = [
        (
            "a clock that is hours ahead",
            builder().clock(ahead(7200)),
            quiet,
        ),
        (
            "a clock that is hours behind",
            builder().clock(ahead(-7200)),
            quiet,
        ),
        (
            "a clock that is minutes ahead",
            builder().clock(ahead(300)),
            quiet,
        ),
        ("time in seconds", accepts(&[seconds]), quiet),
        ("host alone is signed", accepts(&[host]), quiet),
        ("both", accepts(&[seconds, host]), quiet),
        ("an unknown VDN", builder(), |simulator| {
            let code = Script::codes("0200001", "0200001", "The VDN does not exist.");
            answer(simulator, "", code);
        }),
        ("an interface that is forbidden", builder(), |simulator| {
            let page = Script::reply(403, "<html><body><h1>Forbidden</h1></body></html>");
            let page = page.header("content-type", "text/html");
            answer(simulator, "/queryOBSResults", page);
        }),
        ("a code that no page lists", builder(), |simulator| {
            let code = Script::codes("0299999", "0299999", "Call the operator of Acme.");
            answer(simulator, "/callNoType/query", code);
        }),
        ("no API at all", builder(), |simulator| {
            simulator.script(Script::reply(200, "<html><body>Welcome</body></html>").times(100));
        }),
    ];
    for (name, builder, prepare) in cases {
        check(name, builder, prepare);
    }
}

#[test]
fn what_a_trial_finds_comes_full_circle() {
    for takes in ["quotes=double,common=nested", "quotes=single,common=flat"] {
        let builder = Simulator::builder().takes(takes.parse().unwrap());
        let original = Original::examine(builder, |_| {});
        let trial = |server: &Simulator, vdn_id: &str, campaign_id: i64| {
            let campaign = format!("{vdn_id}/{campaign_id}");
            let arguments = [
                "--write",
                &campaign,
                "--yes",
                "--even-if-running",
                "--pause",
                "1ms",
            ];
            original.again(server, vdn_id, &arguments)
        };
        let (found, report) = trial(&original.simulator, &VDN.to_string(), 1);
        let file = original.folder.path().join("trial.json");
        std::fs::write(&file, report.to_string()).unwrap();
        let (builder, notes) = Simulator::builder().like(&file).unwrap();
        let like = builder
            .credentials(ACCESS_KEY, SECRET_KEY)
            .start_blocking()
            .unwrap();
        assert!(
            notes.contains(&format!("the server takes {takes}")),
            "{notes:?}"
        );

        let list = &report["exchanges"][0]["reply"]["body"]["json"]["data"];
        let campaign_id = list[0]["id"].as_i64().unwrap();
        let (again, _) = trial(&like, &report["vdn_id"].to_string(), campaign_id);
        assert_eq!(codes(&again), codes(&found), "{takes}: {notes:?}");
    }
}

#[test]
#[ignore = "takes minutes: make soak"]
fn a_server_of_every_shape_comes_full_circle() {
    for variant in Shape::all() {
        check(&variant.name, shaped(&variant.name), |_| {});
    }
}
