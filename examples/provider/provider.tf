terraform {
  required_providers {
    isales = {
      source  = "isales/isales"
      version = "~> 0.1"
    }
  }
}

# Set the key pair in ISALES_ACCESS_KEY and ISALES_SECRET_KEY, which keeps it out of files.
provider "isales" {
  endpoint     = "https://isales.example.com:28443"
  vdn_id       = 25
  ca_cert_file = "${path.root}/isales-ca.pem"
}
