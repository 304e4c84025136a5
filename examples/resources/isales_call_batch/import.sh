# By vdn_id/campaign_id/call_batch_id, or by campaign_id/call_batch_id if the provider has vdn_id.
terraform import isales_call_batch.spring 25/46/174712034211433247704877116507
