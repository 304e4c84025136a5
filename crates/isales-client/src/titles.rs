//! All titles that a message of this crate can have.

use crate::{call_result, campaign, error, number_type, retry_policy};

/// Lists the titles of all errors and findings, some of them more than once: the list that
/// documentation can be checked against.
pub fn titles() -> impl Iterator<Item = &'static str> {
    let operations = [
        call_result::OPERATIONS,
        campaign::OPERATIONS,
        number_type::OPERATIONS,
        retry_policy::OPERATIONS,
    ];
    error::titles()
        .chain(
            operations
                .into_iter()
                .flatten()
                .flat_map(|operation| operation.titles()),
        )
        .chain(retry_policy::rules::titles())
}
