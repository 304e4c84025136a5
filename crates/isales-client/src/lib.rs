//! A client of CC-iSales, the outbound campaigns of Huawei Cloud. It depends on nothing of
//! Terraform.
//!
//! A [`Client`] calls the interfaces of the API. Each object has its own folder with its types, its
//! calls and its error codes: [`retry_policy`], [`call_batch`], [`campaign`], [`call_result`],
//! [`special_date`], [`obs_result_code`], [`number_type`] and [`business_result`].
//!
//! The other modules depend on no object:
//!
//! - [`config`]: the settings of a client, a [`ClientConfig`];
//! - `http`: requests and replies, with limits, retries and pages, and writes that are settled by
//!   reading when a reply is lost;
//! - [`sign`]: the C2 signature;
//! - [`error`]: all the ways a call can fail, each with a title and advice;
//! - [`observer`]: each request with its reply, for diagnosis;
//! - [`probe`]: the way to the server in single steps, for diagnosis;
//! - [`parameter`] and [`id`]: parameters by name, and the IDs in URIs;
//! - [`switch`]: pausing and resuming, of any object that can be.

#![forbid(unsafe_code)]

#[macro_use]
mod macros;

pub mod business_result;
pub mod call_batch;
mod call_context;
pub mod call_result;
pub mod campaign;
mod charset;
mod client;
pub mod clock;
pub mod config;
mod content_type;
pub mod error;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod http;
pub mod id;
pub mod number_type;
pub mod obs_result_code;
pub mod observer;
pub mod parameter;
mod printable;
pub mod probe;
pub mod retry_policy;
pub mod sign;
pub mod special_date;
pub mod switch;
#[cfg(test)]
mod tests;
mod text;
mod titles;
pub mod unknown_name;
mod whole_number;

pub use self::{
    call_context::CallContext,
    charset::{DecodedText, is_charset},
    client::Client,
    config::ClientConfig,
    error::Error,
    http::{CreateError, Created, Pages},
    id::{CampaignId, CampaignRef, VdnId},
    parameter::{ParameterName, Step},
    printable::{is_unprintable, printable, quoted},
    retry_policy::RetryPolicy,
    titles::{result_codes, titles},
};
