//! Creating, updating, replacing and deleting call results, and policies that name them.

use isales_simulator::Simulator;
use serde_json::json;

use super::{THIS, arguments, assert_planned, made, made_in, named, requested, the_one, this};
use test_support::{
    call_result::{create_path, delete_path, detail_path, list_path, update_path},
    server::{ACCESS_KEY, OTHER_VDN, Observed as _, SECRET_KEY, VDN, server},
    terraform::{Workspace, connection_to},
};

#[test]
fn the_documented_examples_go_out_to_the_byte() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&this(Some("009"), "外显结果7", &["00606", "00602"]));
    workspace.apply().succeeds().without_warnings();
    // The members of the example in their order; a set is sorted.
    let created =
        r#"{"resultCode":"009","displayResult":"外显结果7","obsCodes":["00602","00606"]}"#;
    assert_eq!(server.posted(), [created]);
    let def_id = the_one(&server).def_id;
    let vdn = i64::from(VDN);
    assert_eq!(
        requested(&server),
        [
            format!("GET {}", list_path(vdn)),
            format!("POST {}", create_path(vdn)),
            format!("GET {}", detail_path(vdn, &def_id)),
        ]
    );
    let list = &server.requests()[0];
    assert_eq!(list.query.as_deref(), Some("pageNum=1&pageSize=50"));

    workspace.write(&this(Some("009"), "外显结果8", &["00605", "00604"]));
    workspace.plan().finds_changes();
    server.clear_requests();
    workspace.apply_with(&["-refresh=false"]).succeeds();
    let updated = format!(
        r#"{{"defId":"{def_id}","displayResult":"外显结果8","obsCodes":["00604","00605"]}}"#
    );
    assert_eq!(server.posted(), [updated]);
    assert_eq!(server.received("POST")[0].path, update_path(vdn));

    server.clear_requests();
    workspace.destroy().succeeds().without_warnings();
    let [delete] = &server.received("DELETE")[..] else {
        panic!("one DELETE");
    };
    assert_eq!(delete.path, delete_path(vdn, &def_id));
    assert_eq!(delete.body, "");
    for request in server.requests() {
        assert_eq!(request.signature_error, None);
    }
    assert_eq!(made(&server), []);
}

#[test]
fn state_holds_what_the_server_has_and_the_code_that_it_chose() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&this(None, "Renewed", &["00606", "00602"]));
    assert_planned(&workspace.plan().finds_changes(), "create");
    workspace.apply().succeeds().without_warnings();
    let kept = the_one(&server);
    let expected = json!({
        "id": format!("25/{}", kept.def_id),
        "def_id": kept.def_id,
        "vdn_id": 25,
        "result_code": kept.result_code,
        "display_result": "Renewed",
        "obs_codes": ["00602", "00606"],
        "timeouts": null,
    });
    assert_eq!(workspace.attributes(THIS), expected);
    workspace.plan().finds_no_changes().without_warnings();
    // To write the code down, or to remove it again, changes nothing.
    workspace.write(&this(
        Some(&kept.result_code),
        "Renewed",
        &["00606", "00602"],
    ));
    workspace.plan().finds_no_changes();
    server.clear_requests();
    let timed =
        arguments(None, "Renewed", &["00602", "00606"]) + "\ntimeouts = { create = \"1m\" }";
    workspace.write(&named("this", &timed));
    assert_planned(&workspace.plan().finds_changes(), "update");
    workspace.apply().succeeds();
    assert_eq!(server.posted(), [""; 0]);
}

#[test]
fn text_and_obs_codes_are_updated_in_place_and_the_code_is_replaced() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&this(Some("A1"), "First", &["00602"]));
    workspace.apply().succeeds();
    let first = the_one(&server);
    for (text, obs_codes) in [
        ("Second", &["00602"][..]),
        ("Second", &["00603", "00602"]),
        ("Second", &["00604"]),
    ] {
        workspace.write(&this(Some("A1"), text, obs_codes));
        assert_planned(&workspace.plan().finds_changes(), "update");
        workspace.apply().succeeds().without_warnings();
        let kept = the_one(&server);
        let mut codes: Vec<_> = obs_codes.iter().map(|code| (*code).to_owned()).collect();
        codes.sort();
        assert_eq!(
            (kept.display_result.as_str(), kept.obs_codes),
            (text, codes)
        );
        assert_eq!(kept.def_id, first.def_id);
        workspace.plan().finds_no_changes().without_warnings();
    }

    workspace.write(&this(Some("A2"), "Second", &["00604"]));
    assert_planned(&workspace.plan().finds_changes(), "replace");
    workspace.apply().succeeds().without_warnings();
    let second = the_one(&server);
    assert_eq!(second.result_code, "A2");
    assert_ne!(second.def_id, first.def_id);
    workspace.plan().finds_no_changes();

    workspace.configure(&connection_to(&server, OTHER_VDN));
    assert_planned(&workspace.plan().finds_changes(), "replace");
    workspace.apply().succeeds();
    assert_eq!(made(&server), []);
    assert_eq!(made_in(&server, OTHER_VDN).len(), 1);
    workspace.plan().finds_no_changes();
}

#[test]
fn a_policy_names_the_code_that_the_server_chose_in_one_apply() {
    let server = Simulator::builder()
        .credentials(ACCESS_KEY, SECRET_KEY)
        .campaigns(VDN, [46])
        .refuse_used_call_results()
        .start_blocking()
        .unwrap();
    let earlier = "[{'type':0,'retryTimes':9,'retryDay':1}]";
    server.set_policy(VDN, 46, 0, earlier).unwrap();
    let workspace = Workspace::new(&server);
    let policy = |deletion_policy: &str| {
        format!(
            r#"resource "isales_retry_policy" "this" {{
                 campaign_id     = 46
                 policy_type     = 0
                 deletion_policy = "{deletion_policy}"
                 policy_json = [{{
                   type            = 0
                   retry_times     = 2
                   retry_day       = 1
                   no_retry_policy = [isales_call_result.this.result_code]
                 }}]
               }}"#
        )
    };
    let code = this(None, "Never again", &["00602"]);
    workspace.write(&format!("{code}{}", policy("restore")));
    workspace.apply().succeeds();
    let chosen = the_one(&server).result_code;
    let kept = server.kept(46).unwrap();
    assert!(
        kept.contains(&format!("'noRetryPolicy':['{chosen}']")),
        "{kept}"
    );
    workspace.plan().finds_no_changes().without_warnings();

    // The server refuses the delete of a code that a policy names, so the policy has to go first.
    workspace.destroy().succeeds();
    assert_eq!(made(&server), []);
    assert_eq!(server.kept(46).as_deref(), Some(earlier));

    // A policy that is abandoned keeps the code, and the server's words are shown.
    workspace.write(&format!("{code}{}", policy("abandon")));
    workspace.apply().succeeds();
    let refused = workspace.destroy().fails().error();
    refused.says(&[
        "could not be deleted",
        "is used by the retry policy of campaign 46",
        "remove it there first",
    ]);
    assert_eq!(workspace.resources().len(), 1);
    assert_eq!(made(&server).len(), 1);
    server.remove_policy(VDN, 46);
    workspace.destroy().succeeds();
    assert_eq!(made(&server), []);
}

#[test]
fn values_that_the_api_would_refuse_are_refused_at_plan() {
    let server = server();
    let workspace = Workspace::new(&server);
    for (code, text, obs_codes, place) in [
        (
            Some("12345678"),
            "Text",
            &["1"][..],
            "result_code = \"12345678\"",
        ),
        (Some(""), "Text", &["1"], "result_code = \"\""),
        (None, "", &["1"], "display_result = \"\""),
        (None, "Text", &[], "obs_codes = []"),
        (None, "Text", &["1", ""], "obs_codes = "),
    ] {
        workspace.write(&this(code, text, obs_codes));
        let error = workspace.plan().fails().error();
        error.says(&["Invalid Attribute Value"]).points_at(place);
    }
    let null = "display_result = \"Text\"\nobs_codes = [null]";
    workspace.write(&named("this", null));
    workspace.plan().fails().error().says(&["null"]);
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn two_hundred_call_results_cost_no_list_in_a_plan_and_few_in_an_apply() {
    const COUNT: usize = 200;
    let server = server();
    let workspace = Workspace::new(&server);
    let arguments = format!(
        "for_each = toset([for n in range({COUNT}) : tostring(n)])\n\
         display_result = \"Text ${{each.value}}\"\nobs_codes = [\"00602\"]"
    );
    workspace.write(&named("this", &arguments));
    workspace.apply().succeeds().without_warnings();
    assert_eq!(made(&server).len(), COUNT);
    let lists = || {
        let requests = server.requests().into_iter();
        requests
            .filter(|request| request.path == list_path(VDN.into()))
            .count()
    };
    // One walk of one page before the first create serves those of the next ten seconds.
    assert!(lists() < COUNT / 4, "{} lists", lists());
    assert_eq!(server.posted().len(), COUNT);
    server.clear_requests();
    workspace.plan().finds_no_changes().without_warnings();
    assert_eq!((lists(), server.requests().len()), (0, COUNT));
}
