locals {
  policy = [{ type = 0, retry_times = 2, retry_day = 3, no_retry_policy = ["006"] }]
}

output "renewal" {
  # All numbers: up to 2 call attempts a day, on 3 days. Not again after the result 006. At most 6
  # call attempts.
  value = provider::isales::describe_policy(0, local.policy)
}
