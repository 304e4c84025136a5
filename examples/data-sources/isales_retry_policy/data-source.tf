# The policy that another team keeps, to set the same on a campaign of one's own.
data "isales_retry_policy" "template" {
  campaign_id = 46
}

resource "isales_retry_policy" "copy" {
  campaign_id = 47
  policy_type = data.isales_retry_policy.template.policy_type
  policy_json = data.isales_retry_policy.template.policy_json
}
