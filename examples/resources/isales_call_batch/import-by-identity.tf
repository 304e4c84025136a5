import {
  to = isales_call_batch.spring
  identity = {
    vdn_id        = 25
    campaign_id   = 46
    call_batch_id = "174712034211433247704877116507"
  }
}
