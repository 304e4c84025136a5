# Nothing is applied here.
provider "isales" {
  vdn_id = 25
}

variables {
  campaign_name = "campaign-46"
  attempts      = { per_day = 2, days = 3 }
}

run "too_many_attempts" {
  command = plan

  variables {
    max_attempts = 5
  }

  expect_failures = [isales_retry_policy.this]
}

run "no_attempt_at_all" {
  command = plan

  variables {
    attempts = { per_day = 0, days = 3 }
  }

  expect_failures = [var.attempts]
}

run "both_kinds_of_rule" {
  command = plan

  variables {
    by_result = [{ result = 4, retry_number = 3, call_interval = 60 }]
  }

  expect_failures = [isales_retry_policy.this]
}

run "no_rule_at_all" {
  command = plan

  variables {
    attempts = null
  }

  expect_failures = [isales_retry_policy.this]
}

run "two_rules_for_one_result" {
  command = plan

  variables {
    attempts = null
    by_result = [
      { result = 4, retry_number = 3, call_interval = 60 },
      { result = 4, retry_number = 1, call_interval = 600 },
    ]
  }

  expect_failures = [var.by_result]
}
