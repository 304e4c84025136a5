//! Models: structs whose fields are the attributes of an object.

use super::convert::{FromValue, IntoValue};

/// A struct with one field for each attribute of an object, declared by [`model!`](crate::model!).
pub trait Model: FromValue + IntoValue + Clone + Send + Sync + 'static {}

/// Declares structs that implement [`Model`]. Each field is the attribute of its name (`r#type` is
/// `type`), and its type implements [`FromValue`] and [`IntoValue`].
///
/// ```
/// use tfplugin::{model, model::Attr};
///
/// model! {
///     /// A rule and its nested entries.
///     pub struct Rule {
///         name: Attr<String>,
///         entries: Attr<Vec<Entry>>,
///     }
///
///     struct Entry {
///         port: Attr<i64>,
///     }
/// }
/// ```
#[macro_export]
macro_rules! model {
    ($(
        $(#[$attributes:meta])*
        $visibility:vis struct $name:ident {
            $( $(#[$field_attributes:meta])* $field_visibility:vis $field:ident: $ty:ty, )*
        }
    )*) => {$(
        $(#[$attributes])*
        #[derive(Clone, Debug, PartialEq)]
        $visibility struct $name {
            $( $(#[$field_attributes])* $field_visibility $field: $ty, )*
        }

        impl $crate::model::FromValue for $name {
            fn from_value(
                value: $crate::value::Value,
            ) -> Result<Self, $crate::value::ConversionError> {
                #[allow(unused_mut, unused_variables)]
                let mut attributes =
                    $crate::value::ConversionError::object(value)?;
                Ok(Self {
                    $( $field: $crate::model::take_attribute(
                        &mut attributes,
                        $crate::model::attribute_name(stringify!($field)),
                    )?, )*
                })
            }

            fn set_aside(
                value: &mut $crate::value::Value,
                found: &mut Vec<$crate::value::ConversionError>,
            ) {
                #[allow(unused_variables)]
                match $crate::value::ConversionError::object_mut(value) {
                    Ok(attributes) => {
                        $( $crate::model::set_aside_attribute::<$ty>(
                            attributes,
                            $crate::model::attribute_name(stringify!($field)),
                            found,
                        ); )*
                    }
                    Err(error) => {
                        found.push(error);
                        *value = $crate::value::Value::Unknown;
                    }
                }
            }

            fn shape() -> $crate::model::Shape {
                #[allow(unused_mut)]
                let mut shapes = std::collections::BTreeMap::new();
                $( shapes.insert(
                    $crate::model::attribute_name(stringify!($field)),
                    <$ty as $crate::model::FromValue>::shape(),
                ); )*
                $crate::model::Shape::Object(shapes)
            }
        }

        impl $crate::model::IntoValue for $name {
            fn into_value(self) -> $crate::value::Value {
                // Not from an array: each length of one has a sorting of its own.
                #[allow(unused_mut)]
                let mut attributes = std::collections::BTreeMap::new();
                $( $crate::model::put_attribute(
                    &mut attributes,
                    $crate::model::attribute_name(stringify!($field)),
                    $crate::model::IntoValue::into_value(self.$field),
                ); )*
                $crate::value::Value::Object(attributes)
            }
        }

        impl $crate::model::Model for $name {}
    )*};
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Attr, Shape},
        value::Value,
    };

    model! {
        struct Rule {
            r#type: Attr<i64>,
            codes: Attr<Vec<String>>,
        }

        struct Policy {
            rules: Attr<Vec<Attr<Rule>>>,
        }
    }

    fn policy(kind: Value) -> Value {
        let rule = [("type".to_owned(), kind), ("codes".to_owned(), Value::Null)];
        let rules = Value::List(vec![Value::Object(rule.into()), Value::Unknown]);
        Value::Object([("rules".to_owned(), rules)].into())
    }

    #[test]
    fn fields_are_attributes_of_their_name() {
        let model = Policy::from_value(policy(1.into())).unwrap();
        let Attr::Known(rules) = &model.rules else {
            panic!("{model:?}");
        };
        let rule = Rule {
            r#type: Attr::Known(1),
            codes: Attr::Null,
        };
        assert_eq!(rules, &[Attr::Known(rule), Attr::Unknown]);
        assert_eq!(model.into_value(), policy(1.into()));
        let rule = Shape::Object(
            [
                ("type", Shape::Number),
                ("codes", Shape::List(Box::new(Shape::String))),
            ]
            .into(),
        );
        let shape = Shape::Object([("rules", Shape::List(Box::new(rule)))].into());
        assert_eq!(Policy::shape(), shape);
    }

    #[test]
    fn errors_say_where() {
        let error = Policy::from_value(policy("x".into())).unwrap_err();
        assert_eq!(
            error.to_string(),
            "rules[0].type: expected a whole number of at most 64 bits, got a string"
        );
    }
}
