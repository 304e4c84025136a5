//! The status of a campaign in descriptions.

/// The numbers of `status`.
pub(super) const STATUSES: &str = "`2` running, finished or not begun yet (the API does not tell \
                                   them apart), `3` suspended, `4` ended";
