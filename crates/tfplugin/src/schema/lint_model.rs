//! Compares a model with the type that its schema implies.

use super::lint::{Lint, LintKind};
use crate::{model::Shape, value::types::Type};

/// Finds the fields without an attribute, the attributes without a field, and the fields of another
/// type, at every depth.
pub(crate) fn compare(shape: &Shape, ty: &Type) -> Vec<Lint> {
    let mut found = Vec::new();
    walk(shape, ty, "", &mut found);
    found
}

fn walk(shape: &Shape, ty: &Type, place: &str, found: &mut Vec<Lint>) {
    match (shape, ty) {
        (Shape::Any, _)
        | (_, Type::Dynamic)
        | (Shape::Bool, Type::Bool)
        | (Shape::Number, Type::Number)
        | (Shape::String, Type::String) => {}
        (Shape::List(shape), Type::List(ty))
        | (Shape::Set(shape), Type::Set(ty))
        | (Shape::Map(shape), Type::Map(ty)) => walk(shape, ty, place, found),
        (Shape::Object(fields), Type::Object(attributes)) => {
            let below = |name: &str| match place {
                "" => name.to_owned(),
                place => format!("{place}.{name}"),
            };
            for (name, shape) in fields {
                match attributes.get(*name) {
                    Some(ty) => walk(shape, ty, &below(name), found),
                    None => found.push(Lint::new(below(name), LintKind::NoAttribute)),
                }
            }
            for name in attributes.keys() {
                if !fields.contains_key(name.as_str()) {
                    found.push(Lint::new(below(name), LintKind::NoField));
                }
            }
        }
        _ => found.push(Lint::new(place.to_owned(), LintKind::FieldType)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        model,
        model::{Attr, AttrSet, FromValue as _},
        schema::{Attribute, Nesting, Schema},
        value::Value,
    };

    model! {
        struct Policy {
            name: Attr<String>,
            rules: Attr<Vec<Attr<Rule>>>,
            limits: Attr<BTreeMap<String, Attr<i64>>>,
            anything: Attr<Value>,
        }

        struct Rule {
            times: Attr<i64>,
            codes: Attr<AttrSet<String>>,
        }
    }

    fn found(rule: Vec<Attribute>, more: Vec<Attribute>) -> Vec<String> {
        let mut attributes = vec![
            Attribute::string("name", ""),
            Attribute::nested("rules", Nesting::List, rule, ""),
            Attribute::new("limits", Type::map(Type::Number), ""),
        ];
        attributes.extend(more);
        let schema = Schema::new("", attributes);
        let found = compare(&Policy::shape(), &schema.implied_type());
        found.iter().map(ToString::to_string).collect()
    }

    fn times() -> Attribute {
        Attribute::number("times", "")
    }

    fn codes() -> Attribute {
        Attribute::new("codes", Type::set(Type::String), "")
    }

    fn anything() -> Attribute {
        Attribute::new("anything", Type::Dynamic, "")
    }

    #[test]
    fn a_model_that_fits_its_schema_has_no_lint() {
        assert_eq!(found(vec![times(), codes()], vec![anything()]), [""; 0]);
    }

    #[test]
    fn a_field_without_attribute_is_found_at_every_depth() {
        assert_eq!(
            found(vec![times()], vec![]),
            ["anything: NoAttribute", "rules.codes: NoAttribute"]
        );
    }

    #[test]
    fn an_attribute_without_field_is_found_at_every_depth() {
        let rule = vec![times(), codes(), Attribute::bool("new", "")];
        let more = vec![anything(), Attribute::bool("more", "")];
        assert_eq!(found(rule, more), ["rules.new: NoField", "more: NoField"]);
    }

    #[test]
    fn a_field_of_another_type_is_found() {
        let list = Attribute::new("codes", Type::list(Type::String), "");
        let rule = vec![Attribute::string("times", ""), list];
        assert_eq!(
            found(rule, vec![anything()]),
            ["rules.codes: FieldType", "rules.times: FieldType"]
        );
    }
}
