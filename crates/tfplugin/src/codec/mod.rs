//! Encodings of values: MessagePack in both directions, JSON on input only.
//!
//! Decoding is driven by the type from the schema, so that an error names its attribute.

mod error;
mod json;
mod msgpack;

use self::msgpack::NumberEncoding;
pub use self::{
    error::{DecodeError, DecodeErrorKind},
    json::{Unlisted, decode as decode_json},
    msgpack::decode as decode_msgpack,
};
use zeroize::Zeroizing;

use crate::{
    proto::tfplugin6::DynamicValue,
    value::{Value, types::Type},
};

/// Decodes a value in whichever encoding it arrives. An absent value is null.
///
/// # Errors
/// The bytes are not a value of type `ty`.
pub fn decode(value: Option<&DynamicValue>, ty: &Type) -> Result<Value, DecodeError> {
    match value {
        None => Ok(Value::Null),
        Some(value) if !value.msgpack.is_empty() => decode_msgpack(&value.msgpack, ty),
        Some(value) if !value.json.is_empty() => {
            decode_json(&serde_json::from_slice(&value.json)?, ty, Unlisted::Refuse)
        }
        Some(_) => Ok(Value::Null),
    }
}

/// Decodes a value that may hold secrets, and wipes its encoding. The value wipes itself as well.
///
/// # Errors
/// The bytes are not a value of type `ty`.
pub(crate) fn decode_secret(
    value: Option<DynamicValue>,
    ty: &Type,
) -> Result<Zeroizing<Value>, DecodeError> {
    let decoded = decode(value.as_ref(), ty).map(Zeroizing::new);
    if let Some(DynamicValue { msgpack, json }) = value {
        drop((Zeroizing::new(msgpack), Zeroizing::new(json)));
    }
    decoded
}

/// Encodes a value for a response.
pub fn encode(value: &Value) -> DynamicValue {
    message(encode_msgpack(value))
}

/// Encodes a state, or an identity, that was read again. Terraform compares it with the stored one including the
/// precision of numbers (hashicorp/terraform#36403), and would report a change if they were integers.
pub fn encode_refreshed(value: &Value) -> DynamicValue {
    message(msgpack::encode(value, NumberEncoding::Text))
}

/// Encodes a value as MessagePack, whole numbers as integers.
pub fn encode_msgpack(value: &Value) -> Vec<u8> {
    msgpack::encode(value, NumberEncoding::Integers)
}

fn message(msgpack: Vec<u8>) -> DynamicValue {
    DynamicValue {
        msgpack,
        json: Vec::new(),
    }
}
