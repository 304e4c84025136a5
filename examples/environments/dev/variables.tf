variable "vdn_id" {
  description = "VDN of the campaigns."
  type        = number
  nullable    = false

  validation {
    condition     = var.vdn_id != 25 && var.vdn_id != 27
    error_message = "vdn_id is that of production (25) or staging (27). Use one for development."
  }
}

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
  nullable = false

  validation {
    condition     = length(var.campaigns) <= 5
    error_message = "Development has 5 campaigns at most. Remove some."
  }
}

variable "max_attempts" {
  description = "Most call attempts that one number may get."
  type        = number
  default     = 3
  nullable    = false

  validation {
    condition     = var.max_attempts >= 1 && var.max_attempts <= 5
    error_message = "Development calls colleagues: max_attempts is from 1 to 5."
  }
}
