//! The bodies of writes, their members in the order of the API reference's examples.

use std::collections::BTreeSet;

use serde::Serialize;

use super::model::{CallResultDefinition, DefId};

/// The body of a create.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    result_code: Option<&'a str>,
    display_result: &'a str,
    obs_codes: &'a BTreeSet<String>,
}

/// The body of an update, which has no `resultCode`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChangedBody<'a> {
    def_id: &'a str,
    display_result: &'a str,
    obs_codes: &'a BTreeSet<String>,
}

// === impl NewBody ===

impl<'a> From<&'a CallResultDefinition> for NewBody<'a> {
    fn from(definition: &'a CallResultDefinition) -> Self {
        Self {
            result_code: definition.result_code.as_ref().map(|code| code.as_str()),
            display_result: &definition.display_result,
            obs_codes: &definition.obs_codes,
        }
    }
}

// === impl ChangedBody ===

impl<'a> ChangedBody<'a> {
    pub(super) fn new(def_id: &'a DefId, definition: &'a CallResultDefinition) -> Self {
        Self {
            def_id: def_id.as_str(),
            display_result: &definition.display_result,
            obs_codes: &definition.obs_codes,
        }
    }
}
