//! The plugin layer: Terraform's side of the provider. It knows nothing of iSales.

pub mod proto;
