//! The envelope of a reply.

use super::object::{Members, in_case};
use crate::{
    api::{ResultCode, envelope},
    json::{Node, Style},
    shape::{Charset, EnvelopeFields, Shape},
};

/// Descriptions of a server that does not speak English.
const SUCCEEDED: &str = "操作成功";
const FAILED: &str = "参数错误";

/// Returns the JSON text of a reply whose envelope is followed by `members`.
pub(super) fn write(shape: Shape, code: ResultCode, description: &str, members: Members) -> String {
    let mut reply = fields(shape, code, &described(shape, code, description));
    reply.extend(members);
    Style::JSON.write(&Node::Object(in_case(shape.envelope_case, reply)))
}

fn fields(shape: Shape, code: ResultCode, description: &str) -> Members {
    let mut fields = envelope(code, description);
    let (removed, replaced) = match shape.envelope {
        EnvelopeFields::Both => (None, None),
        EnvelopeFields::ResultOnly => (Some("return"), None),
        EnvelopeFields::ReturnOnly => (Some("result"), None),
        EnvelopeFields::EmptyReturnCode => (None, Some(("returnCode", Node::text("")))),
        EnvelopeFields::NullReturnCode => (None, Some(("returnCode", Node::Null))),
        EnvelopeFields::EmptyResultCode => (None, Some(("resultCode", Node::text("")))),
    };
    if let Some(prefix) = removed {
        fields.retain(|(name, _)| !name.starts_with(prefix));
    }
    if let Some((name, value)) = replaced
        && let Some(field) = fields.iter_mut().find(|(known, _)| known == name)
    {
        field.1 = value;
    }
    fields
}

fn described(shape: Shape, code: ResultCode, description: &str) -> String {
    match (shape.charset, code) {
        (Charset::Utf8 | Charset::Utf8Bom, _) => description.to_owned(),
        (Charset::Gbk | Charset::GbkUndeclared, ResultCode::Success) => SUCCEEDED.to_owned(),
        (Charset::Gbk | Charset::GbkUndeclared, _) => {
            format!("{FAILED} {description}").trim_end().to_owned()
        }
    }
}
