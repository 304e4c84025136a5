vdn_id = 26

campaigns = {
  "campaign-1" = {
    attempts      = { per_day = 1, days = 2 }
    final_results = ["nonexistent"]
    special_dates = { "Weekend" = { week = [6, 7] } }
    call_batches  = { "Trial" = { running = true } }
  }
}
