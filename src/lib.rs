//! The provider `isales`: configuration, resources, data sources, actions and functions.

#![forbid(unsafe_code)]

mod ahead;
mod api_error;
mod attribute_paths;
mod attributes;
mod business_result;
mod call_batch;
mod call_context;
mod call_result;
mod campaign;
mod configuration;
mod display_name;
pub mod doctor;
mod functions;
mod import_id;
mod lag;
mod number_type;
mod obs_result_code;
mod provider;
mod provider_data;
mod retry_policy;
mod secret;
mod shared_list;
mod shared_run;
mod shared_walk;
mod special_date;
mod switch;

pub use self::{
    configuration::{Configuration, Environment},
    provider::IsalesProvider,
    provider_data::ProviderData,
};
