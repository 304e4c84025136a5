//! How `noRetryPolicy` is written.

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
        /// A comma-separated string with spaces after the commas.
        SpacedCommas = "spaced-comma-list" is Clear,
        /// A string with semicolons, such as `006;007`.
        Semicolons = "semicolon-list" is Clear,
        /// A comma-separated string of codes in single quotes.
        Quoted = "quoted-list" is Clear,
    }
}

choice! {
    /// Order of the codes of `noRetryPolicy`.
    NoRetryOrder {
        /// As posted by the client.
        #[default]
        Kept = "kept",
        /// Reversed.
        Reversed = "reversed" is Clear,
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
