//! Definitions of outbound call results, where the codes of `noRetryPolicy` come from.

mod calls;

use crate::retry_policy::ResultCode;

/// The definition of an outbound call result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallResult {
    /// `resultCode`: what `noRetryPolicy` takes.
    pub result_code: ResultCode,
    /// `displayResult`: the result in words.
    pub display_result: String,
    /// `defId`: the ID of the definition, if it is told.
    pub def_id: Option<String>,
}
