# terraform query -generate-config-out=batches.tf
list "isales_call_batch" "spring" {
  provider         = isales
  include_resource = true
  limit            = 500

  config {
    vdn_id      = 25
    campaign_id = 46
    name        = "spring"
  }
}
