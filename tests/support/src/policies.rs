//! Retry policies as configuration, and the request bodies that the API page gives for them.

use std::fmt::Display;

/// The section "Example" of the API page "Setting the Retry Policy of an Outbound Campaign", word
/// for word, the misprint in the third included.
const PAGE: &str =
    include_str!("../../../crates/isales-client/tests/data/api-reference-examples.txt");

/// Example 1 of the page: a global common policy.
pub const GLOBAL_COMMON: &str = "
  policy_type = 0
  policy_json = [{ type = 0, retry_times = 1, retry_day = 1 }]
";
/// Example 2: a global result policy.
pub const GLOBAL_RESULT: &str = "
  policy_type = 0
  policy_json = [{ type = 1, policy = [{ result = 4, retry_number = 3, call_interval = 60 }] }]
";
/// Example 3: a common policy by number type.
pub const TYPED_COMMON: &str = r#"
  policy_type = 1
  policy_json = [{ data_type = "ST", type = 0, retry_times = 2, retry_day = 1 }]
"#;
/// Example 4: a result policy by number type.
pub const TYPED_RESULT: &str = r#"
  policy_type = 1
  policy_json = [{
    data_type = "ST"
    type      = 1
    policy    = [{ result = 4, retry_number = 3, call_interval = 60 }]
  }]
"#;

/// The page's examples, in its order.
pub const EXAMPLES: [&str; 4] = [GLOBAL_COMMON, GLOBAL_RESULT, TYPED_COMMON, TYPED_RESULT];

/// The request bodies of the page's examples, in its order: white space outside of strings left
/// out, the doubled quote of the third put right.
pub fn page_bodies() -> Vec<String> {
    let mut bodies = Vec::new();
    let mut body: Option<String> = None;
    for line in PAGE.lines().map(str::trim) {
        if line == "{" {
            body = Some(String::new());
        }
        if let Some(body) = &mut body {
            body.push_str(&without_blanks(line));
        }
        if line == "}" {
            bodies.extend(body.take());
        }
    }
    bodies
        .into_iter()
        .map(|body| body.replace("''policy'", "'policy'"))
        .collect()
}

fn without_blanks(json: &str) -> String {
    let mut in_string = false;
    json.chars()
        .filter(|&c| {
            in_string ^= c == '"';
            in_string || !c.is_whitespace()
        })
        .collect()
}

/// A resource `isales_retry_policy.this` for a campaign, with further arguments.
pub fn resource(campaign_id: impl Display, arguments: &str) -> String {
    named("this", campaign_id, arguments)
}

/// A resource of another name.
pub fn named(name: &str, campaign_id: impl Display, arguments: &str) -> String {
    format!(
        "resource \"isales_retry_policy\" \"{name}\" {{\n  campaign_id = {campaign_id}\n{arguments}\n}}\n"
    )
}

/// A global common policy.
pub fn common(retry_times: u32, retry_day: u32) -> String {
    format!(
        "  policy_type = 0\n  policy_json = [{{ type = 0, retry_times = {retry_times}, retry_day = {retry_day} }}]\n"
    )
}

/// `policyJson` of [`common`] as it is posted.
pub fn common_json(retry_times: u32, retry_day: u32) -> String {
    format!("[{{'type':0,'retryTimes':{retry_times},'retryDay':{retry_day}}}]")
}
