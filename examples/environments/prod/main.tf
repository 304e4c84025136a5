# The VDN that calls customers.
terraform {
  required_version = ">= 1.8"

  required_providers {
    isales = {
      source  = "isales/isales"
      version = "~> 0.1"
    }
  }

  # PG_CONN_STR contains the address and the login of the database.
  backend "pg" {
    schema_name = "isales_prod"
  }
}

# The server and the key pair come from the environment: ISALES_ENDPOINT, ISALES_ACCESS_KEY and
# ISALES_SECRET_KEY.
provider "isales" {
  vdn_id = var.vdn_id
}

module "campaign" {
  source   = "../modules/campaign-retry-policy"
  for_each = var.campaigns

  campaign_name   = each.key
  attempts        = each.value.attempts
  by_result       = each.value.by_result
  final_results   = each.value.final_results
  max_attempts    = var.max_attempts
  deletion_policy = "prevent"
}
