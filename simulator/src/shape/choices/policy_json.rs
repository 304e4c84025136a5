//! How `policyJson` is written.

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
        /// The posted text, byte for byte. The other keys do not apply to it.
        AsPosted = "as-posted" is Clear,
        /// Single quotes, and `''policy'` as in the third example of the reference.
        Misprint = "misprint" is Clear,
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
        /// In both places.
        Both = "both" is Clear,
        /// In both places, with other numbers under `policy`.
        Contradicting = "contradicting" is Unreadable,
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
        /// The first one last.
        Rotated = "rotated" is Clear,
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
        /// With a fraction of zero, such as `2.0`.
        Decimals = "decimals" is Clear,
        /// As strings with a fraction of zero.
        DecimalStrings = "decimal-strings" is Clear,
        /// With an exponent, such as `2e0`.
        Exponents = "exponents" is Clear,
    }
}

choice! {
    /// Integers that are 0.
    Zeros {
        /// Written like other integers.
        #[default]
        Written = "written",
        /// `type` is omitted.
        TypeOmitted = "type-omitted" is Clear,
        /// Every integer that is 0 is omitted.
        Omitted = "omitted" is Doubtful,
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
        /// Both names, with the same number.
        Both = "both" is Clear,
        /// Both names, `retryTime` with `null`.
        WithNull = "with-null" is Clear,
        /// Both names, `retryTime` with 0.
        WithZero = "with-zero" is Clear,
        /// Both names, `retryTime` with -1.
        WithMinusOne = "with-minus-one" is Clear,
        /// Both names, `retryTime` with a number that is greater by 1.
        Contradicting = "contradicting" is Unreadable,
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
