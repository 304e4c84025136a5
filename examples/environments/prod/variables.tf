variable "vdn_id" {
  description = "VDN of the campaigns."
  type        = number
  nullable    = false

  validation {
    condition     = var.vdn_id == 25
    error_message = "Production is VDN 25 and no other."
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
    condition     = alltrue([for campaign in var.campaigns : try(length(campaign.final_results), 0) > 0])
    error_message = "In production each policy must name the final_results after which nobody is called again."
  }
}

variable "max_attempts" {
  description = "Maximum number of call attempts for one number."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.max_attempts >= 1 && var.max_attempts <= 10
    error_message = "Nobody is called more than 10 times: max_attempts must be from 1 to 10."
  }
}
