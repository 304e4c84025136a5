//! The special dates of a campaign.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::json::Node;

/// A special date, with the members of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SpecialDate {
    /// `name`, unique in the campaign.
    pub name: String,
    /// `type`: 1 by week, 2 by date, 3 by date and repeating.
    #[serde(rename = "type")]
    pub date_type: i64,
    /// `week`: days from 1 to 7, separated by commas.
    #[serde(default)]
    pub week: Option<String>,
    /// `beginTime`.
    #[serde(default)]
    pub begin_time: Option<String>,
    /// `endTime`.
    #[serde(default)]
    pub end_time: Option<String>,
}

/// The special dates of a campaign, by ID. They belong to the campaign.
#[derive(Clone, Debug, Default)]
pub(super) struct SpecialDates(pub(super) BTreeMap<i64, SpecialDate>);

// === impl SpecialDate ===

impl SpecialDate {
    /// Returns the entry of a list. Members without a value are `null`, as in the example.
    pub(super) fn row(&self, id: i64) -> Node {
        let optional = |text: &Option<String>| text.as_ref().map_or(Node::Null, Node::text);
        Node::object([
            ("id", Node::number(id)),
            ("name", Node::text(&self.name)),
            ("type", Node::number(self.date_type)),
            ("week", optional(&self.week)),
            ("beginTime", optional(&self.begin_time)),
            ("endTime", optional(&self.end_time)),
        ])
    }
}
