# These runs only plan.
provider "isales" {
  vdn_id = 25
}

run "a_call_result_that_never_occurs" {
  command = plan

  variables {
    call_results = { nonexistent = { display_result = "Number does not exist", obs_codes = [] } }
  }

  expect_failures = [var.call_results]
}

run "two_call_results_with_one_text" {
  command = plan

  variables {
    call_results = {
      busy      = { display_result = "Try later", obs_codes = ["00602"] }
      no_answer = { display_result = "Try later", obs_codes = ["00603"] }
    }
  }

  expect_failures = [var.call_results]
}

run "no_such_vdn" {
  command = plan

  variables {
    vdn_id = 0
  }

  expect_failures = [var.vdn_id]
}
