//! All titles that a message of this crate can have, and all result codes that it explains.

use std::iter;

use crate::{
    business_result, call_batch, call_result, campaign,
    error::{self, Operation, code::SUCCESS},
    number_type, obs_result_code, retry_policy, special_date,
};

/// Lists the titles of all errors and findings, some of them more than once: the list that
/// documentation can be checked against.
pub fn titles() -> impl Iterator<Item = &'static str> {
    error::titles()
        .chain(operations().flat_map(|operation| operation.titles()))
        .chain(retry_policy::rules::titles())
}

/// Lists the result codes that the API reference lists, success included, some of them more than
/// once.
pub fn result_codes() -> impl Iterator<Item = &'static str> {
    let errors = operations().flat_map(|operation| operation.result_codes());
    iter::once(SUCCESS).chain(errors)
}

/// Lists the operations of all objects.
fn operations() -> impl Iterator<Item = &'static Operation> {
    [
        business_result::OPERATIONS,
        call_batch::OPERATIONS,
        call_result::OPERATIONS,
        campaign::OPERATIONS,
        number_type::OPERATIONS,
        obs_result_code::OPERATIONS,
        retry_policy::OPERATIONS,
        special_date::OPERATIONS,
    ]
    .into_iter()
    .flatten()
    .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_in_title_case_and_without_a_full_stop() {
        for title in titles() {
            assert!(!title.is_empty() && !title.ends_with('.'), "{title}");
            for word in title.split(' ') {
                assert!(
                    word.starts_with(|c: char| c.is_ascii_uppercase()),
                    "{title}"
                );
            }
        }
    }

    #[test]
    fn result_codes_include_those_of_every_interface() {
        let all: Vec<_> = result_codes().collect();
        for code in ["0200000", "0200-01", "02000011", "0200022", "03000006"] {
            assert!(all.contains(&code), "{code}");
        }
    }

    #[test]
    fn every_operation_knows_the_code_of_a_throttle() {
        for operation in operations() {
            let mut titles = operation.titles();
            assert!(
                titles.any(|title| title == "Interface Called Too Fast"),
                "{operation}"
            );
        }
    }

    #[test]
    fn titles_include_those_of_errors_codes_and_findings() {
        let all: Vec<_> = titles().collect();
        for title in [
            "Signature Refused",
            "Unknown Error Code",
            "Campaign Has Ended",
            "Campaign Not Found",
            "Hour And Minute Not Set Together",
            "Duplicate Value",
        ] {
            assert!(all.contains(&title), "{title}");
        }
    }
}
