# A policy that is changed while nobody is called: the campaign is paused before an update, and
# resumed after it.
action "isales_campaign_pause" "renewal" {
  config {
    campaign_id = 46
  }
}

action "isales_campaign_resume" "renewal" {
  config {
    campaign_id = 46
  }
}

resource "isales_retry_policy" "renewal" {
  campaign_id = 46
  policy_type = 0
  policy_json = [{ type = 0, retry_times = 2, retry_day = 3 }]

  lifecycle {
    action_trigger {
      events  = [before_update]
      actions = [action.isales_campaign_pause.renewal]
    }
    action_trigger {
      events  = [after_update]
      actions = [action.isales_campaign_resume.renewal]
    }
  }
}
