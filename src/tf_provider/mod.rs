//! The plugin layer: Terraform's side of the provider. It knows nothing of iSales.

pub mod log;
pub mod proto;
pub mod serve;
