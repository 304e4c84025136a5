//! Schemas of providers and their objects, and the rules of their attributes.

mod attribute;
mod block;
mod lint;
mod lint_model;
mod proto;
mod validate;
mod validator;

pub use self::{
    attribute::{Attribute, Nesting},
    block::Schema,
    lint::{Lint, LintKind, Role},
    validator::Validator,
};
pub(crate) use self::{
    attribute::{Kind, Presence, Secrecy},
    lint::is_name,
    lint_model::compare,
    validate::validate,
};
