# Started and suspended by Terraform alone.
resource "isales_call_batch" "spring" {
  vdn_id      = 25
  campaign_id = 46
  name        = "spring-2026"
  status      = 1
}

# Created suspended. Whoever starts and pauses it afterwards causes no change in a plan.
resource "isales_call_batch" "autumn" {
  vdn_id      = 25
  campaign_id = 46
  name        = "autumn-2026"
}
