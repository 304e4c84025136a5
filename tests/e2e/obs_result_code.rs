//! OBS result codes: a look-up over several pages, and a call result that groups some of them.

use test_support::{
    server::{VDN, server},
    terraform::Workspace,
};

#[test]
fn all_obs_result_codes_are_listed_and_make_up_a_call_result() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(
        r#"
data "isales_obs_result_codes" "all" {}

resource "isales_call_result" "unreachable" {
  display_result = "Unreachable"
  obs_codes = [
    for code in data.isales_obs_result_codes.all.obs_result_codes : code.obs_code
    if strcontains(code.obs_code_desc, "phone")
  ]
}

output "codes" { value = data.isales_obs_result_codes.all.obs_codes }
output "first" { value = data.isales_obs_result_codes.all.obs_result_codes[0] }
output "vdn_id" { value = data.isales_obs_result_codes.all.vdn_id }
"#,
    );
    workspace.apply().succeeds().without_warnings();
    let outputs = workspace.state()["values"]["outputs"].clone();
    let codes = outputs["codes"]["value"].as_array().unwrap();
    assert_eq!(codes.len(), 120);
    assert_eq!(outputs["first"]["value"]["obs_code"], "00602");
    assert_eq!(outputs["vdn_id"]["value"], 25);
    let made = server.call_results(VDN).pop().unwrap();
    assert_eq!(made.obs_codes, ["00604", "00605"]);
    workspace.plan().finds_no_changes();
}
