//! What can be chosen about a reply, one enum for each key of a shape.

use serde::{Deserialize, Serialize};

/// Defines an enum whose values have a name on the command line and in JSON.
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
    /// How `policyJson` is encoded.
    Quotes {
        /// A string with single quotes inside, as in the page's examples.
        #[default]
        Single = "single",
        /// A string of strict JSON.
        Double = "double",
        /// A JSON value instead of a string.
        Decoded = "decoded",
    }
}

choice! {
    /// Where the common policy's `retryTimes` and `retryDay` stand.
    CommonPolicy {
        /// In the element.
        #[default]
        Flat = "flat",
        /// In an object under `policy`.
        Nested = "nested",
        /// Where the client put them.
        AsPosted = "as-posted",
    }
}

choice! {
    /// How `policy` is encoded.
    InnerPolicy {
        /// As a value.
        #[default]
        Value = "value",
        /// As a string of JSON once more.
        Text = "string",
    }
}

choice! {
    /// The order of keys.
    KeyOrder {
        /// As the client posted them.
        #[default]
        AsPosted = "as-posted",
        /// The other way round.
        Reversed = "reversed",
        /// By the alphabet.
        Sorted = "sorted",
    }
}

choice! {
    /// The order of elements and of result entries.
    ElementOrder {
        /// As the client posted them.
        #[default]
        Kept = "kept",
        /// The other way round.
        Reversed = "reversed",
    }
}

choice! {
    /// How integers are written.
    Numbers {
        /// As numbers.
        #[default]
        Numbers = "numbers",
        /// In quotes.
        Strings = "strings",
    }
}

choice! {
    /// What the attempts per day are called.
    RetryTimesKey {
        /// As in generation B's tables and in every example.
        #[default]
        RetryTimes = "retryTimes",
        /// As in generation C's Table 5.
        RetryTime = "retryTime",
    }
}

choice! {
    /// Where `noRetryPolicy` stands.
    NoRetryPlace {
        /// In `data`, as generation B documents.
        #[default]
        Data = "data",
        /// In each element, as generation A documents.
        Element = "element",
    }
}

choice! {
    /// How `noRetryPolicy` lists its codes.
    NoRetryForm {
        /// A string that holds a JSON list.
        #[default]
        JsonText = "json-string",
        /// A JSON list.
        List = "list",
        /// A string with commas between the codes.
        Commas = "comma-list",
    }
}

choice! {
    /// What stands for a `noRetryPolicy` without codes.
    NoRetryNone {
        /// No such key.
        #[default]
        Absent = "absent",
        /// `null`.
        Null = "null",
        /// `""`.
        EmptyText = "empty-string",
        /// A list without entries, in the form of `no-retry-form`.
        EmptyList = "empty-list",
    }
}

choice! {
    /// Blanks inside `policyJson`.
    Spaces {
        /// None.
        #[default]
        None = "none",
        /// After commas and colons.
        Inside = "inside",
    }
}

choice! {
    /// Fields that the retry policy's own tables do not know.
    ExtraFields {
        /// None.
        #[default]
        None = "none",
        /// `busiPolicy` and two unknown fields.
        Some = "some",
    }
}

choice! {
    /// The fields around `data`.
    EnvelopeFields {
        /// `resultCode`, `resultDesc`, `returnCode`, `returnDesc`.
        #[default]
        Both = "both",
        /// Without `returnCode` and `returnDesc`, as generation A documents.
        ResultOnly = "result-only",
    }
}

choice! {
    /// What `data` is for a campaign whose policy was never set.
    Unset {
        /// `null`.
        #[default]
        Null = "null",
        /// No such key.
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
    /// Whether the server has the query at all.
    Query {
        /// It has.
        #[default]
        Served = "served",
        /// 404, without the interface's envelope.
        NotFound = "404",
        /// 405, without the interface's envelope.
        MethodNotAllowed = "405",
    }
}
