# A global policy: two attempts a day on three days, and no retry after these call results.
resource "isales_retry_policy" "renewal" {
  vdn_id      = 25
  campaign_id = 46
  policy_type = 0

  policy_json = [{
    type            = 0
    retry_times     = 2
    retry_day       = 3
    no_retry_policy = ["006", "007"]
  }]
}

# A policy by number type. Destroying it restores the policy from before Terraform.
resource "isales_retry_policy" "reminder" {
  vdn_id          = 25
  campaign_id     = 48
  policy_type     = 1
  deletion_policy = "restore"

  policy_json = [
    {
      data_type   = "ST"
      type        = 0
      retry_times = 2
      retry_day   = 1
    },
    {
      data_type = "SI"
      type      = 1
      policy    = [{ result = 4, retry_number = 3, call_interval = 600 }]
    },
  ]
}
