# Reads a policy that another team manages, to set the same policy on your own campaign.
data "isales_retry_policy" "template" {
  campaign_id = 46
}

resource "isales_retry_policy" "copy" {
  campaign_id = 47
  policy_type = data.isales_retry_policy.template.policy_type
  policy_json = data.isales_retry_policy.template.policy_json
}
