resource "isales_retry_policy" "this" {
  campaign_id     = 47
  policy_type     = 1
  on_conflict     = "overwrite"
  deletion_policy = "restore"

  policy_json = [
    {
      data_type = "ST"
      type      = 1
      policy = [
        { result = 4, retry_number = 3, call_interval = 60 },
        { result = 7, retry_number = 1, call_interval = 120 },
      ]
    },
    {
      data_type   = "SI"
      type        = 0
      retry_times = 2
      retry_day   = 1
    },
  ]

  timeouts = {
    create = "2m"
    read   = "30s"
  }
}
