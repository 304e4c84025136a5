//! The choices of a shape: one enum for each key.

use super::Readability;

/// Defines an enum whose values have the same names on the command line and in JSON. A value is
/// documented unless `is` follows its name.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$value_doc:meta])* $value:ident = $text:literal $(is $readability:ident)?,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$value_doc])* #[serde(rename = $text)] $value,)*
        }

        impl $name {
            pub(in crate::shape) const VALUES: super::Values =
                &[$(($text, choice!(@readability $($readability)?))),*];
        }
    };
    (@readability) => {
        crate::shape::Readability::Documented
    };
    (@readability $readability:ident) => {
        crate::shape::Readability::$readability
    };
}

mod data;
mod envelope;
mod no_retry_policy;
mod policy_json;
mod transfer;

pub use self::{
    data::{Defect, ExtraFields, Gone, LetterCase, Names, Query, Unset},
    envelope::{DataKey, EnvelopeFields},
    no_retry_policy::{NoRetryForm, NoRetryNone, NoRetryOrder, NoRetryPlace},
    policy_json::{
        CommonPolicy, ElementOrder, InnerPolicy, KeyOrder, Numbers, Quotes, RetryTimesKey, Spaces,
        Zeros,
    },
    transfer::{Charset, ContentEncoding, ContentType},
};

/// The values of a key, the default first.
pub(super) type Values = &'static [(&'static str, Readability)];
