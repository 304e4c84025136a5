resource "isales_retry_policy" "this" {
  campaign_id     = 46
  policy_type     = 0
  deletion_policy = "restore"

  policy_json = [{
    type            = 0
    retry_times     = 3
    retry_day       = 2
    no_retry_policy = ["002", "007"]
  }]
}
