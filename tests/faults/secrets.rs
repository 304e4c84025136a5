//! The whole life of policies under every fault at `TF_LOG=TRACE`, and what it leaves behind:
//! logs, output, state and plan files. None of it may hold a secret.

use std::{collections::BTreeSet, fmt::Write as _};

use isales_simulator::{Fault, Script, Simulator};

use test_support::{
    policies::{common, common_json, named},
    remains::{Remains, Secrets},
    retry_policy::path,
    server::VDN,
    terraform::{Workspace, connection},
};

const ACCESS_KEY: &str = "EXAMPLEAK";
/// With characters that look otherwise in every encoding.
const SECRET_KEY: &str = "t0p>Secret?Key~with=odd&characters+0123456789";
const WRONG_SECRET_KEY: &str = "0ther<Secret?Key~with=odd&characters+9876543210";

#[test]
fn no_secret_is_left_behind_by_any_fault_at_any_log_level() {
    let server = Simulator::builder()
        .credentials(ACCESS_KEY, SECRET_KEY)
        .start_blocking()
        .unwrap();
    let mut workspace = Workspace::new(&server);
    workspace.env("ISALES_ACCESS_KEY", ACCESS_KEY);
    workspace.env("ISALES_SECRET_KEY", SECRET_KEY);
    let log = workspace.path("trace.log");
    workspace.env("TF_LOG", "TRACE");
    workspace.env("TF_LOG_PATH", log.to_str().unwrap());
    let arguments = "  request_timeout = \"2s\"\n  max_retries     = 3\n";
    workspace.configure(&format!("{}{arguments}", connection(&server)));

    let campaigns = 1..=Fault::ALL.len() as i64 + 2;
    let configuration = |retry_times, deletion_policy: &str| {
        campaigns.clone().fold(String::new(), |mut hcl, id| {
            let policy =
                common(retry_times, 1) + &format!("  deletion_policy = \"{deletion_policy}\"\n");
            let _ = hcl.write_str(&named(&format!("campaign_{id}"), id, &policy));
            hcl
        })
    };
    for id in campaigns.clone() {
        server.set_policy(VDN, id, 0, &common_json(9, 9)).unwrap();
    }
    let many = ["-parallelism=30"];
    let mut remains = Remains::default();

    workspace.write(&configuration(1, "abandon"));
    for method in ["GET", "POST"] {
        lay_down(&server, method);
        remains.after(&workspace, workspace.apply_with(&many));
        server.clear_scripts();
    }
    let applied = workspace.apply_with(&many).succeeds();
    remains.after(&workspace, applied);
    server.remove_policy(VDN, 2);
    lay_down(&server, "GET");
    remains.after(&workspace, workspace.plan_with(&many));
    server.clear_scripts();
    workspace.write(&configuration(2, "restore"));
    let planned = workspace.plan_with(&["-out=changes.tfplan"]);
    remains.after(&workspace, planned.finds_changes());
    let shown = workspace.run(&["show", "-json", "changes.tfplan"]);
    remains.after(&workspace, shown.succeeds());
    lay_down(&server, "POST");
    let saved = ["apply", "-json", "-parallelism=30", "changes.tfplan"];
    remains.after(&workspace, workspace.run(&saved));
    server.clear_scripts();
    let applied = workspace.apply_with(&many).succeeds();
    remains.after(&workspace, applied);
    let forgotten = workspace.run(&["state", "rm", "isales_retry_policy.campaign_1"]);
    remains.after(&workspace, forgotten.succeeds());
    let imported = workspace.import("isales_retry_policy.campaign_1", "25/1");
    remains.after(&workspace, imported.succeeds());
    workspace.env("ISALES_SECRET_KEY", WRONG_SECRET_KEY);
    let refused = workspace.plan_with(&many).fails();
    remains.after(&workspace, refused);
    workspace.env("ISALES_SECRET_KEY", SECRET_KEY);
    let gone = workspace.destroy().succeeds();
    remains.after(&workspace, gone);

    let met: BTreeSet<_> = server.counters().faults.into_keys().collect();
    assert_eq!(met.len(), Fault::ALL.len(), "{met:?}");
    let trace = remains.text("trace.log");
    assert!(trace.contains("Waiting before the request is made again"));
    let requests = server.requests();
    let refused = requests.iter().filter(|one| one.signature_error.is_some());
    assert!(refused.count() > 0);
    let mut secrets = Secrets::of(&server, ACCESS_KEY, &[SECRET_KEY, WRONG_SECRET_KEY]);
    secrets.add("a signature that the server made up", [made_up_signature()]);
    remains.hold_none_of(&secrets);
}

/// Every fault for one method, each on a campaign of its own; and two servers that say what they
/// were sent.
fn lay_down(server: &Simulator, method: &str) {
    for (fault, id) in Fault::ALL.into_iter().zip(1..) {
        server.script(Script::fault(fault).method(method).path(&path(id)).times(2));
    }
    let signature = made_up_signature();
    let echo = format!("auth-v2/{ACCESS_KEY}/now/host/{signature} was made with {SECRET_KEY}");
    let id = Fault::ALL.len() as i64 + 1;
    let refusal = Script::codes("0200001", "0200001", &echo);
    server.script(refusal.method(method).path(&path(id)).times(2));
    let page = Script::reply(502, echo).header("content-type", "text/plain");
    server.script(page.method(method).path(&path(id + 1)).times(2));
}

fn made_up_signature() -> String {
    "5e".repeat(32)
}
