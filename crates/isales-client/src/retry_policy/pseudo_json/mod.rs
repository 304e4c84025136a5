//! Reads the pseudo-JSON of `policyJson`: JSON whose strings may stand in single quotes.
//!
//! It also reads the misprint of the API page's third example, a key whose opening quote is doubled,
//! `''policy':`, as a server that stores text as it came answers it. Nothing else can be meant by
//! it.
//!
//! Written here because the published readers of JSON5, which has such strings, recurse without a
//! bound on what a server or a user hands in. This one takes linear time, refuses nesting deeper
//! than [`MAX_DEPTH`], and says at which byte it stopped.

use std::iter;

use serde_json::{Map, Number, Value};

/// Lists and objects may stand this deep in each other. A retry policy needs four.
pub const MAX_DEPTH: usize = 32;

/// Text that is not the pseudo-JSON of the API.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem} at byte {offset}")]
pub struct SyntaxError {
    /// Where reading stopped, in bytes from the start of the text.
    pub offset: usize,
    /// What is wrong there.
    pub problem: SyntaxProblem,
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxProblem {
    /// The text ends too early.
    #[error("the text ends in the middle of a value")]
    UnexpectedEnd,
    /// No value starts here.
    #[error("no JSON value starts")]
    ExpectedValue,
    /// An object's key in quotes should stand here.
    #[error("a key in quotes is missing")]
    ExpectedKey,
    /// A colon should stand here.
    #[error("a colon is missing after the key")]
    ExpectedColon,
    /// A key stands twice in one object, with different values.
    #[error("a key is repeated with another value")]
    RepeatedKey,
    /// A comma or the end of the list or object should stand here.
    #[error("a comma or a closing bracket is missing")]
    ExpectedCommaOrEnd,
    /// Something follows the value.
    #[error("there is text after the value")]
    TrailingText,
    /// A number is not written as JSON has it.
    #[error("there is a malformed number")]
    MalformedNumber,
    /// A backslash sequence that JSON does not have.
    #[error("there is a malformed escape")]
    MalformedEscape,
    /// A control character in a string.
    #[error("there is a control character in a string")]
    ControlCharacter,
    /// Deeper than [`MAX_DEPTH`].
    #[error("lists and objects are nested more than {MAX_DEPTH} deep")]
    TooDeep,
}

/// Reads one value and nothing after it.
///
/// # Errors
///
/// [`SyntaxError`] at the first byte that does not fit.
pub fn parse(text: &str) -> Result<Value, SyntaxError> {
    let mut reader = Reader { text, offset: 0 };
    // A byte order mark is no part of the text that follows it.
    if let Some(mark) = text.chars().next().filter(|first| *first == '\u{feff}') {
        reader.offset = mark.len_utf8();
    }
    let value = reader.value(MAX_DEPTH)?;
    reader.skip_whitespace();
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(reader.error(SyntaxProblem::TrailingText)),
    }
}

/// The text and how far it is read.
struct Reader<'a> {
    text: &'a str,
    offset: usize,
}

// === impl Reader ===

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Result<Value, SyntaxError> {
        self.skip_whitespace();
        match self.peek() {
            None => Err(self.error(SyntaxProblem::UnexpectedEnd)),
            Some(b'{') => self.object(depth).map(Value::Object),
            Some(b'[') => self.array(depth).map(Value::Array),
            Some(quote @ (b'"' | b'\'')) => self.string(quote).map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            Some(_) => self.word(),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Map<String, Value>, SyntaxError> {
        let mut members = Map::new();
        self.entries(b'}', depth, |reader, depth| {
            let key = reader.key()?;
            reader.skip_whitespace();
            reader.expect(b':', SyntaxProblem::ExpectedColon)?;
            let value = reader.value(depth)?;
            match members.get(&key) {
                Some(earlier) if *earlier != value => {
                    return Err(reader.error(SyntaxProblem::RepeatedKey));
                }
                _ => members.insert(key, value),
            };
            Ok(())
        })?;
        Ok(members)
    }

    fn array(&mut self, depth: usize) -> Result<Vec<Value>, SyntaxError> {
        let mut values = Vec::new();
        self.entries(b']', depth, |reader, depth| {
            values.push(reader.value(depth)?);
            Ok(())
        })?;
        Ok(values)
    }

    /// Reads from the opening bracket to the closing one, with commas between the entries.
    fn entries(
        &mut self,
        close: u8,
        depth: usize,
        mut entry: impl FnMut(&mut Self, usize) -> Result<(), SyntaxError>,
    ) -> Result<(), SyntaxError> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(self.error(SyntaxProblem::TooDeep));
        };
        self.offset += 1;
        self.skip_whitespace();
        if self.take(close) {
            return Ok(());
        }
        loop {
            entry(self, depth)?;
            self.skip_whitespace();
            if self.take(close) {
                return Ok(());
            }
            self.expect(b',', SyntaxProblem::ExpectedCommaOrEnd)?;
        }
    }

    fn key(&mut self) -> Result<String, SyntaxError> {
        self.skip_whitespace();
        match self.peek() {
            None => Err(self.error(SyntaxProblem::UnexpectedEnd)),
            Some(quote @ (b'"' | b'\'')) => {
                if self.is_doubled_quote(quote) {
                    self.offset += 1;
                }
                self.string(quote)
            }
            Some(_) => Err(self.error(SyntaxProblem::ExpectedKey)),
        }
    }

    /// Whether two quotes and then a name follow, rather than an empty key.
    fn is_doubled_quote(&self, quote: u8) -> bool {
        let rest = self.text.as_bytes().get(self.offset..).unwrap_or_default();
        matches!(rest, [first, second, name, ..]
            if *first == quote && *second == quote && name.is_ascii_alphabetic())
    }

    fn string(&mut self, quote: u8) -> Result<String, SyntaxError> {
        self.offset += 1;
        let mut string = String::new();
        loop {
            let rest = self.rest();
            let plain = rest
                .bytes()
                .position(|byte| byte == quote || byte == b'\\' || byte < b' ')
                .unwrap_or(rest.len());
            string.push_str(rest.get(..plain).unwrap_or_default());
            self.offset += plain;
            match self.peek() {
                None => return Err(self.error(SyntaxProblem::UnexpectedEnd)),
                Some(b'\\') => string.push(self.escape()?),
                Some(byte) if byte == quote => {
                    self.offset += 1;
                    return Ok(string);
                }
                Some(_) => return Err(self.error(SyntaxProblem::ControlCharacter)),
            }
        }
    }

    fn escape(&mut self) -> Result<char, SyntaxError> {
        let malformed = self.error(SyntaxProblem::MalformedEscape);
        self.offset += 1;
        let Some(byte) = self.peek() else {
            return Err(self.error(SyntaxProblem::UnexpectedEnd));
        };
        self.offset += 1;
        match byte {
            b'"' | b'\'' | b'\\' | b'/' => Ok(char::from(byte)),
            b'b' => Ok('\u{8}'),
            b'f' => Ok('\u{c}'),
            b'n' => Ok('\n'),
            b'r' => Ok('\r'),
            b't' => Ok('\t'),
            b'u' => {
                let first = self.code_unit().ok_or_else(|| malformed.clone())?;
                // Only the first half of a surrogate pair asks for a second escape.
                let second = if (0xd800..0xdc00).contains(&first) {
                    if !(self.take(b'\\') && self.take(b'u')) {
                        return Err(malformed);
                    }
                    Some(self.code_unit().ok_or_else(|| malformed.clone())?)
                } else {
                    None
                };
                char::decode_utf16(iter::once(first).chain(second))
                    .next()
                    .and_then(Result::ok)
                    .ok_or(malformed)
            }
            _ => Err(malformed),
        }
    }

    /// Reads four hexadecimal digits.
    fn code_unit(&mut self) -> Option<u16> {
        let digits = self
            .rest()
            .get(..4)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let unit = u16::from_str_radix(digits, 16).ok()?;
        self.offset += 4;
        Some(unit)
    }

    fn number(&mut self) -> Result<Number, SyntaxError> {
        let malformed = self.error(SyntaxProblem::MalformedNumber);
        let rest = self.rest();
        let length = rest
            .bytes()
            .position(|byte| !matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9'))
            .unwrap_or(rest.len());
        let number = serde_json::from_str(rest.get(..length).unwrap_or_default());
        self.offset += length;
        number.map_err(|_| malformed)
    }

    fn word(&mut self) -> Result<Value, SyntaxError> {
        for (word, value) in [
            ("null", Value::Null),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
        ] {
            if self.rest().starts_with(word) {
                self.offset += word.len();
                return Ok(value);
            }
        }
        Err(self.error(SyntaxProblem::ExpectedValue))
    }

    fn skip_whitespace(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.offset += 1;
        }
    }

    fn rest(&self) -> &str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.offset).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        if is_next {
            self.offset += 1;
        }
        is_next
    }

    fn expect(&mut self, byte: u8, otherwise: SyntaxProblem) -> Result<(), SyntaxError> {
        if self.take(byte) {
            return Ok(());
        }
        Err(self.error(match self.peek() {
            None => SyntaxProblem::UnexpectedEnd,
            Some(_) => otherwise,
        }))
    }

    fn error(&self, problem: SyntaxProblem) -> SyntaxError {
        SyntaxError {
            offset: self.offset,
            problem,
        }
    }
}

#[cfg(test)]
mod tests;
