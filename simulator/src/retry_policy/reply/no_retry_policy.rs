//! `noRetryPolicy`, and the spelling that its codes share with `dataType`.

use unicode_normalization::UnicodeNormalization as _;

use crate::{
    json::{Node, Style},
    shape::{Names, NoRetryForm, NoRetryNone, NoRetryOrder, Shape},
};

/// The padding of a name from a column of fixed width.
const PADDING: &str = "  ";

/// Returns the member, unless the shape omits it because there are no codes.
pub(super) fn no_retry_policy(shape: Shape, codes: &[&str]) -> Option<(String, Node)> {
    let mut codes: Vec<String> = codes.iter().map(|code| name(shape, code)).collect();
    if shape.no_retry_order == NoRetryOrder::Reversed {
        codes.reverse();
    }
    let node = match (codes.is_empty(), shape.no_retry_none) {
        (true, NoRetryNone::Absent) => return None,
        (true, NoRetryNone::Null) => Node::Null,
        (true, NoRetryNone::EmptyText) => Node::text(""),
        (true, NoRetryNone::EmptyList) | (false, _) => written(shape, &codes),
    };
    Some(("noRetryPolicy".to_owned(), node))
}

fn written(shape: Shape, codes: &[String]) -> Node {
    let list = || Node::List(codes.iter().map(Node::text).collect());
    match shape.no_retry_form {
        NoRetryForm::List => list(),
        NoRetryForm::JsonText => Node::Text(Style::JSON.write(&list())),
        NoRetryForm::Commas => Node::Text(codes.join(",")),
        NoRetryForm::SpacedCommas => Node::Text(codes.join(", ")),
        NoRetryForm::Semicolons => Node::Text(codes.join(";")),
        NoRetryForm::Quoted => {
            let quoted: Vec<String> = codes.iter().map(|code| format!("'{code}'")).collect();
            Node::Text(quoted.join(","))
        }
    }
}

/// Returns a name or code in the spelling of the shape.
pub(super) fn name(shape: Shape, text: &str) -> String {
    match shape.names {
        Names::Kept => text.to_owned(),
        Names::Padded => format!("{text}{PADDING}"),
        Names::Nfc => text.nfc().collect(),
        Names::Nfd => text.nfd().collect(),
    }
}
