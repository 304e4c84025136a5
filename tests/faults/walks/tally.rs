//! Counts of walks, by class of reply.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::{
    form::{Class, Form},
    outcome::{Outcome, Way},
};

/// The outcomes of walks.
#[derive(Debug, Default)]
pub(super) struct Tally {
    rows: BTreeMap<Class, Row>,
    /// Forms of which a walk had to work without a way out, and took one.
    unread: BTreeSet<String>,
    /// Forms with a walk that took a way out.
    with_way_out: BTreeSet<String>,
    /// Forms with a walk that was refused.
    refused: BTreeSet<String>,
    /// Servers that keep something else, and refused nothing.
    unnoticed: BTreeSet<String>,
    stuck: Vec<String>,
}

#[derive(Debug, Default)]
struct Row {
    forms: usize,
    walks: usize,
    worked: usize,
    /// Walks that needed a way out and were not refused.
    ways_out: usize,
    /// Walks that took each.
    ways: BTreeMap<Way, usize>,
    refused: usize,
    stuck: usize,
}

// === impl Tally ===

impl Tally {
    pub(super) fn add(&mut self, form: &Form, outcomes: &[Outcome]) {
        let row = self.rows.entry(form.class).or_default();
        row.forms += 1;
        for outcome in outcomes {
            row.add(outcome);
            if outcome.has_to_work && !outcome.ways.is_empty() {
                self.unread
                    .insert(format!("{}: {:?}", form.name, outcome.ways));
            }
            if !outcome.refusals.is_empty() {
                self.refused.insert(form.name.clone());
            } else if !outcome.ways.is_empty() {
                self.with_way_out.insert(form.name.clone());
            }
            self.stuck.extend_from_slice(&outcome.stuck);
        }
        if form.class == Class::KeepsOther && !self.refused.contains(&form.name) {
            self.unnoticed.insert(form.name.clone());
        }
    }

    /// Fails if a walk was stuck, or took a way out although the replies can be read.
    pub(super) fn check(&self) {
        assert!(self.stuck.is_empty(), "{}", self.stuck.join("\n"));
        assert!(self.unread.is_empty(), "{:#?}", self.unread);
        assert!(self.unnoticed.is_empty(), "{:#?}", self.unnoticed);
    }

    /// As Markdown.
    pub(super) fn to_table(&self) -> String {
        let mut table =
            String::from("| replies | forms | walks | worked throughout | with a way out ");
        for way in Way::ALL {
            let _ = write!(table, "| `{}` ", way.text());
        }
        table.push_str("| refused | stuck |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        let mut sum = Row::default();
        for class in Class::ALL {
            if let Some(row) = self.rows.get(&class) {
                row.write_to(&mut table, class.name());
                sum.add_row(row);
            }
        }
        sum.write_to(&mut table, "all");
        for (what, forms) in [
            ("Refused", &self.refused),
            ("With a way out", &self.with_way_out),
        ] {
            let names: Vec<_> = forms.iter().map(|name| format!("`{name}`")).collect();
            let _ = writeln!(table, "\n{what} ({}): {}.", names.len(), names.join(", "));
        }
        table
    }
}

// === impl Row ===

impl Row {
    fn add(&mut self, outcome: &Outcome) {
        self.walks += 1;
        let count = if !outcome.stuck.is_empty() {
            &mut self.stuck
        } else if !outcome.refusals.is_empty() {
            &mut self.refused
        } else if !outcome.ways.is_empty() {
            &mut self.ways_out
        } else {
            &mut self.worked
        };
        *count += 1;
        for way in &outcome.ways {
            *self.ways.entry(*way).or_default() += 1;
        }
    }

    fn add_row(&mut self, other: &Self) {
        self.forms += other.forms;
        self.walks += other.walks;
        self.worked += other.worked;
        self.ways_out += other.ways_out;
        for (way, walks) in &other.ways {
            *self.ways.entry(*way).or_default() += walks;
        }
        self.refused += other.refused;
        self.stuck += other.stuck;
    }

    fn write_to(&self, table: &mut String, name: &str) {
        let Self {
            forms,
            walks,
            worked,
            ways_out,
            refused,
            stuck,
            ways,
        } = self;
        let _ = write!(
            table,
            "| {name} | {forms} | {walks} | {worked} | {ways_out} "
        );
        for way in Way::ALL {
            let walks = ways.get(&way).copied().unwrap_or_default();
            let _ = write!(table, "| {walks} ");
        }
        let _ = writeln!(table, "| {refused} | {stuck} |");
    }
}
