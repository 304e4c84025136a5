# By vdn_id/campaign_id, or by campaign_id alone if the provider has vdn_id.
terraform import isales_retry_policy.renewal 25/46
