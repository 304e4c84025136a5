output "campaign_id" {
  description = "ID of the campaign."
  value       = local.campaign_id
}

output "id" {
  description = "The campaign as vdn_id/campaign_id, the ID for terraform import of its policy."
  value       = isales_retry_policy.this.id
}

output "attempts" {
  description = "Maximum number of call attempts for one number."
  value       = local.attempts
}

output "call_batch_ids" {
  description = "IDs of the call batches, by name, for the system that adds numbers."
  value       = { for name, batch in isales_call_batch.this : name => batch.call_batch_id }
}

output "special_date_ids" {
  description = "IDs of the special dates, by name."
  value       = { for name, date in isales_special_date.this : name => date.special_date_id }
}
