//! The API client: CC-iSales's side of the provider. It knows nothing of Terraform.
