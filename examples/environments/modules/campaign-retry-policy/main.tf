data "isales_campaign" "this" {
  vdn_id = var.vdn_id
  name   = var.campaign_name
}

data "isales_call_results" "final" {
  count = length(var.final_results) > 0 ? 1 : 0

  vdn_id          = var.vdn_id
  display_results = var.final_results
}

locals {
  policy_json = [{
    type            = var.attempts == null ? 1 : 0
    retry_times     = try(var.attempts.per_day, null)
    retry_day       = try(var.attempts.days, null)
    policy          = var.attempts == null ? var.by_result : null
    no_retry_policy = one(data.isales_call_results.final[*].codes)
  }]

  # retry_number counts further calls, so the first call comes on top.
  attempts = (
    var.attempts == null
    ? sum(concat([1], var.by_result[*].retry_number))
    : var.attempts.per_day * var.attempts.days
  )
}

resource "isales_retry_policy" "this" {
  vdn_id          = data.isales_campaign.this.vdn_id
  campaign_id     = data.isales_campaign.this.campaign_id
  policy_type     = 0
  policy_json     = local.policy_json
  deletion_policy = var.deletion_policy

  lifecycle {
    precondition {
      condition     = (var.attempts == null) != (length(var.by_result) == 0)
      error_message = "Set either attempts or by_result."
    }

    precondition {
      condition     = local.attempts <= var.max_attempts
      error_message = "The policy allows ${local.attempts} call attempts for one number; max_attempts is ${var.max_attempts}."
    }
  }
}
