import {
  to = isales_special_date.weekend
  identity = {
    vdn_id          = 25
    campaign_id     = 46
    special_date_id = 1318795089
  }
}
