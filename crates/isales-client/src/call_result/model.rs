//! The definition of an outbound call result.

use crate::retry_policy::ResultCode;

/// The definition of an outbound call result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallResult {
    /// `resultCode`, a code for `noRetryPolicy`.
    pub result_code: ResultCode,
    /// `displayResult`, the name of the result.
    pub display_result: String,
    /// `defId`, the ID of the definition, if the server returns it.
    pub def_id: Option<String>,
}
