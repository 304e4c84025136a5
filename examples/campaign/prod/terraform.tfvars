vdn_id = 25

campaigns = {
  "campaign-46" = {
    attempts      = { per_day = 2, days = 3 }
    final_results = ["nonexistent", "unreachable"]

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

  "campaign-47" = {
    by_result     = [{ result = 4, retry_number = 3, call_interval = 60 }]
    final_results = ["unreachable"]
  }
}
