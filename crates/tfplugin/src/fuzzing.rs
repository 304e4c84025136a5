//! Entry points for fuzz targets. Each takes any input and must not panic.
//!
//! Not part of the public interface.

use std::ffi::OsString;

use crate::{
    codec::{decode_msgpack, encode_msgpack},
    serve::{Environment, PluginInfo},
    value::types::Type,
};

/// A fuzz target: its name, and the function that takes an input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets, by the names of their files.
pub const TARGETS: [Target; 2] = [
    ("handshake_environment", handshake_environment),
    ("msgpack", msgpack),
];

/// Decodes a MessagePack value of a type that the first bytes of the input describe, and checks that it
/// survives another round.
pub fn msgpack(data: &[u8]) {
    let mut bytes = data;
    let ty = read_type(&mut bytes, 0);
    if let Ok(value) = decode_msgpack(bytes, &ty) {
        let again = decode_msgpack(&encode_msgpack(&value), &ty);
        assert_eq!(again.ok(), Some(value), "another round changes the value");
    }
}

/// Reads an environment whose variables are lines of `NAME=value`; a line without a name continues
/// the value before it.
pub fn handshake_environment(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut variables: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        match (line.split_once('='), variables.last_mut()) {
            (Some((name, value)), _) if is_name(name) => variables.push((name, value.to_owned())),
            (_, Some((_, value))) => {
                value.push('\n');
                value.push_str(line);
            }
            _ => {}
        }
    }
    let info = PluginInfo {
        name: "terraform-provider-example",
        version: "1.2.3",
        source: "example/example",
        commands: &[],
    };
    let _ = Environment::read(&info, |wanted| {
        let found = variables.iter().find(|(name, _)| *name == wanted)?;
        Some(OsString::from(&found.1))
    });
}

fn is_name(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

/// Reads a type from the next bytes; the end of the input means `dynamic`.
fn read_type(bytes: &mut &[u8], depth: usize) -> Type {
    let Some((first, rest)) = bytes.split_first() else {
        return Type::Dynamic;
    };
    *bytes = rest;
    let count = usize::from(first >> 4) % 4;
    let mut inner = |_| read_type(bytes, depth + 1);
    match first % 9 {
        0 => Type::Bool,
        1 => Type::Number,
        2 => Type::String,
        _ if depth > 4 => Type::Dynamic,
        3 => Type::list(inner(0)),
        4 => Type::set(inner(0)),
        5 => Type::map(inner(0)),
        6 => Type::Tuple((0..count).map(inner).collect()),
        7 => Type::object(
            ["a", "b", "c"]
                .into_iter()
                .take(count)
                .zip((0..).map(inner)),
        ),
        _ => Type::Dynamic,
    }
}
