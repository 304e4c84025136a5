resource "isales_call_result" "this" {
  for_each = var.call_results

  vdn_id         = var.vdn_id
  display_result = each.value.display_result
  obs_codes      = each.value.obs_codes
}
