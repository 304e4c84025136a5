resource "isales_call_batch" "autumn" {
  campaign_id = 46
  name        = "autumn-2026"
}

# terraform apply -invoke=action.isales_call_batch_resume.autumn
action "isales_call_batch_resume" "autumn" {
  config {
    campaign_id   = 46
    call_batch_id = isales_call_batch.autumn.call_batch_id
  }
}
