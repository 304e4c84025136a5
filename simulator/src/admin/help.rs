//! The help text of the admin interface.

/// The routes of the admin interface, for `--help`.
pub const ADMIN_HELP: &str = "  GET, DELETE       /requests                          requests received
  GET, DELETE       /counters                          counters
  GET, PUT, DELETE  /campaigns/VDN/CAMPAIGN/policy     {\"policy_type\":0,\"policy_json\":\"[…]\"}
  GET, POST         /campaigns/VDN/CAMPAIGN/special-dates
                                                       {\"name\":\"…\",\"type\":1,\"week\":\"6,7\"}
  PUT, DELETE       /campaigns/VDN/CAMPAIGN/special-dates/ID
  PUT, DELETE       /campaigns/VDN/CAMPAIGN
  GET, PUT          /campaigns/VDN/CAMPAIGN/status     \"not-begun\", \"running\", \"finished\", …
  GET               /call-results/VDN
  PUT, DELETE       /call-results/VDN/DEF              {\"display_result\":\"…\",\"obs_codes\":[\"00602\"]}
  GET, POST         /campaigns/VDN/CAMPAIGN/call-batches     {\"name\":\"test\",\"status\":1}
  PUT, DELETE       /campaigns/VDN/CAMPAIGN/call-batches/ID  {\"status\":2}
  GET, PUT          /call-batch-limit                  100
  GET, PUT          /shape                             {\"quotes\":\"double\",…}
  GET, PUT          /takes                             {\"quotes\":\"any\",\"common\":\"flat\"}
  GET, PUT          /keeps                             \"as-sent\", \"clamp-retry-times\", …
  GET, PUT          /lag                               {\"lag_ms\":3000}
  GET, PUT          /latency                           {\"before_ms\":0,\"after_ms\":0}
  GET, PUT          /faults                            {\"seed\":1,\"probabilities\":{\"cut-short\":0.1}}
  POST, DELETE      /scripts                           {\"method\":\"POST\",\"times\":1,\"action\":{\"reply\":{\"status\":500}}}
                                                       {\"method\":\"GET\",\"action\":{\"shape\":{\"numbers\":\"decimals\"}}}
                                                       {\"method\":\"GET\",\"action\":\"stale\"}
  PUT               /clock                             {\"offset_seconds\":3600}
  POST              /restart                           {\"pause_ms\":300}
";
