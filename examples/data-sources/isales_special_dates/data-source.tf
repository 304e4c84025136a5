data "isales_special_dates" "renewal" {
  campaign_id = 46
}

# The IDs by name, for imports.
output "special_date_ids" {
  value = {
    for date in data.isales_special_dates.renewal.special_dates : date.name => date.special_date_id
  }
}
