resource "isales_retry_policy" "this" {
  campaign_id = 48
  policy_type = 1
  policy_json = [{
    data_type = "ST"
    type      = 1
    policy    = [{ result = 4, retry_number = 3, call_interval = 60 }]
  }]
}
