variable "region" {
  description = "Region of the VPC and of the secret."
  type        = string
  default     = "la-south-2"
}

variable "secret_name" {
  description = "Name of the secret with the key pair of CC-iSales."
  type        = string
  default     = "isales-key-pair"
}

variable "endpoint_service_id" {
  description = "ID of the VPC endpoint service that leads to CC-iSales."
  type        = string
}

variable "vpc_id" {
  description = "ID of the VPC."
  type        = string
}

variable "network_id" {
  description = "Network ID of a subnet of the VPC."
  type        = string
}

variable "port" {
  description = "HTTPS port of CC-iSales."
  type        = number
  default     = 28443
}

variable "ca_cert_file" {
  description = "PEM file with the authority of the server's certificate. Defaults to the system's authorities."
  type        = string
  default     = null
}

variable "vdn_id" {
  description = "VDN of the campaign."
  type        = number
}

variable "campaign_id" {
  description = "ID of the campaign."
  type        = number
}
