//! The titles of findings.

titles! {
    /// The title of a finding, in a few words.
    pub(crate) enum RuleTitle {
        MissingArgument = "Missing Argument",
        UnsupportedValue = "Unsupported Value",
        IntegerOutOfRange = "Integer Out Of Range",
        MissingNumberType = "Missing Number Type",
        NumberTypeInGlobalPolicy = "Number Type In A Global Policy",
        ManyElementsInGlobalPolicy = "More Than One Element In A Global Policy",
        ResultPolicyInCommonPolicy = "Result Policy In A Common Policy",
        CommonPolicyInResultPolicy = "Common Policy In A Result Policy",
        NoRetryPolicyWithNumberTypes = "No-Retry Policy With Number Type Matching",
        DuplicateValue = "Duplicate Value",
        EmptyList = "Empty List",
        NullInList = "Null In A List",
        EmptyString = "Empty String",
        InvalidCharacter = "Invalid Character",
        UnlikelyNumberType = "Unlikely Number Type",
        UnlikelyResultCode = "Unlikely Result Code",
    }
}
