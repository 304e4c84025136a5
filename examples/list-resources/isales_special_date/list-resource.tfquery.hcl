# terraform query -generate-config-out=special-dates.tf
list "isales_special_date" "all" {
  provider         = isales
  include_resource = true
  limit            = 500

  config {
    vdn_id = 25
  }
}
