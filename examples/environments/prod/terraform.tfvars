vdn_id = 25

campaigns = {
  "campaign-46" = {
    attempts      = { per_day = 2, days = 3 }
    final_results = ["Wrong number", "Rejected"]
  }
  "campaign-47" = {
    by_result = [
      { result = 4, retry_number = 3, call_interval = 60 },
      { result = 5, retry_number = 1, call_interval = 600 },
    ]
    final_results = ["Wrong number", "Rejected"]
  }
}
