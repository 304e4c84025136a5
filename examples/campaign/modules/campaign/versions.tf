terraform {
  required_version = ">= 1.5"

  required_providers {
    isales = {
      source  = "isales/isales"
      version = "~> 0.1"
    }
  }
}
