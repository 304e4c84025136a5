//! The JSON dialect of `policyJson`: JSON whose strings may be in single quotes.

#[path = "../retry_policy/pseudo_json.rs"]
mod parse;
mod write;

pub(crate) use parse::parse;
pub(crate) use write::Style;

/// A value, with keys in their order and numbers as they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    pub(crate) fn number(value: impl ToString) -> Self {
        Self::Number(value.to_string())
    }

    pub(crate) fn text(value: impl Into<String>) -> Self {
        Self::Text(value.into())
    }

    pub(crate) fn object<const N: usize>(entries: [(&str, Node); N]) -> Self {
        Self::Object(
            entries
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::write::Quotes;
    use super::*;

    fn node() -> impl Strategy<Value = Node> {
        let leaf = prop_oneof![
            Just(Node::Null),
            any::<bool>().prop_map(Node::Bool),
            any::<i64>().prop_map(Node::number),
            any::<String>().prop_map(Node::Text),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Node::List),
                prop::collection::btree_map(any::<String>(), inner, 0..4)
                    .prop_map(|entries| Node::Object(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_in_any_style_reads_back(node in node(), single: bool, spaces: bool) {
            let quotes = if single { Quotes::Single } else { Quotes::Double };
            let text = Style { quotes, spaces }.write(&node);
            prop_assert_eq!(parse(&text), Ok(node));
        }

        #[test]
        fn double_quotes_are_strict_json(node in node(), spaces: bool) {
            let text = Style { quotes: Quotes::Double, spaces }.write(&node);
            prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
        }

        #[test]
        fn no_input_makes_the_parser_panic(text in any::<String>()) {
            let _ = parse(&text);
        }
    }
}
