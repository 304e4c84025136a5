# Results after which nobody should be called again. The server chooses the code of the second one.
resource "isales_call_result" "wrong_number" {
  result_code    = "W01"
  display_result = "Wrong number"
  obs_codes      = ["00606"]
}

resource "isales_call_result" "unreachable" {
  display_result = "Unreachable for days"
  obs_codes      = ["00604", "00605"]
}

resource "isales_retry_policy" "renewal" {
  campaign_id = 46
  policy_type = 0

  policy_json = [{
    type        = 0
    retry_times = 2
    retry_day   = 3
    no_retry_policy = [
      isales_call_result.wrong_number.result_code,
      isales_call_result.unreachable.result_code,
    ]
  }]
}
