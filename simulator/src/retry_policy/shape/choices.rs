//! The choices of a shape: one enum for each key.

use serde::{Deserialize, Serialize};

/// Defines an enum whose values have the same names on the command line and in JSON.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$value_doc])* #[serde(rename = $text)] $value,)*
        }

        impl $name {
            pub(super) const NAMES: &'static [&'static str] = &[$($text),*];
        }
    };
}

choice! {
    /// Encoding of `policyJson`.
    Quotes {
        /// A string with single quotes, as in the examples of the reference.
        #[default]
        Single = "single",
        /// A string of strict JSON.
        Double = "double",
        /// A JSON value instead of a string.
        Decoded = "decoded",
    }
}

choice! {
    /// Position of the common policy's `retryTimes` and `retryDay`.
    CommonPolicy {
        /// In the element.
        #[default]
        Flat = "flat",
        /// In an object under `policy`.
        Nested = "nested",
        /// As posted by the client.
        AsPosted = "as-posted",
    }
}

choice! {
    /// Encoding of `policy`.
    InnerPolicy {
        /// As a value.
        #[default]
        Value = "value",
        /// As a string that contains JSON.
        Text = "string",
    }
}

choice! {
    /// Order of keys.
    KeyOrder {
        /// As posted by the client.
        #[default]
        AsPosted = "as-posted",
        /// Reversed.
        Reversed = "reversed",
        /// Alphabetical.
        Sorted = "sorted",
    }
}

choice! {
    /// Order of elements and of result entries.
    ElementOrder {
        /// As posted by the client.
        #[default]
        Kept = "kept",
        /// Reversed.
        Reversed = "reversed",
    }
}

choice! {
    /// Encoding of integers.
    Numbers {
        /// As numbers.
        #[default]
        Numbers = "numbers",
        /// As strings.
        Strings = "strings",
    }
}

choice! {
    /// Name of the number of attempts per day.
    RetryTimesKey {
        /// As in generation B's tables and in every example.
        #[default]
        RetryTimes = "retryTimes",
        /// As in generation C's Table 5.
        RetryTime = "retryTime",
    }
}

choice! {
    /// Position of `noRetryPolicy`.
    NoRetryPlace {
        /// In `data`, as generation B documents.
        #[default]
        Data = "data",
        /// In each element, as generation A documents.
        Element = "element",
    }
}

choice! {
    /// Encoding of the codes of `noRetryPolicy`.
    NoRetryForm {
        /// A string that contains a JSON list.
        #[default]
        JsonText = "json-string",
        /// A JSON list.
        List = "list",
        /// A comma-separated string.
        Commas = "comma-list",
    }
}

choice! {
    /// Encoding of a `noRetryPolicy` without codes.
    NoRetryNone {
        /// The key is omitted.
        #[default]
        Absent = "absent",
        /// `null`.
        Null = "null",
        /// `""`.
        EmptyText = "empty-string",
        /// An empty list, encoded as by `no-retry-form`.
        EmptyList = "empty-list",
    }
}

choice! {
    /// Spaces in `policyJson`.
    Spaces {
        /// No spaces.
        #[default]
        None = "none",
        /// After commas and colons.
        Inside = "inside",
    }
}

choice! {
    /// Fields that the tables of the retry policy do not list.
    ExtraFields {
        /// No such fields.
        #[default]
        None = "none",
        /// `busiPolicy` and two unknown fields.
        Some = "some",
    }
}

choice! {
    /// Fields of the envelope.
    EnvelopeFields {
        /// `resultCode`, `resultDesc`, `returnCode`, `returnDesc`.
        #[default]
        Both = "both",
        /// `resultCode` and `resultDesc` only, as generation A documents.
        ResultOnly = "result-only",
    }
}

choice! {
    /// `data` of a campaign whose policy was never set.
    Unset {
        /// `null`.
        #[default]
        Null = "null",
        /// The key is omitted.
        Absent = "absent",
        /// `{}`.
        EmptyObject = "empty-object",
        /// An object of empty strings.
        EmptyStrings = "empty-strings",
        /// An object whose `policyJson` is `null`.
        NullPolicyJson = "null-policy-json",
    }
}

choice! {
    /// Whether the server supports the query.
    Query {
        /// Supported.
        #[default]
        Served = "served",
        /// 404 without the envelope of the API.
        NotFound = "404",
        /// 405 without the envelope of the API.
        MethodNotAllowed = "405",
    }
}
