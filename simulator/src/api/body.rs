//! Parses request bodies.

use serde_json::Value;

use super::{Refusal, ResultCode};
use crate::json::Node;

/// Parses a body, which has to be a JSON object.
pub(crate) fn parse_body(body: &[u8]) -> Result<Node, Refusal> {
    match serde_json::from_slice(body) {
        Ok(body @ Value::Object(_)) => Ok(body.into()),
        _ => Err(Refusal::new(
            ResultCode::ParameterError,
            "The request body is not a JSON object.",
        )),
    }
}
