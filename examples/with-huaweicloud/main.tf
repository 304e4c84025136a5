terraform {
  required_version = ">= 1.5"

  required_providers {
    huaweicloud = {
      source  = "huaweicloud/huaweicloud"
      version = ">= 1.60.0"
    }
    isales = {
      source  = "isales/isales"
      version = "~> 0.1"
    }
  }
}

# The key pair of the cloud comes from HW_ACCESS_KEY and HW_SECRET_KEY.
provider "huaweicloud" {
  region = var.region
}

# The key pair of CC-iSales, as {"access_key":"...","secret_key":"..."}.
data "huaweicloud_csms_secret_version" "isales" {
  secret_name = var.secret_name
}

# Connects this VPC to the CC-iSales server.
resource "huaweicloud_vpcep_endpoint" "isales" {
  service_id = var.endpoint_service_id
  vpc_id     = var.vpc_id
  network_id = var.network_id
  enable_dns = false
}

locals {
  key_pair = jsondecode(data.huaweicloud_csms_secret_version.isales.secret_text)
}

# The address is known only after the endpoint is created, so the first plan runs without the server.
provider "isales" {
  endpoint     = "https://${huaweicloud_vpcep_endpoint.isales.ip_address}:${var.port}"
  ca_cert_file = var.ca_cert_file
  vdn_id       = var.vdn_id
  access_key   = local.key_pair.access_key
  secret_key   = local.key_pair.secret_key
}

resource "isales_retry_policy" "renewal" {
  campaign_id = var.campaign_id
  policy_type = 0
  policy_json = [{ type = 0, retry_times = 2, retry_day = 3 }]
}
