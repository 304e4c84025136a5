//! JSON objects as bodies of requests.

use bytes::Bytes;
use serde_json::Value;

/// A JSON object as the body of a request. Its members keep the order in which they were added, that
/// of the API's examples.
#[derive(Clone, Debug, Default)]
pub(crate) struct JsonBody(Vec<(&'static str, Value)>);

// === impl JsonBody ===

impl JsonBody {
    /// Creates an object without members.
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a member.
    pub(crate) fn member(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// Adds a member unless its value is `None`.
    pub(crate) fn optional(self, name: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.member(name, value),
            None => self,
        }
    }
}

impl From<JsonBody> for Bytes {
    fn from(body: JsonBody) -> Self {
        let members: Vec<_> = body
            .0
            .into_iter()
            .map(|(name, value)| format!("{}:{value}", Value::from(name)))
            .collect();
        format!("{{{}}}", members.join(",")).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order_and_are_escaped() {
        let body = JsonBody::new()
            .member("name", "a \"b\"\n")
            .optional("status", None::<i64>)
            .optional("limit", Some(5))
            .member("codes", vec!["1", "2"]);
        assert_eq!(
            Bytes::from(body),
            r#"{"name":"a \"b\"\n","limit":5,"codes":["1","2"]}"#
        );
        assert_eq!(Bytes::from(JsonBody::new()), "{}");
    }
}
