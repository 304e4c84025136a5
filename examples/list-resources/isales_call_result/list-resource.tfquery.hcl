# terraform query -generate-config-out=call_results.tf
list "isales_call_result" "all" {
  provider         = isales
  include_resource = true
  limit            = 500

  config {
    vdn_id = 25
  }
}
