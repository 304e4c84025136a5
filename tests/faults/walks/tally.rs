//! Counts of walks, by class of reply.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::{
    form::{Class, Form},
    walk::{Outcome, Way},
};

/// The outcomes of walks.
#[derive(Debug, Default)]
pub(super) struct Tally {
    rows: BTreeMap<Class, Row>,
    /// Forms that have to be read, and were not in every step.
    unread: BTreeSet<String>,
    /// Forms whose every walk worked, although the server keeps something else.
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
    pub(super) fn add(&mut self, form: &Form, outcomes: Vec<Outcome>) {
        let row = self.rows.entry(form.class).or_default();
        row.forms += 1;
        let mut is_refused = false;
        for outcome in outcomes {
            row.add(&outcome);
            is_refused |= !outcome.refusals.is_empty();
            if form.has_to_be_read() && !outcome.ways.is_empty() {
                self.unread
                    .insert(format!("{}: {:?}", form.name, outcome.ways));
            }
            self.stuck.extend(outcome.stuck);
        }
        if form.class == Class::KeepsOther && !is_refused {
            self.unnoticed.insert(form.name.clone());
        }
    }

    pub(super) fn forms(&self) -> usize {
        self.rows.values().map(|row| row.forms).sum()
    }

    /// Fails if a walk was stuck, or another than was allowed to took a way out.
    pub(super) fn check(&self) {
        assert!(self.stuck.is_empty(), "{}", self.stuck.join("\n"));
        assert!(self.unread.is_empty(), "{:#?}", self.unread);
        assert!(self.unnoticed.is_empty(), "{:#?}", self.unnoticed);
    }

    pub(super) fn print(&self) {
        eprintln!("{}", self.to_table());
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
