output "codes" {
  description = "Code of each call result, by key, for no_retry_policy."
  value       = { for key, call_result in isales_call_result.this : key => call_result.result_code }
}
