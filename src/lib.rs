//! Terraform provider for the retry policies of CC-iSales outbound campaigns.

#![forbid(unsafe_code)]

pub mod isales;
pub mod provider;
pub mod tf_provider;
