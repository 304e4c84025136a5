//! The envelope of a reply.

choice! {
    /// Fields of the envelope.
    EnvelopeFields {
        /// `resultCode`, `resultDesc`, `returnCode`, `returnDesc`.
        #[default]
        Both = "both",
        /// `resultCode` and `resultDesc` only, as generation A documents.
        ResultOnly = "result-only",
        /// `returnCode` and `returnDesc` only.
        ReturnOnly = "return-only" is Clear,
        /// All, `returnCode` with `""`.
        EmptyReturnCode = "empty-return-code" is Clear,
        /// All, `returnCode` with `null`.
        NullReturnCode = "null-return-code" is Clear,
        /// All, `resultCode` with `""`.
        EmptyResultCode = "empty-result-code" is Clear,
    }
}

choice! {
    /// Member of the envelope that contains the policy.
    DataKey {
        /// `data`.
        #[default]
        Data = "data",
        /// `returnObject`, as in the reply for one campaign.
        ReturnObject = "return-object" is Doubtful,
        /// `returnObject`, after `"data":null`.
        ReturnObjectAfterNull = "return-object-after-null" is Doubtful,
    }
}
