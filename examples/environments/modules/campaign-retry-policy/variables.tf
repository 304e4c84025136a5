variable "campaign_name" {
  description = "Whole name of the outbound campaign, as the console shows it."
  type        = string
}

variable "vdn_id" {
  description = "VDN of the campaign; the provider's when left out."
  type        = number
  default     = null
}

variable "attempts" {
  description = "One rule whatever a call came to: attempts per day, and days. Excludes by_result."
  type = object({
    per_day = number
    days    = number
  })
  default = null

  validation {
    condition     = var.attempts == null || try(var.attempts.per_day >= 1 && var.attempts.days >= 1, false)
    error_message = "attempts needs at least one attempt per day, on at least one day."
  }
}

variable "by_result" {
  description = "A rule for each result of a call. Excludes attempts."
  type = list(object({
    result        = number
    retry_number  = number
    call_interval = number
  }))
  default  = []
  nullable = false

  validation {
    condition     = length(distinct(var.by_result[*].result)) == length(var.by_result)
    error_message = "by_result has two rules for one result. Keep one of them."
  }
}

variable "final_results" {
  description = "Texts of the call results after which no call is made again, as the console shows them."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "max_attempts" {
  description = "Most call attempts that one number may get; what the policy allows must not exceed it."
  type        = number
  default     = 10
  nullable    = false
}

variable "deletion_policy" {
  description = "What destroying does: abandon, restore or prevent."
  type        = string
  default     = "abandon"
  nullable    = false
}
