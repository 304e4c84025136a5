//! The envelope of every reply (API reference, Table 6).

use super::ResultCode;
use crate::{
    http::Reply,
    json::{Node, Style},
};

/// Returns the four fields of Table 6, in the order of the page's example.
pub(crate) fn envelope(code: ResultCode, description: &str) -> Vec<(String, Node)> {
    let fields = ["resultCode", "resultDesc", "returnCode", "returnDesc"];
    let values = [code.as_str(), description, code.as_str(), description];
    fields
        .into_iter()
        .zip(values)
        .map(|(field, value)| (field.to_owned(), Node::text(value)))
        .collect()
}

/// Returns the text of a success without data.
pub(crate) fn success() -> String {
    Style::JSON.write(&Node::Object(envelope(ResultCode::Success, "")))
}

/// Returns a success with `resultCode` and `resultDesc` alone, as in the examples of several pages,
/// and `members`.
pub(crate) fn short_success_with<const N: usize>(members: [(&str, Node); N]) -> Reply {
    with_members(short_envelope(), members)
}

/// Returns a success whose envelope is followed by `members`.
pub(crate) fn success_with<const N: usize>(members: [(&str, Node); N]) -> Reply {
    with_members(envelope(ResultCode::Success, ""), members)
}

/// Returns the first two fields of the envelope of a success.
fn short_envelope() -> Vec<(String, Node)> {
    let mut fields = envelope(ResultCode::Success, "");
    fields.truncate(2);
    fields
}

fn with_members<const N: usize>(
    mut fields: Vec<(String, Node)>,
    members: [(&str, Node); N],
) -> Reply {
    fields.extend(
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value)),
    );
    Reply::json(200, Style::JSON.write(&Node::Object(fields)))
}

/// Returns a success whose members come before the envelope, with a text that is not empty, as in the
/// examples of newer interfaces.
pub(crate) fn success_around<const N: usize>(members: [(&str, Node); N], text: &str) -> Reply {
    let code = ResultCode::Success.as_str();
    let envelope = [
        ("returnCode", code),
        ("resultCode", code),
        ("resultDesc", text),
        ("returnDesc", text),
    ];
    let members = members.into_iter();
    let fields = members.chain(envelope.map(|(name, value)| (name, Node::text(value))));
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    Reply::json(200, Style::JSON.write(&Node::Object(fields.collect())))
}

/// Returns the success of interfaces whose example says `success` and puts `returnCode` first, with
/// `members` in between as in the example.
pub(crate) fn worded_success<const N: usize>(members: [(&str, Node); N]) -> Reply {
    const WORD: &str = "success";
    let code = ResultCode::Success.as_str();
    let text = |(name, value): (&str, &str)| (name.to_owned(), Node::text(value));
    let mut fields = vec![text(("returnCode", code))];
    fields.extend(
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value)),
    );
    let last = [
        ("resultCode", code),
        ("resultDesc", WORD),
        ("returnDesc", WORD),
    ];
    fields.extend(last.map(text));
    Reply::json(200, Style::JSON.write(&Node::Object(fields)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn success_is_the_example_of_the_page() {
        let page =
            r#"{"resultCode":"0200000","resultDesc":"","returnCode":"0200000","returnDesc":""}"#;
        assert_eq!(success(), page);
        let short = r#"{"resultCode":"0200000","resultDesc":""}"#;
        assert_eq!(short_success_with([]).body, short.as_bytes());
    }
}
