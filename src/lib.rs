//! Terraform provider for the retry policies of CC-iSales outbound campaigns.

#![forbid(unsafe_code)]

#[doc(hidden)]
pub mod fuzzing;
pub mod isales;
pub mod provider;
pub mod tf_provider;
