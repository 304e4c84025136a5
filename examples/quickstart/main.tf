terraform {
  required_version = ">= 1.5"

  required_providers {
    isales = {
      source  = "isales/isales"
      version = "~> 0.1"
    }
  }
}

# The server and the key pair come from the environment:
# ISALES_ENDPOINT, ISALES_ACCESS_KEY and ISALES_SECRET_KEY.
provider "isales" {
  vdn_id = var.vdn_id
}

# One rule for every number: two attempts a day on three days, and no retry after a wrong number or a
# rejection. Their codes are 006 and 007 in this example; the data source isales_call_results lists
# the codes of your VDN.
resource "isales_retry_policy" "renewal" {
  campaign_id = var.campaign_ids.renewal
  policy_type = 0

  policy_json = [{
    type            = 0
    retry_times     = 2
    retry_day       = 3
    no_retry_policy = ["006", "007"]
  }]
}

# A rule for each call result.
resource "isales_retry_policy" "survey" {
  campaign_id = var.campaign_ids.survey
  policy_type = 0

  policy_json = [{
    type = 1
    policy = [
      { result = 4, retry_number = 3, call_interval = 60 },
      { result = 5, retry_number = 1, call_interval = 600 },
    ]
  }]
}

# A rule for each number type. The VDN defines the names.
resource "isales_retry_policy" "reminder" {
  campaign_id = var.campaign_ids.reminder
  policy_type = 1

  policy_json = [
    {
      data_type   = "ST"
      type        = 0
      retry_times = 2
      retry_day   = 1
    },
    {
      data_type = "SI"
      type      = 1
      policy    = [{ result = 4, retry_number = 3, call_interval = 600 }]
    },
  ]
}
