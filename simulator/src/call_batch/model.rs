//! The model of a call batch (cec_07_0770).

use serde::{Deserialize, Serialize};

use crate::api::{Refusal, ResultCode, empty};

/// A call batch as seen by tests and the admin interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptCallBatch {
    /// `id`: 30 digits.
    pub id: String,
    /// `name`.
    pub name: String,
    /// `status`: 1 started, 2 suspended. Tests may set another number.
    pub status: i64,
}

/// `status` of a batch that is started.
pub(super) const STARTED: i64 = 1;

/// `status` of a batch that is suspended.
pub(super) const SUSPENDED: i64 = 2;

/// The longest name, in characters.
const LONGEST_NAME: usize = 255;

/// Characters that a name must not have.
const FORBIDDEN: &str = "<>!@#$%^&*?;\"~/\\";

/// Checks a name.
pub(super) fn check_name(name: &str) -> Result<(), Refusal> {
    if name.is_empty() {
        return Err(empty("name"));
    }
    if name.chars().count() > LONGEST_NAME {
        let detail = format!("name must have at most {LONGEST_NAME} characters.");
        return Err(Refusal::new(ResultCode::TooLong, detail));
    }
    if name.contains(|c| FORBIDDEN.contains(c)) {
        let detail = format!("name must not contain any of {FORBIDDEN}");
        return Err(Refusal::new(ResultCode::InvalidCharacters, detail));
    }
    Ok(())
}

/// Returns the ID of the batch with this number. Like those of the examples it has 30 digits, of
/// which the first 13 look like milliseconds.
pub(super) fn id(number: u64) -> String {
    format!("{}{number:017}", 1_747_120_342_114_u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_the_length_of_the_example() {
        let example = "174712034211433247704877116507";
        for number in [1, 123_456_789] {
            assert_eq!(id(number).len(), example.len());
        }
        assert_ne!(id(1), id(2));
    }

    #[test]
    fn names_follow_the_rules_of_the_page() {
        let code = |name: &str| check_name(name).map_err(|refusal| refusal.code);
        assert_eq!(code("Spring 2026 – batch_1 (é)"), Ok(()));
        assert_eq!(code(&"é".repeat(255)), Ok(()));
        assert_eq!(code(&"e".repeat(256)), Err(ResultCode::TooLong));
        assert_eq!(code(""), Err(ResultCode::Empty));
        for c in FORBIDDEN.chars() {
            assert_eq!(
                code(&format!("a{c}")),
                Err(ResultCode::InvalidCharacters),
                "{c}"
            );
        }
    }
}
