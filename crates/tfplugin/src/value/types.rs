//! cty types, and their form in JSON.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use thiserror::Error;

/// The maximum nesting of types. No real type comes near, and the decoders recurse.
pub(crate) const MAX_DEPTH: usize = 64;

/// The type of a value in Terraform's language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// `bool`
    Bool,
    /// `number`, a decimal of any size.
    Number,
    /// `string`
    String,
    /// `any`: the value carries its own type.
    Dynamic,
    /// `list(…)`
    List(Box<Type>),
    /// `set(…)`
    Set(Box<Type>),
    /// `map(…)`
    Map(Box<Type>),
    /// `tuple([…])`
    Tuple(Vec<Type>),
    /// `object({…})`
    Object(BTreeMap<String, Type>),
}

/// The error of text that is not a cty type in JSON.
#[derive(Debug, Error)]
pub enum TypeError {
    /// The text is not JSON.
    #[error("the type is not valid JSON")]
    Json(#[from] serde_json::Error),
    /// The JSON is not a type.
    #[error("{0} is not a type")]
    Unknown(String),
    /// The type is nested too deeply.
    #[error("the type is nested more than {MAX_DEPTH} deep")]
    TooDeep,
}

// === impl Type ===

impl Type {
    /// Returns `list(element)`.
    pub fn list(element: Type) -> Self {
        Self::List(Box::new(element))
    }

    /// Returns `set(element)`.
    pub fn set(element: Type) -> Self {
        Self::Set(Box::new(element))
    }

    /// Returns `map(element)`.
    pub fn map(element: Type) -> Self {
        Self::Map(Box::new(element))
    }

    /// Returns `object({…})` of these names and types.
    pub fn object<N: Into<String>>(attributes: impl IntoIterator<Item = (N, Type)>) -> Self {
        let mut types = BTreeMap::new();
        types.extend(attributes.into_iter().map(|(name, ty)| (name.into(), ty)));
        Self::Object(types)
    }

    /// Returns the type in cty's JSON form: `"string"`, `["list","string"]`, `["object",{…}]`.
    pub fn to_json(&self) -> Vec<u8> {
        self.as_json().to_string().into_bytes()
    }

    /// Reads cty's JSON form.
    ///
    /// # Errors
    /// The text is not a type, or is nested too deeply.
    pub fn from_json(text: &[u8]) -> Result<Self, TypeError> {
        Self::from_json_value(&serde_json::from_slice(text)?)
    }

    /// Reads the form from parsed JSON.
    ///
    /// # Errors
    /// The JSON is not a type, or is nested too deeply.
    pub(crate) fn from_json_value(json: &Json) -> Result<Self, TypeError> {
        Self::parse(json, 0)
    }

    fn as_json(&self) -> Json {
        match self {
            Self::Bool => json!("bool"),
            Self::Number => json!("number"),
            Self::String => json!("string"),
            Self::Dynamic => json!("dynamic"),
            Self::List(element) => json!(["list", element.as_json()]),
            Self::Set(element) => json!(["set", element.as_json()]),
            Self::Map(element) => json!(["map", element.as_json()]),
            Self::Tuple(elements) => {
                json!([
                    "tuple",
                    elements.iter().map(Self::as_json).collect::<Vec<_>>()
                ])
            }
            Self::Object(attributes) => {
                let mut types = serde_json::Map::new();
                types.extend(
                    attributes
                        .iter()
                        .map(|(name, ty)| (name.clone(), ty.as_json())),
                );
                json!(["object", types])
            }
        }
    }

    fn parse(json: &Json, depth: usize) -> Result<Self, TypeError> {
        if depth > MAX_DEPTH {
            return Err(TypeError::TooDeep);
        }
        let unknown = || TypeError::Unknown(json.to_string());
        let nested = |inner: &Json| Self::parse(inner, depth + 1);
        match json {
            Json::String(name) => match name.as_str() {
                "bool" => Ok(Self::Bool),
                "number" => Ok(Self::Number),
                "string" => Ok(Self::String),
                "dynamic" => Ok(Self::Dynamic),
                _ => Err(unknown()),
            },
            Json::Array(parts) => match parts.as_slice() {
                [Json::String(kind), Json::Array(elements)] if kind == "tuple" => Ok(Self::Tuple(
                    elements.iter().map(nested).collect::<Result<_, _>>()?,
                )),
                // A third part names optional attributes; values always have all of them.
                [Json::String(kind), Json::Object(attributes), ..] if kind == "object" => {
                    let mut types = BTreeMap::new();
                    for (name, ty) in attributes {
                        types.insert(name.clone(), nested(ty)?);
                    }
                    Ok(Self::Object(types))
                }
                [Json::String(kind), element] => match kind.as_str() {
                    "list" => Ok(Self::list(nested(element)?)),
                    "set" => Ok(Self::set(nested(element)?)),
                    "map" => Ok(Self::map(nested(element)?)),
                    _ => Err(unknown()),
                },
                _ => Err(unknown()),
            },
            _ => Err(unknown()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_form_is_ctys() {
        let ty = Type::object([
            ("codes", Type::set(Type::String)),
            ("pair", Type::Tuple(vec![Type::Bool, Type::Dynamic])),
            ("rows", Type::list(Type::map(Type::Number))),
        ]);
        let json = r#"["object",{"codes":["set","string"],"pair":["tuple",["bool","dynamic"]],"rows":["list",["map","number"]]}]"#;
        assert_eq!(String::from_utf8(ty.to_json()).unwrap(), json);
        assert_eq!(Type::from_json(json.as_bytes()).unwrap(), ty);
    }

    #[test]
    fn optional_attributes_are_accepted() {
        let ty = Type::from_json(br#"["object",{"a":"bool"},["a"]]"#).unwrap();
        assert_eq!(ty, Type::object([("a", Type::Bool)]));
    }

    #[test]
    fn other_json_is_rejected() {
        for json in ["", "\"text\"", "[]", "[\"list\"]", "{}", "[\"tuple\",{}]"] {
            assert!(Type::from_json(json.as_bytes()).is_err(), "{json}");
        }
        let deep = format!("{}\"bool\"{}", "[\"list\",".repeat(80), "]".repeat(80));
        assert!(matches!(
            Type::from_json(deep.as_bytes()),
            Err(TypeError::TooDeep)
        ));
    }
}
