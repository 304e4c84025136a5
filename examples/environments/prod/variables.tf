variable "campaigns" {
  description = "Retry policies by the names of the campaigns."
  type = map(object({
    attempts = optional(object({ per_day = number, days = number }))
    by_result = optional(list(object({
      result        = number
      retry_number  = number
      call_interval = number
    })))
    final_results = optional(set(string))
  }))
}
