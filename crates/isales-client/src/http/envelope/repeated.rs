//! Finds members that an object has twice.
//!
//! A JSON reader keeps one of them without a word. Which one the server meant is not known.

use std::collections::BTreeMap;

/// An object or list that has begun.
#[derive(Default)]
struct Open<'a> {
    /// The members of an object so far, as text.
    members: BTreeMap<&'a str, &'a str>,
    /// The name of the member that is being read, and where its value begins.
    current: Option<(&'a str, usize)>,
}

/// Returns the first name that an object has twice with different values. The text must be JSON.
pub(crate) fn repeated_name(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let mut open: Vec<Open<'_>> = vec![Open::default()];
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'{' | b'[' => open.push(Open::default()),
            b'}' | b']' | b',' => {
                if let Some(name) = end_member(open.last_mut()?, text, start) {
                    return Some(name);
                }
                if *byte != b',' {
                    open.pop();
                }
            }
            b'"' => {
                at = end_of_string(bytes, at);
                let after = bytes.get(at..)?.iter();
                let blanks = after.take_while(|byte| byte.is_ascii_whitespace()).count();
                if bytes.get(at + blanks) == Some(&b':') {
                    let name = text.get(start..at)?;
                    at += blanks + 1;
                    open.last_mut()?.current = Some((name, at));
                }
            }
            _ => {}
        }
    }
    None
}

/// Takes note of the member that ends here, and returns its name if it was there before with
/// another value.
fn end_member<'a>(open: &mut Open<'a>, text: &'a str, end: usize) -> Option<&'a str> {
    let (name, start) = open.current.take()?;
    let value = text.get(start..end)?.trim();
    let earlier = open.members.insert(name, value);
    earlier
        .is_some_and(|earlier| earlier != value)
        .then_some(name)
}

/// Returns the end of a string, given the place after its opening quote.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            Some(b'"') | None => return at + 1,
            Some(_) => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_repeated_within_one_object_only() {
        for (text, name) in [
            (r#"{"a":1,"a":2}"#, Some("\"a\"")),
            (r#"{"a" : {"b":[1]},"c":"}","a":{"b":[2]}}"#, Some("\"a\"")),
            (r#"[{"x":{"b":1 , "b":"\"1"}}]"#, Some("\"b\"")),
            (r#"{"a":1,"a": 1 }"#, None),
            (r#"{"a":{"a":1},"b":{"a":2},"c":[{"a":3},{"a":4}]}"#, None),
            (r#"{"a":"\"a\":1,","b\"":"\\","b":2}"#, None),
            (r#"["a","a"]"#, None),
            ("7", None),
            ("", None),
            ("{\"a", None),
        ] {
            assert_eq!(repeated_name(text), name, "{text}");
        }
    }
}
