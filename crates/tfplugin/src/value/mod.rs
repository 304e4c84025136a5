//! Values of Terraform's language as they cross the protocol.

mod convert;
mod cty;
mod error;
pub mod number;
pub mod types;

pub use self::{
    convert::convert,
    cty::Value,
    error::{ConversionError, Mismatch},
};
