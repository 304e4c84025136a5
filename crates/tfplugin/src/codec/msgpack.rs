//! cty's MessagePack: unknown values as extensions, large numbers as text, sets as arrays.

use std::collections::BTreeMap;

use rmp::{Marker, decode::RmpRead as _, encode as write};

use super::error::{DecodeError, DecodeErrorKind};
use crate::{
    path::Step,
    value::{
        Value,
        number::Number,
        types::{MAX_DEPTH, Type},
    },
};

/// The encoding of an unknown value without refinements, as Go writes it.
const UNKNOWN: [u8; 3] = [0xd4, 0x00, 0x00];

/// How whole numbers are encoded. All others are text in either case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberEncoding {
    /// As integers, which the host decodes fastest.
    Integers,
    /// As text, which the host decodes to the same precision as the numbers in its state.
    Text,
}

/// Decodes one value of type `ty` that fills the bytes.
///
/// # Errors
/// The bytes are not a value of this type. The error holds the path to the offending part.
pub fn decode(bytes: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    let mut reader = Reader { rest: bytes };
    let value = reader.value(ty, 0)?;
    match reader.rest.len() {
        0 => Ok(value),
        left => Err(DecodeErrorKind::Trailing(left).into()),
    }
}

/// Encodes a value. The elements of a set are written in canonical order.
pub(super) fn encode(value: &Value, numbers: NumberEncoding) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    // Writing to a Vec cannot fail.
    let _ = encode_into(&mut out, value, numbers);
    out
}

fn encode_into(
    out: &mut Vec<u8>,
    value: &Value,
    numbers: NumberEncoding,
) -> Result<(), write::ValueWriteError<std::io::Error>> {
    let length = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
    match value {
        Value::Null => write::write_nil(out).map_err(write::ValueWriteError::InvalidMarkerWrite)?,
        Value::Unknown => out.extend_from_slice(&UNKNOWN),
        Value::Bool(value) => {
            write::write_bool(out, *value).map_err(write::ValueWriteError::InvalidMarkerWrite)?;
        }
        Value::Number(number) => match (numbers, number.to_i64(), number.to_u64()) {
            (NumberEncoding::Integers, Some(value), _) => {
                write::write_sint(out, value)?;
            }
            (NumberEncoding::Integers, None, Some(value)) => {
                write::write_uint(out, value)?;
            }
            // A double would round it.
            _ => write::write_str(out, &number.to_string())?,
        },
        Value::String(value) => write::write_str(out, value)?,
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            write::write_array_len(out, length(elements.len()))?;
            for element in elements {
                encode_into(out, element, numbers)?;
            }
        }
        Value::Map(entries) | Value::Object(entries) => {
            write::write_map_len(out, length(entries.len()))?;
            for (name, value) in entries {
                write::write_str(out, name)?;
                encode_into(out, value, numbers)?;
            }
        }
        Value::Dynamic(ty, value) => {
            write::write_array_len(out, 2)?;
            write::write_bin(out, &ty.to_json())?;
            encode_into(out, value, numbers)?;
        }
    }
    Ok(())
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn value(&mut self, ty: &Type, depth: usize) -> Result<Value, DecodeError> {
        if depth > MAX_DEPTH {
            return Err(DecodeErrorKind::TooDeep.into());
        }
        let marker = self.peek()?;
        if marker == Marker::Null {
            self.marker()?;
            return Ok(Value::Null);
        }
        if is_extension(marker) {
            self.skip_extension()?;
            return Ok(Value::Unknown);
        }
        match ty {
            Type::Dynamic => self.dynamic(depth),
            Type::Bool => match self.marker()? {
                Marker::True => Ok(Value::Bool(true)),
                Marker::False => Ok(Value::Bool(false)),
                other => Err(mismatch("a bool", other)),
            },
            Type::Number => self.number(),
            Type::String => Ok(Value::String(self.text("a string")?.to_owned())),
            Type::List(element) => {
                let place = |index| Some(Step::Index(index));
                let elements = self.elements("a list", element, depth, place)?;
                Ok(Value::List(elements))
            }
            Type::Set(element) => {
                let elements = self.elements("a set", element, depth, |_| None)?;
                Ok(Value::set(elements))
            }
            Type::Tuple(types) => self.tuple(types, depth),
            Type::Map(element) => self.map(element, depth),
            Type::Object(attributes) => self.object(attributes, depth),
        }
    }

    fn number(&mut self) -> Result<Value, DecodeError> {
        let number = match self.peek()? {
            Marker::FixStr(_) | Marker::Str8 | Marker::Str16 | Marker::Str32 => {
                self.text("a number")?.parse()?
            }
            Marker::F32 => {
                self.marker()?;
                Number::from_f64(f32::from_bits(self.be(4)? as u32).into())?
            }
            Marker::F64 => {
                self.marker()?;
                Number::from_f64(f64::from_bits(self.be(8)?))?
            }
            _ => match self.marker()? {
                Marker::FixPos(value) => Number::from(i64::from(value)),
                Marker::FixNeg(value) => Number::from(i64::from(value)),
                Marker::U8 => Number::from(self.be(1)?),
                Marker::U16 => Number::from(self.be(2)?),
                Marker::U32 => Number::from(self.be(4)?),
                Marker::U64 => Number::from(self.be(8)?),
                Marker::I8 => Number::from(i64::from(self.be(1)? as u8 as i8)),
                Marker::I16 => Number::from(i64::from(self.be(2)? as u16 as i16)),
                Marker::I32 => Number::from(i64::from(self.be(4)? as u32 as i32)),
                Marker::I64 => Number::from(self.be(8)? as i64),
                other => return Err(mismatch("a number", other)),
            },
        };
        Ok(Value::Number(number))
    }

    fn dynamic(&mut self, depth: usize) -> Result<Value, DecodeError> {
        let expected = "a value with its type";
        match self.array_len(expected)? {
            2 => {}
            other => {
                return Err(DecodeErrorKind::TupleLength {
                    expected: 2,
                    found: other,
                }
                .into());
            }
        }
        let len = match self.marker()? {
            Marker::Bin8 => self.be(1)?,
            Marker::Bin16 => self.be(2)?,
            Marker::Bin32 => self.be(4)?,
            other => return Err(mismatch(expected, other)),
        };
        let ty = Type::from_json(self.take(len)?)?;
        let value = self.value(&ty, depth + 1)?;
        Ok(Value::Dynamic(ty, Box::new(value)))
    }

    fn elements(
        &mut self,
        expected: &'static str,
        element: &Type,
        depth: usize,
        place: impl Fn(usize) -> Option<Step>,
    ) -> Result<Vec<Value>, DecodeError> {
        let len = self.array_len(expected)?;
        let mut elements = Vec::with_capacity(self.plausible(len)?);
        for index in 0..len {
            let value = self.value(element, depth + 1);
            elements.push(value.map_err(|error| error.under(place(index)))?);
        }
        Ok(elements)
    }

    fn tuple(&mut self, types: &[Type], depth: usize) -> Result<Value, DecodeError> {
        let found = self.array_len("a tuple")?;
        if found != types.len() {
            let expected = types.len();
            return Err(DecodeErrorKind::TupleLength { expected, found }.into());
        }
        let mut elements = Vec::with_capacity(found);
        for (index, ty) in types.iter().enumerate() {
            let value = self.value(ty, depth + 1);
            elements.push(value.map_err(|error| error.under(Step::Index(index)))?);
        }
        Ok(Value::Tuple(elements))
    }

    fn map(&mut self, element: &Type, depth: usize) -> Result<Value, DecodeError> {
        let mut entries = BTreeMap::new();
        for _ in 0..self.map_len("a map")? {
            let key = self.text("a map key")?.to_owned();
            let value = self
                .value(element, depth + 1)
                .map_err(|error| error.under(Step::Key(key.clone())))?;
            entries.insert(key, value);
        }
        Ok(Value::Map(entries))
    }

    fn object(
        &mut self,
        attributes: &BTreeMap<String, Type>,
        depth: usize,
    ) -> Result<Value, DecodeError> {
        let mut values = BTreeMap::new();
        for _ in 0..self.map_len("an object")? {
            let name = self.text("an attribute name")?;
            let (name, ty) = attributes
                .get_key_value(name)
                .ok_or_else(|| DecodeErrorKind::UnknownAttribute(name.to_owned()))?;
            let value = self
                .value(ty, depth + 1)
                .map_err(|error| error.under(Step::Attribute(name.clone())))?;
            values.insert(name.clone(), value);
        }
        match attributes.keys().find(|name| !values.contains_key(*name)) {
            Some(missing) => Err(DecodeErrorKind::MissingAttribute(missing.clone()).into()),
            None => Ok(Value::Object(values)),
        }
    }

    fn array_len(&mut self, expected: &'static str) -> Result<usize, DecodeError> {
        match self.marker()? {
            Marker::FixArray(len) => Ok(len.into()),
            Marker::Array16 => Ok(self.be(2)? as usize),
            Marker::Array32 => Ok(self.be(4)? as usize),
            other => Err(mismatch(expected, other)),
        }
    }

    fn map_len(&mut self, expected: &'static str) -> Result<usize, DecodeError> {
        let len = match self.marker()? {
            Marker::FixMap(len) => len.into(),
            Marker::Map16 => self.be(2)? as usize,
            Marker::Map32 => self.be(4)? as usize,
            other => return Err(mismatch(expected, other)),
        };
        self.plausible(len)
    }

    fn text(&mut self, expected: &'static str) -> Result<&'a str, DecodeError> {
        let len = match self.marker()? {
            Marker::FixStr(len) => len.into(),
            Marker::Str8 => self.be(1)?,
            Marker::Str16 => self.be(2)?,
            Marker::Str32 => self.be(4)?,
            other => return Err(mismatch(expected, other)),
        };
        std::str::from_utf8(self.take(len)?).map_err(|_| DecodeErrorKind::Utf8.into())
    }

    fn skip_extension(&mut self) -> Result<(), DecodeError> {
        let len = match self.marker()? {
            Marker::FixExt1 => 1,
            Marker::FixExt2 => 2,
            Marker::FixExt4 => 4,
            Marker::FixExt8 => 8,
            Marker::FixExt16 => 16,
            Marker::Ext8 => self.be(1)?,
            Marker::Ext16 => self.be(2)?,
            _ => self.be(4)?,
        };
        // The type byte says how the value is refined. It is unknown in any case.
        self.take(len + 1).map(drop)
    }

    /// Returns a declared length, if the remaining bytes can hold that many elements.
    fn plausible(&self, len: usize) -> Result<usize, DecodeError> {
        if len > self.rest.len() {
            return Err(DecodeErrorKind::CutShort.into());
        }
        Ok(len)
    }

    fn peek(&self) -> Result<Marker, DecodeError> {
        let first = self.rest.first().ok_or(DecodeErrorKind::CutShort)?;
        Ok(Marker::from_u8(*first))
    }

    fn marker(&mut self) -> Result<Marker, DecodeError> {
        let byte = self.rest.read_u8().map_err(|_| DecodeErrorKind::CutShort)?;
        Ok(Marker::from_u8(byte))
    }

    /// Reads an unsigned big-endian number of `len` bytes, at most eight.
    fn be(&mut self, len: u64) -> Result<u64, DecodeError> {
        let bytes = self.take(len)?;
        Ok(bytes
            .iter()
            .fold(0, |value, byte| (value << 8) | u64::from(*byte)))
    }

    fn take(&mut self, len: u64) -> Result<&'a [u8], DecodeError> {
        let (taken, rest) = usize::try_from(len)
            .ok()
            .and_then(|len| self.rest.split_at_checked(len))
            .ok_or(DecodeErrorKind::CutShort)?;
        self.rest = rest;
        Ok(taken)
    }
}

fn is_extension(marker: Marker) -> bool {
    matches!(
        marker,
        Marker::FixExt1
            | Marker::FixExt2
            | Marker::FixExt4
            | Marker::FixExt8
            | Marker::FixExt16
            | Marker::Ext8
            | Marker::Ext16
            | Marker::Ext32
    )
}

fn mismatch(expected: &'static str, found: Marker) -> DecodeError {
    let found = match found {
        Marker::True | Marker::False => "a bool",
        Marker::FixStr(_) | Marker::Str8 | Marker::Str16 | Marker::Str32 => "a string",
        Marker::FixArray(_) | Marker::Array16 | Marker::Array32 => "a list",
        Marker::FixMap(_) | Marker::Map16 | Marker::Map32 => "a map",
        Marker::Bin8 | Marker::Bin16 | Marker::Bin32 => "raw bytes",
        Marker::Reserved => "a reserved marker",
        _ => "a number",
    };
    let found = found.to_owned();
    DecodeErrorKind::Mismatch { expected, found }.into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        NumberEncoding::{Integers, Text},
        *,
    };

    fn rules() -> Type {
        Type::object([(
            "rules",
            Type::list(Type::object([
                ("codes", Type::set(Type::String)),
                ("times", Type::Number),
            ])),
        )])
    }

    #[test]
    fn every_extension_is_an_unknown_value() {
        let refined = [0xc7, 3, 12, 0x81, 0x01, 0xc2];
        let wide = [0xc8, 0, 1, 12, 0x80];
        for bytes in [&UNKNOWN[..], &refined, &wide, &[0xd5, 5, 0, 0]] {
            let value = decode(bytes, &Type::Number).unwrap();
            assert_eq!(value, Value::Unknown, "{bytes:02x?}");
        }
        assert_eq!(encode(&Value::Unknown, Integers), UNKNOWN);
    }

    #[test]
    fn numbers_come_in_every_form() {
        for (bytes, text) in [
            (&[0x07][..], "7"),
            (&[0xff], "-1"),
            (&[0xcc, 0xff], "255"),
            (&[0xd0, 0x80], "-128"),
            (&[0xd3, 0x80, 0, 0, 0, 0, 0, 0, 0], "-9223372036854775808"),
            (
                &[0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
                "18446744073709551615",
            ),
            (&[0xcb, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0], "0.5"),
            (&b"\xb618446744073709551616.5"[..], "18446744073709551616.5"),
        ] {
            let value = decode(bytes, &Type::Number);
            match value {
                Ok(value) => assert_eq!(value, Value::Number(text.parse().unwrap())),
                Err(error) => panic!("{text}: {error}"),
            }
        }
    }

    #[test]
    fn whole_numbers_are_integers_or_text() {
        for (text, integer) in [
            ("7", &[0x07][..]),
            ("-1", &[0xff]),
            (
                "18446744073709551615",
                &[0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            ),
        ] {
            let value = Value::Number(text.parse().unwrap());
            assert_eq!(encode(&value, Integers), integer);
            assert_eq!(
                decode(&encode(&value, Text), &Type::String).unwrap(),
                text.into()
            );
        }
        for text in ["0.5", "18446744073709551616"] {
            let value = Value::Number(text.parse().unwrap());
            assert_eq!(encode(&value, Integers), encode(&value, Text));
        }
    }

    #[test]
    fn dynamic_values_bring_their_type() {
        let value = Value::Dynamic(Type::String, Box::new("x".into()));
        let bytes = encode(&value, Integers);
        assert_eq!(bytes, b"\x92\xc4\x08\"string\"\xa1x");
        assert_eq!(decode(&bytes, &Type::Dynamic).unwrap(), value);
    }

    #[test]
    fn a_dynamic_null_keeps_its_type() {
        let bytes = b"\x92\xc4\x08\"string\"\xc0";
        let value = decode(bytes, &Type::Dynamic).unwrap();
        assert!(value.is_null());
        assert_eq!(encode(&value, Integers), bytes);
    }

    #[test]
    fn nothing_leads_into_a_set() {
        let ty = Type::object([("codes", Type::set(Type::Number))]);
        let error = decode(b"\x81\xa5codes\x91\xc3", &ty).unwrap_err();
        assert_eq!(error.to_string(), "codes: expected a number, got a bool");
    }

    #[test]
    fn errors_say_where() {
        let mut bytes = Vec::new();
        write::write_map_len(&mut bytes, 1).unwrap();
        write::write_str(&mut bytes, "rules").unwrap();
        write::write_array_len(&mut bytes, 1).unwrap();
        write::write_map_len(&mut bytes, 2).unwrap();
        write::write_str(&mut bytes, "codes").unwrap();
        write::write_array_len(&mut bytes, 0).unwrap();
        write::write_str(&mut bytes, "times").unwrap();
        write::write_str(&mut bytes, "often").unwrap();
        let error = decode(&bytes, &rules()).unwrap_err();
        assert_eq!(error.to_string(), "rules[0].times: not a decimal number");

        let missing = decode(b"\x80", &rules()).unwrap_err();
        assert_eq!(missing.to_string(), "the attribute \"rules\" is missing");
        let extra = decode(b"\x81\xa1x\xc0", &rules()).unwrap_err();
        assert_eq!(extra.to_string(), "there is no attribute \"x\"");
        let trailing = decode(b"\xc0\xc0", &Type::Bool).unwrap_err();
        assert_eq!(trailing.to_string(), "1 bytes follow the value");
    }

    #[test]
    fn a_huge_declared_length_allocates_nothing() {
        let bytes = [0xdd, 0xff, 0xff, 0xff, 0xff];
        let error = decode(&bytes, &Type::list(Type::Bool)).unwrap_err();
        assert_eq!(error.to_string(), "the value is cut short");
    }

    pub(super) fn typed_value() -> impl Strategy<Value = (Type, Value)> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(|value| (Type::Bool, Value::Bool(value))),
            any::<i64>().prop_map(|value| (Type::Number, value.into())),
            (any::<i128>(), -30_i32..30).prop_map(|(digits, exponent)| {
                let number = format!("{digits}e{exponent}").parse().unwrap();
                (Type::Number, Value::Number(number))
            }),
            ".*".prop_map(|text| (Type::String, Value::String(text))),
            Just((Type::String, Value::Null)),
            Just((Type::Bool, Value::Unknown)),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                inner.clone().prop_map(|(ty, value)| {
                    (Type::list(ty), Value::List(vec![value.clone(), value]))
                }),
                inner
                    .clone()
                    .prop_map(|(ty, value)| (Type::set(ty), Value::set([value.clone(), value]))),
                (inner.clone(), ".{0,4}").prop_map(|((ty, value), key)| {
                    (Type::map(ty), Value::Map([(key, value)].into()))
                }),
                prop::collection::vec(inner.clone(), 0..4).prop_map(|parts| {
                    let (types, values) = parts.into_iter().unzip();
                    (Type::Tuple(types), Value::Tuple(values))
                }),
                prop::collection::btree_map("[a-z]{1,3}", inner.clone(), 0..4).prop_map(|parts| {
                    let types = parts
                        .iter()
                        .map(|(name, (ty, _))| (name.clone(), ty.clone()));
                    let ty = Type::object(types);
                    let values = parts.into_iter().map(|(name, (_, value))| (name, value));
                    (ty, Value::Object(values.collect()))
                }),
                inner.prop_map(|(ty, value)| (Type::Dynamic, Value::Dynamic(ty, Box::new(value)))),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded((ty, value) in typed_value()) {
            for numbers in [Integers, Text] {
                let decoded = decode(&encode(&value, numbers), &ty);
                prop_assert_eq!(&decoded.expect("its own encoding"), &value);
            }
        }

        #[test]
        fn hostile_bytes_are_refused_without_a_panic(
            (ty, _) in typed_value(),
            bytes in prop::collection::vec(any::<u8>(), 0..64),
        ) {
            let _ = decode(&bytes, &ty);
        }

        #[test]
        fn damaged_encodings_never_panic(
            (ty, value) in typed_value(),
            at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
        ) {
            let mut bytes = encode(&value, Integers);
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let _ = decode(&bytes, &ty);
        }
    }
}
