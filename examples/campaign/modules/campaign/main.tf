data "isales_campaign" "this" {
  vdn_id = var.vdn_id
  name   = var.campaign_name
}

locals {
  vdn_id      = data.isales_campaign.this.vdn_id
  campaign_id = data.isales_campaign.this.campaign_id

  # retry_number counts further calls, so the first call comes on top.
  attempts = (
    var.attempts == null
    ? sum(concat([1], var.by_result[*].retry_number))
    : var.attempts.per_day * var.attempts.days
  )
}

resource "isales_retry_policy" "this" {
  vdn_id          = local.vdn_id
  campaign_id     = local.campaign_id
  policy_type     = 0
  deletion_policy = var.deletion_policy

  policy_json = [{
    type            = var.attempts == null ? 1 : 0
    retry_times     = try(var.attempts.per_day, null)
    retry_day       = try(var.attempts.days, null)
    policy          = var.attempts == null ? var.by_result : null
    no_retry_policy = length(var.final_results) > 0 ? var.final_results : null
  }]

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

resource "isales_special_date" "this" {
  for_each = var.special_dates

  vdn_id      = local.vdn_id
  campaign_id = local.campaign_id
  name        = each.key
  type        = each.value.week != null ? 1 : each.value.every_year ? 3 : 2
  week        = each.value.week
  begin_time  = each.value.begin_time
  end_time    = each.value.end_time
}

resource "isales_call_batch" "this" {
  for_each = var.call_batches

  vdn_id      = local.vdn_id
  campaign_id = local.campaign_id
  name        = each.key
  status      = each.value.running == null ? null : each.value.running ? 1 : 2

  # Calls start after the policy and the dates are set, and end before either is destroyed.
  depends_on = [isales_retry_policy.this, isales_special_date.this]
}
