//! Settings for servers that deviate from the API reference.

use std::str::FromStr;

use crate::{
    sign::{SignedHeaders, TimestampPrecision},
    unknown_name::UnknownName,
};

/// Settings for servers that deviate from the API reference. The default follows the reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compatibility {
    /// The quotes inside `policyJson`.
    pub policy_json_quotes: Quotes,
    /// The position of a common policy's parameters.
    pub common_policy_layout: CommonPolicyLayout,
    /// The precision of the time in a signature.
    pub timestamp_precision: TimestampPrecision,
    /// The headers to sign.
    pub signed_headers: SignedHeaders,
}

/// The encoding of `policyJson`. The default matches the examples of the API reference byte for byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Encoding {
    /// The quotes inside `policyJson`.
    pub quotes: Quotes,
    /// The position of a common policy's parameters.
    pub common_policy_layout: CommonPolicyLayout,
}

/// The quotes inside `policyJson`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Quotes {
    /// `'type':0`, as every example has it.
    #[default]
    Single,
    /// `"type":0`: strict JSON.
    Double,
}

/// The position of `retryTimes` and `retryDay` in a common policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CommonPolicyLayout {
    /// Flat for a global policy, nested for number-type matching, as examples 1 and 3 show.
    #[default]
    Auto,
    /// In the element, as Table 4 describes them.
    Flat,
    /// In an object under `policy`, as example 3 shows.
    Nested,
}

// === impl Compatibility ===

impl Compatibility {
    /// Returns the encoding of `policyJson`.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        Encoding {
            quotes: self.policy_json_quotes,
            common_policy_layout: self.common_policy_layout,
        }
    }
}

// === impl Quotes ===

impl FromStr for Quotes {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        match name {
            "single" => Ok(Self::Single),
            "double" => Ok(Self::Double),
            _ => Err(UnknownName::new("single or double", name)),
        }
    }
}

// === impl CommonPolicyLayout ===

impl FromStr for CommonPolicyLayout {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        match name {
            "auto" => Ok(Self::Auto),
            "flat" => Ok(Self::Flat),
            "nested" => Ok(Self::Nested),
            _ => Err(UnknownName::new("auto, flat or nested", name)),
        }
    }
}
