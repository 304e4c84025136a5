//! The values that a report keeps, because the shape of a server is made of them.

use std::collections::HashSet;

use super::secret::Secret;

/// The values that are kept, and those that must not be found in any part.
#[derive(Debug)]
pub(super) struct Keep {
    result_codes: HashSet<&'static str>,
    secrets: Vec<Secret>,
}

/// Members whose values are kept if they are numbers or words.
const KEPT_MEMBERS: [&str; 3] = ["policytype", "type", "status"];

/// Members whose values are kept if the API reference lists them.
const CODE_MEMBERS: [&str; 2] = ["resultcode", "returncode"];

/// Parameters of a request by which this program asks for a page.
const PAGE_PARAMETERS: [&str; 6] = [
    "curPage",
    "limit",
    "offset",
    "pageNum",
    "pageSize",
    "rowsPerPage",
];

/// The longest name of a member or header that is kept, and the longest number in each.
const LONGEST_NAME: usize = 40;
const LONGEST_NUMBER_IN_NAME: usize = 2;
const LONGEST_NUMBER_IN_HEADER: usize = 4;

/// The length of a part of a signature, which has 64 digits, that says enough to find it.
const NOTABLE_PART: usize = 16;

/// The longest value of a member of [`KEPT_MEMBERS`].
const LONGEST_KEPT: usize = 24;

/// The parts of the API's paths that are no IDs.
const PATH_WORDS: [&str; 32] = [
    "rest",
    "isales",
    "v1",
    "v2",
    "openapi",
    "campaigns",
    "retryPolicy",
    "callNoType",
    "query",
    "callbatch",
    "create",
    "update",
    "delete",
    "modify",
    "list",
    "pause",
    "resume",
    "holiday",
    "queryOBSResults",
    "queryOBSResultCode",
    "queryBusinessResults",
    "queryObsResultDetail",
    "createObResult",
    "updateObResult",
    "deleteObsResult",
    "callresult",
    "calldata",
    "callerNo",
    "blocklist",
    "appoint",
    "add",
    "addBusinessResult",
];

// === impl Keep ===

impl Keep {
    /// Secrets are values as a whole, whatever characters they contain.
    pub(super) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut secrets: Vec<Secret> = secrets
            .into_iter()
            .filter(|secret| !secret.is_empty())
            .map(Secret::new)
            .collect();
        // A secret may contain another.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.characters().len()));
        Self {
            result_codes: isales_client::result_codes().collect(),
            secrets,
        }
    }

    /// Returns the secrets, the longest first.
    pub(super) fn secrets(&self) -> &[Secret] {
        &self.secrets
    }

    /// Returns whether a text that would be kept contains a secret or a signature.
    pub(super) fn has_secret(&self, text: &str) -> bool {
        has_signature(text) || self.secrets.iter().any(|secret| secret.is_in(text))
    }

    /// Returns whether the name of a member is kept: it looks like a name and not like an ID.
    pub(super) fn name(&self, name: &str) -> bool {
        let is_part_a_number = || {
            name.split(['_', '-', '.'])
                .any(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        is_name(name, LONGEST_NUMBER_IN_NAME) && !is_part_a_number() && !self.has_secret(name)
    }

    /// Returns whether the name of a header is kept.
    pub(super) fn header_name(&self, name: &str) -> bool {
        is_name(name, LONGEST_NUMBER_IN_HEADER) && !self.has_secret(name)
    }

    /// Returns whether the value of a member is kept.
    pub(super) fn value(&self, member: &str, value: &str) -> bool {
        let member: String = member
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|character| character.to_ascii_lowercase())
            .collect();
        let value = value.trim();
        if self.has_secret(value) {
            return false;
        }
        if KEPT_MEMBERS.contains(&member.as_str()) {
            let is_number = value.len() <= 6 && serde_json::from_str::<f64>(value).is_ok();
            let is_word = value.len() <= LONGEST_KEPT
                && value
                    .bytes()
                    .all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-'));
            return is_number || is_word;
        }
        CODE_MEMBERS.contains(&member.as_str()) && self.result_codes.contains(value)
    }
}

/// Returns whether a text looks like a name, without numbers that are longer.
fn is_name(name: &str, longest_number: usize) -> bool {
    name.len() <= LONGEST_NAME
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        && name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .split(|character: char| !character.is_ascii_digit())
            .all(|number| number.len() <= longest_number)
}

/// Returns whether a text contains a good part of a signature, or of another number in hexadecimal.
fn has_signature(text: &str) -> bool {
    text.split(|character: char| !character.is_ascii_hexdigit())
        .any(|run| run.len() >= NOTABLE_PART && run.contains(|c: char| c.is_ascii_digit()))
}

/// Returns whether a part of a path is kept.
pub(super) fn keeps_path_word(word: &str) -> bool {
    PATH_WORDS.contains(&word)
}

/// Returns whether the value of a request's parameter is kept: it is a number of this program's own.
pub(super) fn keeps_parameter(name: &str, value: &str) -> bool {
    PAGE_PARAMETERS.contains(&name) && value.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_and_ids_are_not() {
        let keep = Keep::new([]);
        for name in [
            "resultCode",
            "RESULT_CODE",
            "_x",
            "busi-policy",
            "v2",
            "md5",
        ] {
            assert!(keep.name(name), "{name}");
        }
        for name in [
            "46",
            "campaign_46",
            "campaign-7",
            "acme2025",
            "Acme Ltd",
            "",
            "北京",
            "a@b",
        ] {
            assert!(!keep.name(name), "{name}");
        }
        assert!(!keep.name(&"x".repeat(41)));
    }

    #[test]
    fn a_name_with_a_secret_is_not_kept() {
        let keep = Keep::new(["EXAMPLEAK", "mk-Secret/8+q", "localhost", "me"]);
        for name in ["x-request-id", "resultCode", "retryTimes", "server", "etag"] {
            assert!(keep.name(name) && keep.header_name(name), "{name}");
        }
        for name in [
            "EXAMPLEAK",
            "xExampleAkName",
            "x-exampleak",
            "x-example-ak",
            "x-mk-secret-8-q",
            "localhost",
            "X_LOCALHOST",
            "x-me",
            "x-deadbeefdeadbee1",
        ] {
            assert!(!keep.name(name) && !keep.header_name(name), "{name}");
        }
        for name in ["x-b3-2026", "x-amz-cf-id"] {
            assert!(keep.header_name(name), "{name}");
        }
        let signature = format!("x-{}", "4551592361073e09".repeat(4));
        for name in ["x-20260102", "x-%41", signature.as_str()] {
            assert!(!keep.header_name(name), "{name}");
        }
    }

    #[test]
    fn the_values_that_a_shape_is_made_of_are_kept() {
        let keep = Keep::new([]);
        for (member, value) in [
            ("policyType", "0"),
            ("POLICYTYPE", "-1"),
            ("type", "1.0"),
            ("type", "1e0"),
            ("status", "2"),
            ("policy_type", "global"),
            ("resultCode", "0200-01"),
            ("returnCode", "0200000"),
        ] {
            assert!(keep.value(member, value), "{member} {value}");
        }
        for (member, value) in [
            ("status", "ask Ms Smith"),
            ("status", "20250102"),
            ("resultCode", "002"),
            ("resultDesc", "0200-01"),
            ("campaignId", "2"),
        ] {
            assert!(!keep.value(member, value), "{member} {value}");
        }
        let keep = Keep::new(["exampleak", "98765"]);
        for (member, value) in [("status", "EXAMPLEAK"), ("type", "98765")] {
            assert!(!keep.value(member, value), "{member} {value}");
        }
    }
}
