# The server and the key pair come from the environment.
provider "isales" {
  vdn_id = 25
}

variables {
  campaign_name = "campaign-46"
}

run "a_whole_campaign" {
  variables {
    attempts      = { per_day = 2, days = 3 }
    final_results = ["006", "007"]

    special_dates = {
      "Weekend"     = { week = [6, 7] }
      "New Year"    = { begin_time = "12-31", end_time = "12-31", every_year = true }
      "Office move" = { begin_time = "2027-03-01", end_time = "2027-03-05" }
    }

    call_batches = {
      "January"  = { running = true }
      "February" = {}
    }
  }

  assert {
    condition     = output.campaign_id == 46 && output.id == "25/46"
    error_message = "The campaign does not have that name."
  }

  assert {
    condition     = output.attempts == 6
    error_message = "Two attempts a day on three days are six."
  }

  assert {
    condition     = isales_retry_policy.this.policy_json[0].no_retry_policy == toset(["006", "007"])
    error_message = "The policy does not name the final results."
  }

  assert {
    condition = { for name, date in isales_special_date.this : name => date.type } == {
      "Weekend"     = 1
      "New Year"    = 3
      "Office move" = 2
    }
    error_message = "A special date has another type."
  }

  assert {
    condition     = isales_call_batch.this["January"].status == 1 && isales_call_batch.this["February"].status == 2
    error_message = "A new call batch is suspended unless it is started."
  }

  assert {
    condition     = output.call_batch_ids["January"] == isales_call_batch.this["January"].call_batch_id && length(output.call_batch_ids) == 2
    error_message = "An ID of a call batch is missing or belongs to another."
  }
}

run "other_settings_replace_them" {
  variables {
    by_result = [
      { result = 4, retry_number = 3, call_interval = 60 },
      { result = 5, retry_number = 1, call_interval = 600 },
    ]

    special_dates = {
      "Weekend" = { week = [7] }
    }

    call_batches = {
      "January"  = { running = false }
      "February" = { running = true }
    }
  }

  assert {
    condition     = isales_retry_policy.this.policy_json[0].type == 1 && isales_retry_policy.this.policy_json[0].no_retry_policy == null
    error_message = "The policy is not by call result, or still names final results."
  }

  assert {
    condition     = output.attempts == 5
    error_message = "The first call and four further ones are five."
  }

  assert {
    condition     = keys(output.special_date_ids) == ["Weekend"] && isales_special_date.this["Weekend"].week == toset([7])
    error_message = "A special date was not changed, or a removed one was kept."
  }

  assert {
    condition     = isales_call_batch.this["January"].status == 2 && isales_call_batch.this["February"].status == 1
    error_message = "A call batch was not suspended or not started."
  }
}
