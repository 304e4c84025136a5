variable "campaign_name" {
  description = "Full name of the outbound campaign, as the console shows it."
  type        = string
  nullable    = false

  validation {
    condition     = trimspace(var.campaign_name) != ""
    error_message = "campaign_name is empty. Set the campaign's full name."
  }
}

variable "vdn_id" {
  description = "VDN of the campaign. Defaults to the provider's VDN."
  type        = number
  default     = null

  validation {
    condition     = var.vdn_id == null || try(var.vdn_id >= 1 && var.vdn_id <= 9999 && floor(var.vdn_id) == var.vdn_id, false)
    error_message = "vdn_id must be a whole number from 1 to 9999."
  }
}

variable "attempts" {
  description = "One rule for all call results: attempts per day, and days. Conflicts with by_result."
  type = object({
    per_day = number
    days    = number
  })
  default = null

  validation {
    condition = var.attempts == null || try(alltrue([
      for number in [var.attempts.per_day, var.attempts.days] : number >= 1 && floor(number) == number
    ]), false)
    error_message = "attempts needs at least one attempt per day, on at least one day, in whole numbers."
  }
}

variable "by_result" {
  description = "A rule for each call result. Conflicts with attempts."
  type = list(object({
    result        = number
    retry_number  = number
    call_interval = number
  }))
  default  = []
  nullable = false

  validation {
    condition = alltrue([
      for rule in var.by_result : try(
        floor(rule.result) == rule.result &&
        rule.retry_number >= 0 && floor(rule.retry_number) == rule.retry_number &&
        rule.call_interval >= 0 && floor(rule.call_interval) == rule.call_interval,
        false,
      )
    ])
    error_message = "Each rule of by_result needs result, retry_number and call_interval: whole numbers, the last two not negative."
  }

  validation {
    condition     = length(distinct(var.by_result[*].result)) == length(var.by_result)
    error_message = "by_result has two rules for one result. Keep one of them."
  }
}

variable "final_results" {
  description = "Texts of the call results after which nobody is called again, as the console shows them."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for text in var.final_results : try(trimspace(text) != "", false)])
    error_message = "final_results contains an empty text. Remove it."
  }
}

variable "max_attempts" {
  description = "Maximum number of call attempts for one number. A policy that allows more is rejected."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.max_attempts >= 1 && floor(var.max_attempts) == var.max_attempts
    error_message = "max_attempts must be a whole number of 1 or more."
  }
}

variable "deletion_policy" {
  description = "Effect of a destroy: abandon, restore or prevent."
  type        = string
  default     = "abandon"
  nullable    = false

  validation {
    condition     = contains(["abandon", "restore", "prevent"], var.deletion_policy)
    error_message = "deletion_policy must be abandon, restore or prevent."
  }
}
