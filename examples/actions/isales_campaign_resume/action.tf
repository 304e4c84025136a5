# terraform apply -invoke=action.isales_campaign_resume.renewal
action "isales_campaign_resume" "renewal" {
  config {
    campaign_id = 46
    timeouts    = { invoke = "2m" }
  }
}
