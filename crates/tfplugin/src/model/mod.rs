//! Typed views of values: what an author of a resource reads and writes.

mod attr;
mod convert;
mod set;

pub use self::attr::Attr;
pub use self::convert::{
    ConversionError, FromValue, IntoValue, Mismatch, attribute_name, take_attribute,
};
pub use self::set::AttrSet;

/// A struct whose fields are the attributes of an object, by name.
///
/// [`crate::model!`] makes one.
pub trait Model: FromValue + IntoValue + Clone + Send + Sync + 'static {}

/// Declares a [`Model`]: each field is the attribute of its name (`r#type` is `type`), and its type
/// implements [`FromValue`] and [`IntoValue`].
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
            ) -> Result<Self, $crate::model::ConversionError> {
                #[allow(unused_mut, unused_variables)]
                let mut attributes =
                    $crate::model::ConversionError::object(value)?;
                Ok(Self {
                    $( $field: $crate::model::take_attribute(
                        &mut attributes,
                        $crate::model::attribute_name(stringify!($field)),
                    )?, )*
                })
            }
        }

        impl $crate::model::IntoValue for $name {
            fn into_value(self) -> $crate::value::Value {
                $crate::value::Value::Object(std::collections::BTreeMap::from([
                    $( (
                        $crate::model::attribute_name(stringify!($field)).to_owned(),
                        $crate::model::IntoValue::into_value(self.$field),
                    ), )*
                ]))
            }
        }

        impl $crate::model::Model for $name {}
    )*};
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

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
    }

    #[test]
    fn errors_say_where() {
        let error = Policy::from_value(policy("x".into())).unwrap_err();
        assert_eq!(
            error.to_string(),
            "rules[0].type: a whole number of 64 bits is needed, not a string"
        );
    }
}
