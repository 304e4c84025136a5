import {
  to = isales_special_date.weekend
  id = "25/46/1318795089"
}
