variable "vdn_id" {
  description = "VDN of the campaigns."
  type        = number
  nullable    = false

  validation {
    condition     = var.vdn_id != 25
    error_message = "vdn_id belongs to production (25). Use one for staging."
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
    condition     = length(var.campaigns) > 0
    error_message = "campaigns is empty, which would abandon every policy of staging. Name at least one."
  }
}

variable "max_attempts" {
  description = "Maximum number of call attempts for one number."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.max_attempts >= 1 && var.max_attempts <= 10
    error_message = "Staging follows production: max_attempts must be from 1 to 10."
  }
}

variable "deletion_policy" {
  description = "Effect of a destroy: abandon keeps the policy, restore sets the one from before Terraform."
  type        = string
  default     = "abandon"
  nullable    = false

  validation {
    condition     = contains(["abandon", "restore"], var.deletion_policy)
    error_message = "deletion_policy must be abandon or restore: staging can be taken down."
  }
}
