# All technical outcomes whose description mentions the network, under one call result.
data "isales_obs_result_codes" "all" {}

resource "isales_call_result" "network" {
  display_result = "Network failure"

  obs_codes = [
    for code in data.isales_obs_result_codes.all.obs_result_codes : code.obs_code
    if strcontains(lower(coalesce(code.obs_code_desc, "-")), "network")
  ]
}
