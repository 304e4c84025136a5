terraform {
  required_version = ">= 1.5"

  required_providers {
    isales = {
      source  = "isales/isales"
      version = "~> 0.1"
    }
  }
}

# The server and the key pair come from the environment: ISALES_ENDPOINT, ISALES_ACCESS_KEY and
# ISALES_SECRET_KEY.
provider "isales" {
  vdn_id = var.vdn_id
}

module "call_results" {
  source = "../modules/call-results"
}

module "campaign" {
  source   = "../modules/campaign"
  for_each = var.campaigns

  campaign_name   = each.key
  attempts        = each.value.attempts
  by_result       = each.value.by_result
  final_results   = [for key in each.value.final_results : module.call_results.codes[key]]
  special_dates   = each.value.special_dates
  call_batches    = each.value.call_batches
  max_attempts    = 10
  deletion_policy = "prevent"
}
