//! The `config` block of a query or an action.

use crate::{
    codec,
    diagnostics::Diagnostic,
    proto::tfplugin6 as pb,
    value::{Value, convert, types::Type},
};

/// Decodes a `config` block. A block that is left out arrives as null, and counts as an empty one.
///
/// # Errors
/// It is not a value of the type.
pub(super) fn decode(value: Option<&pb::DynamicValue>, ty: &Type) -> Result<Value, Diagnostic> {
    match codec::decode(value, ty)? {
        Value::Null => Ok(convert(Value::Object(Default::default()), ty)?),
        config => Ok(config),
    }
}
