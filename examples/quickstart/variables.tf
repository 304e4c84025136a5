variable "vdn_id" {
  description = "VDN that the campaigns belong to."
  type        = number
  default     = 25
}

variable "campaign_ids" {
  description = "IDs of existing outbound campaigns."
  type = object({
    renewal  = number
    survey   = number
    reminder = number
  })
  default = {
    renewal  = 46
    survey   = 47
    reminder = 48
  }
}
