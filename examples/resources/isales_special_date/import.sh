# By vdn_id/campaign_id/special_date_id, or without vdn_id if the provider has it.
terraform import isales_special_date.weekend 25/46/1318795089
