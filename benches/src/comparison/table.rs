//! Which differences count, and the table of a comparison.

use std::fmt::Write as _;

use crate::{
    figures::Unit,
    statistics::{median, ratio, spread},
};

/// A difference that never counts, however little a measurement spreads.
const TOLERATED: f64 = 0.03;

/// What was measured of A, of A again and of B, in the same rounds.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    pub base: Vec<f64>,
    pub again: Vec<f64>,
    pub other: Vec<f64>,
}

/// One measurement of both builds.
#[derive(Debug)]
pub struct Row {
    what: String,
    unit: Unit,
    runs: usize,
    base: f64,
    other: f64,
    ratio: f64,
    spread: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Same,
    /// B needs less, or does more in the same time.
    Better,
    Worse,
}

// === impl Sample ===

impl Sample {
    /// The values of one of the three, by its place.
    pub fn of(&mut self, build: usize) -> &mut Vec<f64> {
        match build {
            0 => &mut self.base,
            1 => &mut self.again,
            _ => &mut self.other,
        }
    }
}

// === impl Row ===

impl Row {
    pub fn new(what: impl Into<String>, unit: Unit, sample: &Sample) -> Self {
        Self {
            what: what.into(),
            unit,
            runs: sample.base.len(),
            base: median(&sample.base),
            other: median(&sample.other),
            ratio: ratio(&sample.base, &sample.other),
            spread: spread(&sample.base, &sample.again),
        }
    }

    pub fn verdict(&self) -> Verdict {
        let difference = self.ratio - 1.0;
        // A ratio that is not a number is no proof that nothing changed.
        if difference.abs() <= self.spread.max(TOLERATED) {
            return Verdict::Same;
        }
        let more_is_better = self.unit == Unit::PerSecond;
        match (difference > 0.0) == more_is_better {
            true => Verdict::Better,
            false => Verdict::Worse,
        }
    }
}

// === impl Verdict ===

impl Verdict {
    const fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Better => "B BETTER",
            Self::Worse => "B WORSE",
        }
    }
}

/// The rows in columns, as Markdown.
pub fn table(rows: &[Row]) -> String {
    let head = ["What", "Runs", "A", "B", "B / A", "A / A'", "Verdict"].map(str::to_owned);
    let mut lines = vec![head];
    lines.extend(rows.iter().map(|row| {
        [
            row.what.clone(),
            row.runs.to_string(),
            row.unit.show(row.base),
            row.unit.show(row.other),
            format!("{:.3}", row.ratio),
            format!("± {:.1} %", row.spread * 100.0),
            row.verdict().name().to_owned(),
        ]
    }));
    let widths: [usize; 7] = std::array::from_fn(|column| {
        let cells = lines.iter().map(|line| line[column].chars().count());
        cells.max().unwrap_or_default()
    });
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        for (column, (cell, width)) in line.iter().zip(widths).enumerate() {
            let _ = match is_text(column) {
                true => write!(text, "| {cell:<width$} "),
                false => write!(text, "| {cell:>width$} "),
            };
        }
        text.push_str("|\n");
        if index == 0 {
            for (column, width) in widths.into_iter().enumerate() {
                let end = if is_text(column) { '-' } else { ':' };
                let _ = write!(text, "|{}{end}", "-".repeat(width + 1));
            }
            text.push_str("|\n");
        }
    }
    text
}

const fn is_text(column: usize) -> bool {
    matches!(column, 0 | 6)
}

/// One line on all of them.
pub fn summary(rows: &[Row]) -> String {
    let beyond: Vec<&str> = rows
        .iter()
        .filter(|row| row.verdict() != Verdict::Same)
        .map(|row| row.what.as_str())
        .collect();
    let bound = format!("{:.0} % or the spread of A itself", TOLERATED * 100.0);
    match beyond.as_slice() {
        [] => format!("Every ratio is within {bound}."),
        _ => format!("Beyond {bound}: {}.", beyond.join("; ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(unit: Unit, [base, again, other]: [f64; 3]) -> Row {
        let [base, again, other] = [base, again, other].map(|value| vec![value; 5]);
        let sample = Sample { base, again, other };
        Row::new("what", unit, &sample)
    }

    fn verdict(unit: Unit, values: [f64; 3]) -> Verdict {
        row(unit, values).verdict()
    }

    #[test]
    fn three_percent_never_count() {
        for other in [97.1, 100.0, 102.9] {
            let values = [100.0, 100.0, other];
            assert_eq!(verdict(Unit::Seconds, values), Verdict::Same);
            assert_eq!(verdict(Unit::PerSecond, values), Verdict::Same);
        }
    }

    #[test]
    fn more_counts() {
        let [more, less] = [103.1, 96.9].map(|other| [100.0, 100.0, other]);
        for unit in [Unit::Seconds, Unit::Bytes, Unit::Count] {
            assert_eq!(verdict(unit, more), Verdict::Worse);
            assert_eq!(verdict(unit, less), Verdict::Better);
        }
        assert_eq!(verdict(Unit::PerSecond, more), Verdict::Better);
        assert_eq!(verdict(Unit::PerSecond, less), Verdict::Worse);
    }

    #[test]
    fn the_spread_of_one_build_does_not_count() {
        assert_eq!(verdict(Unit::Seconds, [100.0, 110.0, 109.0]), Verdict::Same);
        assert_eq!(verdict(Unit::Seconds, [100.0, 90.0, 109.0]), Verdict::Same);
        assert_eq!(
            verdict(Unit::Seconds, [100.0, 110.0, 113.0]),
            Verdict::Worse
        );
    }

    #[test]
    fn nothing_measured_is_not_the_same() {
        let empty = Row::new("what", Unit::Seconds, &Sample::default());
        assert_ne!(empty.verdict(), Verdict::Same);
    }

    #[test]
    fn the_table_is_aligned() {
        let rows = [
            row(Unit::Seconds, [1e-4, 1e-4, 1.5e-4]),
            row(Unit::PerSecond, [12_345.0; 3]),
        ];
        assert_eq!(
            table(&rows),
            "\
| What | Runs |        A |        B | B / A |  A / A' | Verdict |
|------|-----:|---------:|---------:|------:|--------:|---------|
| what |    5 | 100.0 µs | 150.0 µs | 1.500 | ± 0.0 % | B WORSE |
| what |    5 |  12345/s |  12345/s | 1.000 | ± 0.0 % | same    |
"
        );
        assert_eq!(
            summary(&rows),
            "Beyond 3 % or the spread of A itself: what."
        );
        assert_eq!(
            summary(&rows[1..]),
            "Every ratio is within 3 % or the spread of A itself."
        );
    }
}
