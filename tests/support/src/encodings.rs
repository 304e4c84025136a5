//! Encodings in which something that must not be written anywhere could be written nevertheless.

use std::fmt::Write as _;

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};

/// The forms of a secret, none of which may be written anywhere.
pub fn forms(secret: &str) -> [String; 7] {
    let of_bytes = |write: &dyn Fn(&mut String, u8)| {
        secret.bytes().fold(String::new(), |mut text, byte| {
            write(&mut text, byte);
            text
        })
    };
    let hex = of_bytes(&|text, byte| {
        let _ = write!(text, "{byte:02x}");
    });
    let percent = of_bytes(&|text, byte| {
        let _ = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~' => {
                write!(text, "{}", char::from(byte))
            }
            _ => write!(text, "%{byte:02X}"),
        };
    });
    // As Terraform writes JSON.
    let json = secret
        .replace('&', "\\u0026")
        .replace('<', "\\u003c")
        .replace('>', "\\u003e");
    [
        secret.to_owned(),
        hex.to_uppercase(),
        hex,
        percent,
        json,
        // Without padding, these are a part of the padded forms, too.
        STANDARD_NO_PAD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
    ]
}

/// The forms of a value within something that is encoded as a whole, where base64 may begin in the
/// middle of three bytes, and in other letter cases.
pub fn forms_within(value: &str) -> Vec<String> {
    let mut all: Vec<String> = forms(value).into();
    for offset in 0..3 {
        let padded = format!("{}{value}", "x".repeat(offset));
        let encoded = STANDARD_NO_PAD.encode(padded);
        // The characters at both ends depend on what is around the value.
        let start = (offset * 8).div_ceil(6);
        let end = encoded.len() - 1;
        all.extend(encoded.get(start..end).map(str::to_owned));
    }
    all.extend([value.to_uppercase(), value.to_lowercase()]);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_within_what_is_encoded_as_a_whole() {
        for text in [
            "marker",
            "a marker here",
            "ab marker",
            "abc marker, and more",
        ] {
            let encoded = STANDARD_NO_PAD.encode(text);
            let is_found = |form: &String| encoded.contains(form.as_str());
            assert!(forms_within("marker").iter().any(is_found), "{text}");
        }
    }
}
