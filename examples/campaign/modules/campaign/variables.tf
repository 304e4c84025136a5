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

# A list, because the length of a set is unknown while its codes are.
variable "final_results" {
  description = "Codes of the call results after which nobody is called again."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for code in var.final_results : try(trimspace(code) != "", false)])
    error_message = "final_results contains an empty code. Remove it."
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
  description = "Effect of a destroy on the policy: abandon, restore or prevent."
  type        = string
  default     = "abandon"
  nullable    = false

  validation {
    condition     = contains(["abandon", "restore", "prevent"], var.deletion_policy)
    error_message = "deletion_policy must be abandon, restore or prevent."
  }
}

variable "special_dates" {
  description = "Special dates by name: days of the week, or a range of dates, in one year or every year."
  type = map(object({
    week       = optional(set(number))
    begin_time = optional(string)
    end_time   = optional(string)
    every_year = optional(bool, false)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(var.special_dates) <= 20
    error_message = "A campaign has at most 20 special dates."
  }

  validation {
    condition = alltrue([
      for date in var.special_dates : try(
        date.week != null
        ? date.begin_time == null && date.end_time == null && !date.every_year
        : date.begin_time != null && date.end_time != null,
        false,
      )
    ])
    error_message = "A special date has either week, or begin_time and end_time, optionally with every_year."
  }
}

variable "call_batches" {
  description = "Call batches by name, and whether their numbers are called. Without running, Terraform does not start or suspend a call batch."
  type        = map(object({ running = optional(bool) }))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for batch in var.call_batches : batch != null])
    error_message = "A call batch is null. Use {} for one that is not started or suspended by Terraform."
  }
}
