output "id" {
  description = "The campaign as vdn_id/campaign_id, the ID for terraform import."
  value       = isales_retry_policy.this.id
}

output "campaign_id" {
  description = "ID of the campaign."
  value       = isales_retry_policy.this.campaign_id
}

output "attempts" {
  description = "Maximum number of call attempts for one number."
  value       = local.attempts
}

output "description" {
  description = "The policy in plain words."
  value       = provider::isales::describe_policy(0, isales_retry_policy.this.policy_json)
}
