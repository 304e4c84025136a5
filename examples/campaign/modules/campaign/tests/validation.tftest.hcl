# These runs only plan.
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

run "fractions_of_an_attempt" {
  command = plan

  variables {
    attempts = { per_day = 1.5, days = 2 }
  }

  expect_failures = [var.attempts]
}

run "a_rule_without_a_number" {
  command = plan

  variables {
    attempts  = null
    by_result = [{ result = 4, retry_number = null, call_interval = 60 }]
  }

  expect_failures = [var.by_result]
}

run "a_rule_with_a_negative_interval" {
  command = plan

  variables {
    attempts  = null
    by_result = [{ result = 4, retry_number = 1, call_interval = -60 }]
  }

  expect_failures = [var.by_result]
}

run "an_empty_name" {
  command = plan

  variables {
    campaign_name = " "
  }

  expect_failures = [var.campaign_name]
}

run "an_empty_final_result" {
  command = plan

  variables {
    final_results = ["006", ""]
  }

  expect_failures = [var.final_results]
}

run "no_such_vdn" {
  command = plan

  variables {
    vdn_id = 10000
  }

  expect_failures = [var.vdn_id]
}

run "a_limit_of_nothing" {
  command = plan

  variables {
    max_attempts = 0
  }

  expect_failures = [var.max_attempts]
}

run "no_such_deletion_policy" {
  command = plan

  variables {
    deletion_policy = "delete"
  }

  expect_failures = [var.deletion_policy]
}

run "a_date_without_an_end" {
  command = plan

  variables {
    special_dates = { "Office move" = { begin_time = "2027-03-01" } }
  }

  expect_failures = [var.special_dates]
}

run "days_and_dates_in_one" {
  command = plan

  variables {
    special_dates = { "Weekend" = { week = [6, 7], begin_time = "01-01", end_time = "01-02" } }
  }

  expect_failures = [var.special_dates]
}

run "a_call_batch_of_null" {
  command = plan

  variables {
    call_batches = { "January" = null }
  }

  expect_failures = [var.call_batches]
}
