output "policies" {
  description = "Each policy in plain words, by the campaign's name."
  value       = { for name, campaign in module.campaign : name => campaign.description }
}

output "attempts" {
  description = "Most call attempts that one number can get, by the campaign's name."
  value       = { for name, campaign in module.campaign : name => campaign.attempts }
}
