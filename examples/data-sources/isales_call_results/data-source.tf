# Looks up the codes of final results, after which nobody should be called again, by the texts that
# the console shows. A text without a definition is an error.
data "isales_call_results" "final" {
  display_results = ["Wrong number", "Rejected"]
}

resource "isales_retry_policy" "renewal" {
  campaign_id = 46
  policy_type = 0

  policy_json = [{
    type            = 0
    retry_times     = 2
    retry_day       = 3
    no_retry_policy = data.isales_call_results.final.codes
  }]
}
