# Generates the document for a script or another tool that posts it.
output "policy_json" {
  # [{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]
  value = provider::isales::encode_policy_json(0, [{
    type   = 1
    policy = [{ result = 4, retry_number = 3, call_interval = 60 }]
  }])
}

output "policy_json_in_double_quotes" {
  # [{"dataType":"ST","type":0,"retryTimes":2,"retryDay":1}]
  value = provider::isales::encode_policy_json(
    1,
    [{ data_type = "ST", type = 0, retry_times = 2, retry_day = 1 }],
    { policy_json_quotes = "double", common_policy_layout = "flat" },
  )
}
