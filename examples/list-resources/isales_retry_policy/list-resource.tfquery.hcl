# terraform query -generate-config-out=policies.tf
list "isales_retry_policy" "active" {
  provider         = isales
  include_resource = true
  limit            = 500

  config {
    vdn_id = 25
    status = 2
  }
}
