output "attempts" {
  description = "Maximum number of call attempts for one number, by campaign name."
  value       = { for name, campaign in module.campaign : name => campaign.attempts }
}

output "call_batch_ids" {
  description = "IDs of the call batches, by campaign name and call batch name."
  value       = { for name, campaign in module.campaign : name => campaign.call_batch_ids }
}

output "codes" {
  description = "Code of each call result, by key."
  value       = module.call_results.codes
}
