//! Private state as JSON.

use crate::{
    diagnostics::Diagnostic,
    model::Model,
    resource::{PrivateState, State},
    value::Value,
};

/// Decodes a state and its private part. Terraform passes on an empty text where there is none.
///
/// # Errors
/// The model cannot hold the state, or the private part is not that of this resource.
pub(crate) fn decode_state<M: Model, P: PrivateState>(
    value: Value,
    private: &[u8],
) -> Result<State<M, P>, Diagnostic> {
    Ok(State {
        model: M::from_value(value)?,
        private: decode(private)?,
    })
}

/// Decodes private state.
///
/// # Errors
/// It is not that of this resource.
pub(crate) fn decode<P: PrivateState>(private: &[u8]) -> Result<Option<P>, Diagnostic> {
    if private.is_empty() {
        return Ok(None);
    }
    serde_json::from_slice(private)
        .map(Some)
        .map_err(|error| Diagnostic::bug("The private state cannot be read", error))
}

/// Encodes private state.
///
/// # Errors
/// It has no form in JSON.
pub(crate) fn encode<P: PrivateState>(private: &P) -> Result<Vec<u8>, Diagnostic> {
    serde_json::to_vec(private)
        .map_err(|error| Diagnostic::bug("The private state cannot be stored", error))
}
