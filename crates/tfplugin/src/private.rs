//! Private state as JSON.

use crate::{
    diagnostics::{Diagnostic, Severity},
    model::Model,
    resource::{PrivateState, State},
    stored_state::Stored,
    value::Value,
};

/// Decodes a state and its private part. Terraform passes on an empty text where there is none.
///
/// # Errors
/// The model cannot hold the state, or the private part is damaged.
pub(crate) fn decode_state<M: Model, P: PrivateState>(
    type_name: &str,
    value: Value,
    private: &[u8],
) -> Result<State<M, P>, Diagnostic> {
    Ok(State {
        model: M::from_value(value)?,
        private: decode(private)
            .map_err(|error| Stored::PrivateState.unreadable(type_name, error))?,
    })
}

/// Decodes a state and its private part for a delete, which a damaged private part must not block:
/// it counts as not passed on, and is a warning.
///
/// # Errors
/// The model cannot hold the state.
pub(crate) fn decode_state_to_delete<M: Model, P: PrivateState>(
    type_name: &str,
    value: Value,
    private: &[u8],
) -> Result<(State<M, P>, Option<Diagnostic>), Diagnostic> {
    let model = M::from_value(value)?;
    Ok(match decode(private) {
        Ok(private) => (State { model, private }, None),
        Err(error) => {
            let mut warning = Stored::PrivateState.unreadable(type_name, error);
            warning.severity = Severity::Warning;
            (State::new(model), Some(warning))
        }
    })
}

/// Decodes the private state of an object that is to be replaced. A damaged one counts as none.
pub(crate) fn decode_replaced<P: PrivateState>(private: &[u8]) -> Option<P> {
    decode(private).ok().flatten()
}

/// Decodes the private state of the plan that was approved. Terraform passes on an empty text where
/// there is none.
///
/// # Errors
/// It is damaged, so that the plan cannot be kept to.
pub(crate) fn decode_approved<P: PrivateState>(
    type_name: &str,
    private: &[u8],
) -> Result<Option<P>, Diagnostic> {
    decode(private).map_err(|error| {
        Diagnostic::error(
            "Unreadable Plan",
            format!(
                "The private state in the plan of {type_name} cannot be read: {error}. Another \
                 version of the provider may have written it. Plan again, and apply the new plan."
            ),
        )
    })
}

fn decode<P: PrivateState>(private: &[u8]) -> Result<Option<P>, serde_json::Error> {
    if private.is_empty() {
        return Ok(None);
    }
    serde_json::from_slice(private).map(Some)
}

/// Encodes private state.
///
/// # Errors
/// It has no form in JSON.
pub(crate) fn encode<P: PrivateState>(private: &P) -> Result<Vec<u8>, Diagnostic> {
    serde_json::to_vec(private)
        .map_err(|error| Diagnostic::bug("The private state cannot be stored", error))
}
