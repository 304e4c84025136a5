//! Integers in the form of the shape.

use super::object::Members;
use crate::{
    json::Node,
    shape::{Defect, Numbers, Shape, Zeros},
};

pub(super) fn integer(shape: Shape, value: i64) -> Node {
    match shape.numbers {
        Numbers::Numbers => Node::number(value),
        Numbers::Strings => Node::text(value.to_string()),
        Numbers::Decimals => Node::Number(format!("{value}.0")),
        Numbers::DecimalStrings => Node::Text(format!("{value}.0")),
        Numbers::Exponents => Node::Number(format!("{value}e0")),
    }
}

/// Adds a member, unless the shape omits it because it is 0.
pub(super) fn push_integer(shape: Shape, members: &mut Members, name: &str, value: i64) {
    let omitted = match shape.zeros {
        Zeros::Written => false,
        Zeros::TypeOmitted => value == 0 && name == "type",
        Zeros::Omitted => value == 0,
    };
    if !omitted {
        members.push((name.to_owned(), integer(shape, value)));
    }
}

/// Adds a number of attempts, which the shape may make unreadable.
pub(super) fn push_attempts(shape: Shape, members: &mut Members, name: &str, value: i64) {
    let unreadable = match shape.defect {
        Defect::AttemptsMissing => return,
        Defect::AttemptsList => Node::List(vec![integer(shape, value)]),
        Defect::AttemptsFraction => Node::Number(format!("{value}.5")),
        Defect::AttemptsWord => Node::text("several"),
        _ => return push_integer(shape, members, name, value),
    };
    members.push((name.to_owned(), unreadable));
}

/// Adds `type`.
pub(super) fn push_type(shape: Shape, members: &mut Members, value: i64) {
    let value = match shape.defect {
        Defect::TypeUnknown => 2,
        _ => value,
    };
    push_integer(shape, members, "type", value);
}
