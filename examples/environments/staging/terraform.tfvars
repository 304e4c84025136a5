vdn_id = 27

campaigns = {
  "campaign-1" = {
    attempts      = { per_day = 2, days = 3 }
    final_results = ["Wrong number", "Rejected"]
  }
  "campaign-2" = {
    by_result = [{ result = 4, retry_number = 3, call_interval = 60 }]
  }
}
