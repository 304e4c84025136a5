variable "vdn_id" {
  description = "VDN of the campaigns."
  type        = number
  nullable    = false

  validation {
    condition     = var.vdn_id != 25
    error_message = "vdn_id is that of production. Use one for development."
  }
}

variable "campaigns" {
  description = "Settings of each campaign, by name."
  type = map(object({
    attempts = optional(object({ per_day = number, days = number }))
    by_result = optional(list(object({
      result        = number
      retry_number  = number
      call_interval = number
    })))
    # Keys of the call results.
    final_results = optional(set(string), [])
    special_dates = optional(map(object({
      week       = optional(set(number))
      begin_time = optional(string)
      end_time   = optional(string)
      every_year = optional(bool, false)
    })), {})
    call_batches = optional(map(object({ running = optional(bool) })), {})
  }))
  nullable = false
}
