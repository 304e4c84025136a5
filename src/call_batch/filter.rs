//! The filters of the lists of call batches.

use isales_client::call_batch::CallBatchFilter;
use tfplugin::{
    model::Attr,
    schema::{Attribute, Validator},
};

/// The filter arguments of a model.
pub(super) struct Filters<'a> {
    pub(super) name: &'a Attr<String>,
    pub(super) status: Attr<i64>,
}

// === impl Filters ===

impl Filters<'_> {
    /// Returns the arguments for a schema.
    pub(super) fn attributes() -> Vec<Attribute> {
        vec![
            Attribute::string(
                "name",
                "List only call batches whose name matches this text (`name`). The server matches \
                 fuzzily.",
            )
            .validator(Validator::not_empty()),
            Attribute::number(
                "status",
                "List only call batches in this status (`status`): `1` started, `2` suspended.",
            )
            .validator(Validator::positive()),
        ]
    }

    /// Converts the arguments into the filter of a request.
    pub(super) fn to_filter(&self) -> CallBatchFilter {
        CallBatchFilter {
            name: self.name.clone().known(),
            status: self.status.known().map(Into::into),
        }
    }
}
