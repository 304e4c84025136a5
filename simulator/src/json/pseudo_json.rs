//! Parses JSON, and the dialect of `policyJson`: strings may be in single quotes, all else is JSON.

use std::{iter::Peekable, str::Chars};

use super::Node;

/// The deepest nesting that is parsed. No document of the API comes near it, and the stack holds
/// it.
const MAX_DEPTH: usize = 32;

/// Parses one value. The error names what was expected and not found.
pub(crate) fn parse(text: &str) -> Result<Node, &'static str> {
    let mut parser = Parser {
        rest: text.chars().peekable(),
    };
    let node = parser.value(0)?;
    parser.skip_whitespace();
    match parser.rest.next() {
        None => Ok(node),
        Some(_) => Err("nothing may follow the value"),
    }
}

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
}

// === impl Parser ===

impl Parser<'_> {
    fn skip_whitespace(&mut self) {
        while self
            .rest
            .next_if(|character| matches!(character, ' ' | '\t' | '\r' | '\n'))
            .is_some()
        {}
    }

    fn take(&mut self, expected: char) -> bool {
        self.skip_whitespace();
        self.rest.next_if_eq(&expected).is_some()
    }

    fn value(&mut self, depth: usize) -> Result<Node, &'static str> {
        if depth > MAX_DEPTH {
            return Err("the value is nested too deeply");
        }
        self.skip_whitespace();
        match self.rest.peek() {
            Some('{') => self.object(depth),
            Some('[') => self.list(depth),
            Some('\'' | '"') => self.string().map(Node::Text),
            Some('-' | '0'..='9') => self.number(),
            Some('a'..='z') => self.word(),
            _ => Err("a value is expected"),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Node, &'static str> {
        self.rest.next();
        let mut entries: Vec<(String, Node)> = Vec::new();
        if self.take('}') {
            return Ok(Node::Object(entries));
        }
        loop {
            self.skip_whitespace();
            let key = self.string()?;
            if !self.take(':') {
                return Err("a colon is expected after a key");
            }
            if entries.iter().any(|(known, _)| *known == key) {
                return Err("a key occurs twice");
            }
            entries.push((key, self.value(depth + 1)?));
            if self.take('}') {
                return Ok(Node::Object(entries));
            }
            if !self.take(',') {
                return Err("a comma or a closing brace is expected");
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Node, &'static str> {
        self.rest.next();
        let mut items = Vec::new();
        if self.take(']') {
            return Ok(Node::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.take(']') {
                return Ok(Node::List(items));
            }
            if !self.take(',') {
                return Err("a comma or a closing bracket is expected");
            }
        }
    }

    fn string(&mut self) -> Result<String, &'static str> {
        let Some(quote) = self
            .rest
            .next_if(|character| matches!(character, '\'' | '"'))
        else {
            return Err("a quoted string is expected");
        };
        let mut text = String::new();
        loop {
            match self.rest.next() {
                None => return Err("a string is not closed"),
                Some('\\') => text.push(self.escape()?),
                Some(character) if character == quote => return Ok(text),
                Some(character) if u32::from(character) < 0x20 => {
                    return Err("a string contains a control character");
                }
                Some(character) => text.push(character),
            }
        }
    }

    fn escape(&mut self) -> Result<char, &'static str> {
        match self.rest.next() {
            Some(character @ ('\'' | '"' | '\\' | '/')) => Ok(character),
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some('n') => Ok('\n'),
            Some('r') => Ok('\r'),
            Some('t') => Ok('\t'),
            Some('u') => self.unicode_escape(),
            _ => Err("an escape sequence is not known"),
        }
    }

    fn unicode_escape(&mut self) -> Result<char, &'static str> {
        let first = self.code_unit()?;
        let mut units = vec![first];
        if (0xd800..0xdc00).contains(&first) {
            if self.rest.next() != Some('\\') || self.rest.next() != Some('u') {
                return Err("a surrogate is alone");
            }
            units.push(self.code_unit()?);
        }
        match char::decode_utf16(units).next() {
            Some(Ok(character)) => Ok(character),
            _ => Err("a surrogate is alone"),
        }
    }

    fn code_unit(&mut self) -> Result<u16, &'static str> {
        let mut unit = 0_u16;
        for _ in 0..4 {
            let digit = self
                .rest
                .next()
                .and_then(|character| character.to_digit(16));
            let digit = digit.and_then(|digit| u16::try_from(digit).ok());
            unit = (unit << 4) | digit.ok_or("four hexadecimal digits are expected")?;
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<Node, &'static str> {
        let mut digits = String::new();
        while let Some(character) = self
            .rest
            .next_if(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E'))
        {
            digits.push(character);
        }
        // Numbers follow the grammar of JSON.
        match serde_json::from_str::<serde_json::Number>(&digits) {
            Ok(_) => Ok(Node::Number(digits)),
            Err(_) => Err("a number is malformed"),
        }
    }

    fn word(&mut self) -> Result<Node, &'static str> {
        let mut word = String::new();
        while let Some(character) = self.rest.next_if(char::is_ascii_lowercase) {
            word.push(character);
        }
        match word.as_str() {
            "null" => Ok(Node::Null),
            "true" => Ok(Node::Bool(true)),
            "false" => Ok(Node::Bool(false)),
            _ => Err("a bare word is not a value"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::json::{Quotes, Style};

    #[test]
    fn single_and_double_quotes_mean_the_same() {
        let single = parse("[{'dataType':'ST','policy':[{'result':4}]}]");
        let double = parse(r#"[ {"dataType" : "ST", "policy" : [ {"result" : 4} ]} ]"#);
        assert!(single.is_ok());
        assert_eq!(single, double);
    }

    #[test]
    fn the_misprint_of_the_third_example_is_refused() {
        let example = "[{'dataType':'ST','type':0,''policy':{'retryTimes':2,'retryDay':1}}]";
        assert_eq!(parse(example), Err("a colon is expected after a key"));
    }

    #[test]
    fn malformed_text_is_refused() {
        for text in [
            "",
            "[",
            "{'a':1,}",
            "{'a' 1}",
            "'a",
            "01",
            "1.",
            "nul",
            "[1] 2",
            "{a:1}",
            "{'a':1,'a':2}",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn depth_is_limited() {
        assert!(parse(&format!("{}{}", "[".repeat(33), "]".repeat(33))).is_ok());
        assert!(parse(&"[".repeat(100_000)).is_err());
    }

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
        fn every_style_is_parsed_back(node in node(), single: bool, spaces: bool) {
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
