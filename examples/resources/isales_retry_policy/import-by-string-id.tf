import {
  to = isales_retry_policy.renewal
  id = "25/46"
}
