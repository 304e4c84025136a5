vdn_id = 26

campaigns = {
  "campaign-1" = {
    attempts = { per_day = 1, days = 2 }
  }
}
