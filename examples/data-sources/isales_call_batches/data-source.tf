# The suspended call batches of a campaign, by name.
data "isales_call_batches" "suspended" {
  campaign_id = 46
  status      = 2
}

output "suspended" {
  value = {
    for batch in data.isales_call_batches.suspended.call_batches : batch.name => batch.call_batch_id
  }
}
