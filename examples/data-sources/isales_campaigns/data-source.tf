# Sets one policy on every campaign that is neither suspended nor ended, and whose name matches "survey".
data "isales_campaigns" "surveys" {
  name   = "survey"
  status = 2
}

resource "isales_retry_policy" "survey" {
  for_each = {
    for campaign in data.isales_campaigns.surveys.campaigns : campaign.campaign_id => campaign
  }

  campaign_id = each.value.campaign_id
  policy_type = 0
  policy_json = [{ type = 0, retry_times = 1, retry_day = 2 }]
}
