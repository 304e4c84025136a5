//! Where Terraform and CC-iSales meet: configuration, resources, data sources, functions.

#![forbid(unsafe_code)]

mod api_error;
mod attribute_paths;
mod attributes;
mod call_result;
mod campaign;
mod configuration;
mod functions;
mod number_type;
mod provider;
mod provider_data;
mod retry_policy;
mod secret;

pub use self::{
    provider::{Environment, IsalesProvider},
    provider_data::ProviderData,
};
