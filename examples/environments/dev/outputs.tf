output "policies" {
  description = "Each policy in plain words, by the campaign's name."
  value       = { for name, campaign in module.campaign : name => campaign.description }
}
