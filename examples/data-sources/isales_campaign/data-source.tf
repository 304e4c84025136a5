# Finds a campaign by its name, as the console shows it, instead of its ID.
data "isales_campaign" "renewal" {
  name = "Contract renewal"
}

resource "isales_retry_policy" "renewal" {
  campaign_id = data.isales_campaign.renewal.campaign_id
  policy_type = 0
  policy_json = [{ type = 0, retry_times = 2, retry_day = 3 }]
}
