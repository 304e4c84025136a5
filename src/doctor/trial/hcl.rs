//! A retry policy as a resource block.

use std::fmt::Write as _;

use isales_client::{
    CampaignRef, RetryPolicy,
    retry_policy::{PolicyElement, Rule},
};

use crate::doctor::provider_block::literal;

/// Returns a resource block that sets this policy.
pub(super) fn resource(campaign: CampaignRef, policy: &RetryPolicy) -> String {
    let CampaignRef {
        vdn_id,
        campaign_id,
    } = campaign;
    let mut hcl = format!(
        "resource \"isales_retry_policy\" \"campaign_{campaign_id}\" {{\n  vdn_id      = {vdn_id}\n  \
         campaign_id = {campaign_id}\n  policy_type = {}\n  policy_json = [\n",
        policy.policy_type.number()
    );
    for element in &policy.policy_json {
        let _ = writeln!(hcl, "    {{ {} }},", arguments(element));
    }
    hcl.push_str("  ]\n}\n");
    hcl
}

fn arguments(element: &PolicyElement) -> String {
    let mut arguments = Vec::new();
    if let Some(data_type) = &element.data_type {
        arguments.push(format!("data_type = {}", text(data_type.as_str())));
    }
    arguments.push(format!("type = {}", element.rule.rule_type().number()));
    match &element.rule {
        Rule::Common(common) => {
            arguments.push(format!("retry_times = {}", common.retry_times));
            arguments.push(format!("retry_day = {}", common.retry_day));
        }
        Rule::Result(rules) => {
            let rules = rules.iter().map(|rule| {
                format!(
                    "{{ result = {}, retry_number = {}, call_interval = {} }}",
                    rule.result, rule.retry_number, rule.call_interval
                )
            });
            arguments.push(format!("policy = [{}]", joined(rules)));
        }
    }
    if !element.no_retry_policy.is_empty() {
        let codes = element
            .no_retry_policy
            .iter()
            .map(|code| text(code.as_str()));
        arguments.push(format!("no_retry_policy = [{}]", joined(codes)));
    }
    joined(arguments)
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(", ")
}

fn text(text: &str) -> String {
    literal(&text.into())
}

#[cfg(test)]
mod tests {
    use isales_client::retry_policy::decode::decode_data;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_block_has_every_part_of_the_policy() {
        let policy_json = r#"[{'dataType':'S${T}','type':0,'policy':{'retryTimes':2,'retryDay':1},
            'noRetryPolicy':['002','007']},{'dataType':'SI','type':1,'policy':[
            {'result':4,'retryNumber':3,'callInterval':60}]}]"#;
        let data = json!({"policyType": 1, "policyJson": policy_json});
        let policy = decode_data(&data).unwrap().unwrap().policy;
        assert_eq!(
            resource("25/46".parse().unwrap(), &policy),
            r#"resource "isales_retry_policy" "campaign_46" {
  vdn_id      = 25
  campaign_id = 46
  policy_type = 1
  policy_json = [
    { data_type = "S$${T}", type = 0, retry_times = 2, retry_day = 1, no_retry_policy = ["002", "007"] },
    { data_type = "SI", type = 1, policy = [{ result = 4, retry_number = 3, call_interval = 60 }] },
  ]
}
"#
        );
    }
}
