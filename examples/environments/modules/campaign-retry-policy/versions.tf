terraform {
  # Validation that looks at more than one variable.
  required_version = ">= 1.9"

  required_providers {
    isales = {
      source  = "isales/isales"
      version = "~> 0.1"
    }
  }
}
