output "policies" {
  description = "Each policy in plain words, by campaign name."
  value       = { for name, campaign in module.campaign : name => campaign.description }
}

output "attempts" {
  description = "Maximum number of call attempts for one number, by campaign name."
  value       = { for name, campaign in module.campaign : name => campaign.attempts }
}

output "ids" {
  description = "Each campaign as vdn_id/campaign_id, the ID for terraform import."
  value       = { for name, campaign in module.campaign : name => campaign.id }
}
