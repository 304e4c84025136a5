variable "vdn_id" {
  description = "VDN of the campaigns."
  type        = number
  nullable    = false

  validation {
    condition     = var.vdn_id != 25 && var.vdn_id != 27
    error_message = "vdn_id belongs to production (25) or staging (27). Use one for development."
  }
}

variable "campaigns" {
  description = "Retry policies by campaign name."
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
    error_message = "Development has at most 5 campaigns. Remove some."
  }
}

variable "max_attempts" {
  description = "Maximum number of call attempts for one number."
  type        = number
  default     = 3
  nullable    = false

  validation {
    condition     = var.max_attempts >= 1 && var.max_attempts <= 5
    error_message = "Development calls colleagues: max_attempts must be from 1 to 5."
  }
}
