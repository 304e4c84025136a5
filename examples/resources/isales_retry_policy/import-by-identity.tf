import {
  to = isales_retry_policy.renewal
  identity = {
    vdn_id      = 25
    campaign_id = 46
  }
}
