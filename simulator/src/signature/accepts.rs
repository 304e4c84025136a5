//! Servers that accept only some forms of a signature.

use std::str::FromStr;

use crate::http::WireRequest;

/// The forms of a signature that the server accepts. By default all that the API reference describes.
///
/// The reference has two kinds of clients: those of the older demo write the time in seconds and sign
/// `host`, those of the current sample write milliseconds and sign
/// `content-length;content-type;host`. A server may insist on either.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepts {
    precision: Option<TimestampPrecision>,
    /// The list to sign, of which requests have only those headers that they carry.
    signed_headers: Option<Vec<String>>,
}

/// The precision of a timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimestampPrecision {
    Seconds,
    Milliseconds,
}

// === impl Accepts ===

impl Accepts {
    pub(super) fn precision(&self, precision: TimestampPrecision) -> bool {
        self.precision.is_none_or(|accepted| accepted == precision)
    }

    /// Returns whether a list of signed headers is right for a request.
    pub(super) fn signed_headers(&self, request: &WireRequest, list: &str) -> bool {
        let Some(accepted) = &self.signed_headers else {
            return true;
        };
        let carried: Vec<&str> = accepted
            .iter()
            .map(String::as_str)
            .filter(|name| request.header(name).is_some())
            .collect();
        carried.join(";") == list
    }

    /// Returns this with the form that `key=value` names in place of another one of that key.
    ///
    /// # Errors
    /// If the key or the value is not known.
    pub fn with(mut self, text: &str) -> Result<Self, String> {
        let (key, value) = text.split_once('=').ok_or("it is not KEY=VALUE")?;
        match (key, value) {
            ("timestamp-precision", "seconds") => {
                self.precision = Some(TimestampPrecision::Seconds);
            }
            ("timestamp-precision", "milliseconds") => {
                self.precision = Some(TimestampPrecision::Milliseconds);
            }
            ("signed-headers", list) => {
                let names: Vec<_> = list.split(';').map(str::to_owned).collect();
                if !names.is_sorted_by(|one, next| one < next)
                    || !names.iter().any(|name| name == "host")
                {
                    return Err("the signed headers are sorted, and host is one of them".to_owned());
                }
                self.signed_headers = Some(names);
            }
            _ => return Err(format!("there is no \"{text}\"")),
        }
        Ok(self)
    }
}

impl FromStr for Accepts {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::default().with(text)
    }
}
