# By vdn_id/def_id, or by def_id alone if the provider has vdn_id.
terraform import isales_call_result.wrong_number 25/1645244637
