output "policies" {
  description = "Each policy in plain words, by campaign name."
  value       = { for name, campaign in module.campaign : name => campaign.description }
}
