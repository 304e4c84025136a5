//! Recorded lists, from which any page can be served.
//!
//! The numbers of entries in a report are replaced like all others, so they are counted anew.

use std::collections::BTreeMap;

use super::file::RecordedReply;
use crate::{api::page, http::Reply, json::Node};

/// The parameters of a query for the number and the size of a page, which are also members of replies.
const NUMBERS: [&str; 2] = ["curPage", "pageNum"];
const SIZES: [&str; 2] = ["rowsPerPage", "pageSize"];

/// Members with the number of all entries.
const TOTALS: [&str; 2] = ["totalCount", "totalSize"];

/// A list of which some pages were recorded.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    pages: BTreeMap<i64, Vec<Node>>,
    /// The reply with the first page that was recorded.
    form: Option<RecordedReply>,
}

// === impl List ===

impl List {
    /// Returns the number of the page that a reply shows, if it shows one.
    pub(super) fn page(query: &[(String, String)], reply: &RecordedReply) -> Option<i64> {
        let json = reply.body.json.as_ref()?;
        entries(json)?;
        parameter(query, &NUMBERS)
    }

    pub(super) fn add(&mut self, number: i64, reply: &RecordedReply) {
        let rows = reply.body.json.as_ref().and_then(entries);
        if let Some((_, rows)) = rows {
            self.pages.entry(number).or_insert_with(|| rows.to_vec());
        }
        self.form.get_or_insert_with(|| reply.clone());
    }

    /// Returns the page that a query asks for.
    pub(super) fn answer(&self, query: &[(String, String)]) -> Option<Reply> {
        let form = self.form.as_ref()?;
        let mut json = form.body.json.clone()?;
        let all: Vec<&Node> = self.pages.values().flatten().collect();
        let number = parameter(query, &NUMBERS)?;
        let size = parameter(query, &SIZES).unwrap_or(10).max(1);
        let total = all.len();
        let rows: Vec<Node> = page(all, number, size).cloned().collect();
        let (place, _) = entries(&json)?;
        if let Node::Object(members) = &mut json {
            if let Some((_, entries)) = members.get_mut(place) {
                *entries = Node::List(rows);
            }
            for (name, value) in members {
                let is_one_of =
                    |names: &[&str]| names.iter().any(|one| name.eq_ignore_ascii_case(one));
                if is_one_of(&TOTALS) {
                    set(value, &total.to_string());
                } else if is_one_of(&NUMBERS) {
                    set(value, &number.to_string());
                } else if is_one_of(&SIZES) {
                    set(value, &size.to_string());
                }
            }
        }
        Some(form.with_body(form.body.with_json(&json)))
    }
}

/// Returns whether a parameter of a query asks for a page.
pub(super) fn is_page_parameter(name: &str) -> bool {
    NUMBERS.contains(&name) || SIZES.contains(&name)
}

/// Returns the entries of a list in a reply, and the place of the member with them.
pub(super) fn entries(json: &Node) -> Option<(usize, &[Node])> {
    let mut members = json.members().iter().enumerate();
    members.find_map(|(place, (_, value))| match value {
        Node::List(entries) => Some((place, entries.as_slice())),
        _ => None,
    })
}

fn parameter(query: &[(String, String)], names: &[&str]) -> Option<i64> {
    let (_, value) = query
        .iter()
        .find(|(name, _)| names.contains(&name.as_str()))?;
    value.parse().ok().filter(|number| *number > 0)
}

/// Sets a number in the form that it has.
fn set(value: &mut Node, number: &str) {
    match value {
        Node::Number(digits) | Node::Text(digits) => number.clone_into(digits),
        _ => {}
    }
}
