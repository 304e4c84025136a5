//! What was measured: kept as JSON, so that the page can be written again without measuring.

use std::{collections::BTreeMap, fs, path::Path};

use serde::{Deserialize, Serialize};

/// All sections, by name.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Figures(pub BTreeMap<String, Section>);

/// One section of the page.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Section {
    /// The machine's load average over a minute, before and after.
    pub load: (f64, f64),
    pub rows: Vec<Row>,
    /// Curves by name: points of x and y.
    pub series: BTreeMap<String, Vec<(f64, f64)>>,
}

/// One measurement.
#[derive(Debug, Serialize, Deserialize)]
pub struct Row {
    pub what: String,
    pub unit: Unit,
    /// The median of this many runs.
    pub runs: usize,
    pub value: f64,
    pub yardstick: Option<Yardstick>,
}

/// What the same thing costs without the provider.
#[derive(Debug, Serialize, Deserialize)]
pub struct Yardstick {
    pub what: String,
    pub value: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    Seconds,
    Bytes,
    Count,
    PerSecond,
}

// === impl Figures ===

impl Figures {
    /// What was measured last; nothing if there is no such file.
    pub fn load(path: &Path) -> Self {
        fs::read(path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    pub fn save(&self, path: &Path) {
        let json = serde_json::to_vec_pretty(self).expect("figures are JSON");
        fs::write(path, json).expect("the figures can be kept");
    }

    /// The value of a row, and of its yardstick.
    pub fn find(&self, section: &str, what: &str) -> Option<(f64, f64)> {
        let rows = &self.0.get(section)?.rows;
        let row = rows.iter().find(|row| row.what == what)?;
        let yardstick = row.yardstick.as_ref().map_or(f64::NAN, |one| one.value);
        Some((row.value, yardstick))
    }
}

// === impl Section ===

impl Section {
    /// Adds the medians of runs taken in turn.
    pub fn compare(&mut self, what: impl Into<String>, ours: &[f64], than: &str, theirs: &[f64]) {
        self.rows.push(Row {
            what: what.into(),
            unit: Unit::Seconds,
            runs: ours.len(),
            value: crate::statistics::median(ours),
            yardstick: Some(Yardstick {
                what: than.to_owned(),
                value: crate::statistics::median(theirs),
            }),
        });
    }

    /// Adds a figure that has no yardstick.
    pub fn state(&mut self, what: impl Into<String>, unit: Unit, values: &[f64]) {
        self.rows.push(Row {
            what: what.into(),
            unit,
            runs: values.len(),
            value: crate::statistics::median(values),
            yardstick: None,
        });
    }

    pub fn point(&mut self, series: &str, x: f64, y: f64) {
        let series = self.series.entry(series.to_owned()).or_default();
        series.push((x, y));
    }
}

// === impl Row ===

impl Row {
    pub fn ratio(&self) -> Option<f64> {
        Some(self.value / self.yardstick.as_ref()?.value)
    }
}

// === impl Unit ===

impl Unit {
    /// A value as people read it.
    pub fn show(self, value: f64) -> String {
        match self {
            Self::Seconds if value < 1e-6 => format!("{:.0} ns", value * 1e9),
            Self::Seconds if value < 1e-3 => format!("{:.1} µs", value * 1e6),
            Self::Seconds if value < 1.0 => format!("{:.2} ms", value * 1e3),
            Self::Seconds => format!("{value:.2} s"),
            Self::Bytes if value < 1e4 => format!("{value:.0} B"),
            Self::Bytes if value < 1e6 => format!("{:.1} kB", value / 1e3),
            Self::Bytes => format!("{:.2} MB", value / 1e6),
            Self::Count => format!("{value:.0}"),
            Self::PerSecond => format!("{value:.0}/s"),
        }
    }
}
