//! Which members a reply to a query has, and whether they can be read.

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
    /// Spelling of `dataType` and of the codes of `noRetryPolicy`.
    Names {
        /// As posted by the client.
        #[default]
        Kept = "kept",
        /// Followed by two spaces, as from a column of fixed width.
        Padded = "padded" is Clear,
        /// In Unicode's composed form (NFC).
        Nfc = "nfc" is Clear,
        /// In Unicode's decomposed form (NFD).
        Nfd = "nfd" is Clear,
    }
}

choice! {
    /// Letter case of members, such as `retryPolicyId`.
    LetterCase {
        /// As documented.
        #[default]
        Documented = "documented",
        /// `retrypolicyid`.
        Lower = "lower" is Doubtful,
        /// `RETRYPOLICYID`.
        Upper = "upper" is Doubtful,
        /// `RetryPolicyId`.
        Capitalized = "capitalized" is Doubtful,
    }
}

choice! {
    /// A member that no client can read.
    Defect {
        /// There is no such member.
        #[default]
        None = "none",
        /// `"policyType":"global"`.
        PolicyTypeWord = "policy-type-word" is Unreadable,
        /// `"policyType":2`.
        PolicyTypeUnknown = "policy-type-unknown" is Unreadable,
        /// `"policyJson":7`.
        PolicyJsonNumber = "policy-json-number" is Unreadable,
        /// `policyJson` is a string that is not JSON.
        PolicyJsonProse = "policy-json-prose" is Unreadable,
        /// The elements are strings.
        ElementText = "element-text" is Unreadable,
        /// `"type":2` in each element.
        TypeUnknown = "type-unknown" is Unreadable,
        /// Elements and results without their numbers of attempts.
        AttemptsMissing = "attempts-missing" is Unreadable,
        /// Numbers of attempts in lists.
        AttemptsList = "attempts-list" is Unreadable,
        /// Numbers of attempts that are not whole.
        AttemptsFraction = "attempts-fraction" is Unreadable,
        /// Numbers of attempts in words.
        AttemptsWord = "attempts-word" is Unreadable,
    }
}

choice! {
    /// The reply for a campaign whose policy was never set.
    Unset {
        /// `data` is `null`.
        #[default]
        Null = "null",
        /// `data` is omitted.
        Absent = "absent",
        /// `data` is `{}`.
        EmptyObject = "empty-object",
        /// `data` is an object of empty strings.
        EmptyStrings = "empty-strings",
        /// `data` is an object whose `policyJson` is `null`.
        NullPolicyJson = "null-policy-json",
        /// `data` is an object with `"policyType":-1` and `"policyJson":""`.
        NegativeType = "negative-type" is Clear,
        /// `data` is an object with `"policyJson":"[]"`.
        EmptyList = "empty-list" is Doubtful,
        /// Result code `0200001`, and a description that says so.
        ParameterError = "0200001" is Doubtful,
        /// 204 without a body.
        NoContent = "204" is Doubtful,
        /// 404 without the envelope of the API.
        NotFound = "404" is Doubtful,
    }
}

choice! {
    /// The reply to a query or POST for a campaign that does not exist.
    Gone {
        /// Result code `0200-01`, as the retry policy interfaces document.
        #[default]
        NoSuchCampaign = "0200-01",
        /// Result code `0200007`, as the other interfaces document.
        CampaignGone = "0200007" is Clear,
        /// 404 without the envelope of the API.
        NotFound = "404" is Doubtful,
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
