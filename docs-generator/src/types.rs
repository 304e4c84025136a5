//! Names of types for people.

use serde_json::Value;

use crate::Error;

/// How a type of the protocol, JSON such as `["set","string"]`, reads in a list of attributes:
/// `Set of String`.
pub(crate) fn title(json: &[u8]) -> Result<String, Error> {
    named(json, title_of)
}

/// How it reads in a function's signature: `set of string`.
pub(crate) fn signature(json: &[u8]) -> Result<String, Error> {
    named(json, |ty| title_of(ty).map(|title| title.to_lowercase()))
}

fn named(json: &[u8], name: impl Fn(&Value) -> Option<String>) -> Result<String, Error> {
    serde_json::from_slice(json)
        .ok()
        .and_then(|ty| name(&ty))
        .ok_or_else(|| Error::Type {
            text: String::from_utf8_lossy(json).into_owned(),
        })
}

fn title_of(ty: &Value) -> Option<String> {
    match ty {
        Value::String(name) => match name.as_str() {
            "string" => Some("String".to_owned()),
            "number" => Some("Number".to_owned()),
            "bool" => Some("Boolean".to_owned()),
            "dynamic" => Some("Dynamic".to_owned()),
            _ => None,
        },
        Value::Array(parts) => match parts.as_slice() {
            [Value::String(kind), Value::Object(_), ..] if kind == "object" => {
                Some("Object".to_owned())
            }
            [Value::String(kind), element] => {
                let kind = match kind.as_str() {
                    "list" => "List",
                    "set" => "Set",
                    "map" => "Map",
                    _ => return None,
                };
                Some(format!("{kind} of {}", title_of(element)?))
            }
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_read_as_in_the_registry() {
        let title = |json: &str| title(json.as_bytes()).ok();
        assert_eq!(title(r#""bool""#).as_deref(), Some("Boolean"));
        assert_eq!(
            title(r#"["map",["set","string"]]"#).as_deref(),
            Some("Map of Set of String")
        );
        assert_eq!(
            signature(br#"["list",["object",{"a":"number"}]]"#).unwrap(),
            "list of object"
        );
        assert_eq!(title(r#""text""#), None);
        assert_eq!(title(r#"["list"]"#), None);
    }
}
