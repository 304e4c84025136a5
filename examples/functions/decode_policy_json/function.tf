# Reuses the string that a script has posted so far.
resource "isales_retry_policy" "renewal" {
  campaign_id = 46
  policy_type = 0
  policy_json = provider::isales::decode_policy_json("[{'type':0,'retryTimes':1,'retryDay':1}]")
}
