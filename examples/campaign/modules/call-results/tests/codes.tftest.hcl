# The server and the key pair come from the environment.
provider "isales" {
  vdn_id = 25
}

run "each_call_result_has_a_code" {
  assert {
    condition     = toset(keys(output.codes)) == toset(["nonexistent", "unreachable"])
    error_message = "A call result has no code."
  }

  assert {
    condition     = alltrue([for code in output.codes : length(code) > 0]) && output.codes["nonexistent"] != output.codes["unreachable"]
    error_message = "The codes are not unique."
  }
}

run "one_call_result_with_another_text" {
  variables {
    call_results = {
      nonexistent = { display_result = "No such number", obs_codes = ["00606"] }
    }
  }

  assert {
    condition     = keys(output.codes) == ["nonexistent"]
    error_message = "The other call result was kept."
  }

  assert {
    condition     = isales_call_result.this["nonexistent"].display_result == "No such number"
    error_message = "The text was not changed."
  }
}
