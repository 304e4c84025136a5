# By week: Saturdays and Sundays.
resource "isales_special_date" "weekend" {
  vdn_id      = 25
  campaign_id = 46
  name        = "Weekend"
  type        = 1
  week        = [6, 7]
}

# By date.
resource "isales_special_date" "move" {
  vdn_id      = 25
  campaign_id = 46
  name        = "Office move"
  type        = 2
  begin_time  = "2026-09-22"
  end_time    = "2026-09-24"
}

# By date, repeating each year, here beyond the end of the year.
resource "isales_special_date" "new_year" {
  vdn_id      = 25
  campaign_id = 46
  name        = "New Year"
  type        = 3
  begin_time  = "12-30"
  end_time    = "01-02"
}
