variable "vdn_id" {
  description = "VDN of the call results. Defaults to the provider's VDN."
  type        = number
  default     = null

  validation {
    condition     = var.vdn_id == null || try(var.vdn_id >= 1 && var.vdn_id <= 9999 && floor(var.vdn_id) == var.vdn_id, false)
    error_message = "vdn_id must be a whole number from 1 to 9999."
  }
}

variable "call_results" {
  description = "Call results by a key that configurations use in place of the server's code."
  type = map(object({
    display_result = string
    obs_codes      = set(string)
  }))
  nullable = false

  default = {
    nonexistent = { display_result = "Number does not exist", obs_codes = ["00606"] }
    unreachable = { display_result = "Switched off or out of reach", obs_codes = ["00604", "00605"] }
  }

  validation {
    condition     = alltrue([for call_result in var.call_results : try(length(call_result.obs_codes) > 0, false)])
    error_message = "Each call result needs at least one code in obs_codes, or it never occurs."
  }

  validation {
    condition     = length(distinct(values(var.call_results)[*].display_result)) == length(var.call_results)
    error_message = "Two call results have the same display_result, so the console cannot tell them apart. Rename one."
  }
}
