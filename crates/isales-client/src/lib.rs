//! The API client: CC-iSales's side of the provider. It knows nothing of Terraform.
//!
//! A [`Client`] queries and sets the retry policies of outbound campaigns, and looks up what they
//! refer to: campaigns, definitions of call results and number types. Each
//! object has a folder of its own, the C2 signature is in [`sign`], and all the ways a call can fail
//! are in [`error`].

#![forbid(unsafe_code)]

pub mod call_result;
pub mod campaign;
mod client;
pub mod clock;
pub mod config;
pub mod error;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod http;
pub mod id;
pub mod number_type;
pub mod parameter;
pub mod retry_policy;
pub mod sign;
#[cfg(test)]
mod tests;
pub mod unknown_name;

pub use self::{
    client::Client,
    config::ClientConfig,
    error::Error,
    http::Pages,
    id::{CampaignId, CampaignRef, VdnId},
    parameter::{Parameter, Step},
    retry_policy::RetryPolicy,
};
