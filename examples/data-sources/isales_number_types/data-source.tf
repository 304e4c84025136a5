# Sets the same rule for every number type that the VDN defines.
data "isales_number_types" "all" {}

resource "isales_retry_policy" "reminder" {
  campaign_id = 48
  policy_type = 1

  policy_json = [
    for data_type in data.isales_number_types.all.data_types : {
      data_type   = data_type
      type        = 0
      retry_times = 2
      retry_day   = 1
    }
  ]
}
