# By vdnId/campaignId, or by campaignId alone if the provider has a vdn_id.
terraform import isales_retry_policy.renewal 25/46
