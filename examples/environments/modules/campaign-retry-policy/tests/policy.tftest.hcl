# The server and the key pair come from the environment.
provider "isales" {
  vdn_id = 25
}

variables {
  campaign_name = "campaign-46"
}

run "attempts_and_final_results" {
  variables {
    attempts      = { per_day = 2, days = 3 }
    final_results = ["Wrong number", "Rejected"]
  }

  assert {
    condition     = output.id == "25/46" && output.campaign_id == 46
    error_message = "The campaign does not have that name."
  }

  assert {
    condition     = output.attempts == 6
    error_message = "Two attempts a day on three days are six."
  }

  assert {
    condition     = isales_retry_policy.this.policy_json[0].no_retry_policy == toset(["006", "007"])
    error_message = "The texts map to other codes."
  }
}

run "rules_by_result_replace_them" {
  variables {
    by_result = [
      { result = 4, retry_number = 3, call_interval = 60 },
      { result = 5, retry_number = 1, call_interval = 600 },
    ]
  }

  assert {
    condition     = isales_retry_policy.this.policy_json[0].type == 1
    error_message = "The policy is not by call result."
  }

  assert {
    condition     = output.attempts == 5 && strcontains(output.description, "5 call attempts")
    error_message = "The first call and four further ones are five."
  }
}
