//! The API client: CC-iSales's side of the provider. It knows nothing of Terraform.
//!
//! A [`Client`] queries and sets the retry policies of outbound campaigns, and looks up what they
//! refer to: campaigns, definitions of call results and number types. The policy document is in
//! [`policy`], the C2 signature in [`sign`], and everything that can go wrong in [`error`].

#![forbid(unsafe_code)]

pub mod call_result;
pub mod campaign;
pub mod client;
pub mod clock;
pub mod error;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
pub mod id;
pub mod parameter;
pub mod policy;
pub mod sign;
pub mod unknown_name;

pub use client::{Client, ClientConfig, Query, StoredPolicy};
pub use error::Error;
pub use id::{CampaignId, CampaignRef, VdnId};
pub use parameter::{Parameter, Step};
pub use policy::RetryPolicy;
