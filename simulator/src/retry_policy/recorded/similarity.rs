//! Compares texts by the tokens that follow each other in them.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

/// The number of tokens that are compared together: enough for a value and the name of its member, in
/// quotes that are escaped.
const WINDOW: usize = 5;

/// The runs of tokens of a text, as hashes, each with its number of occurrences.
#[derive(Clone, Debug)]
pub(super) struct Runs(HashMap<u64, i32>);

// === impl Runs ===

impl Runs {
    pub(super) fn of(text: &str) -> Self {
        let tokens: Vec<u64> = tokens(text).into_iter().map(hash).collect();
        let mut runs = HashMap::new();
        for run in tokens.windows(WINDOW) {
            let run = run.iter().fold(0, |run: u64, token| {
                run.rotate_left(7).wrapping_mul(31) ^ token
            });
            *runs.entry(run).or_insert(0) += 1;
        }
        Self(runs)
    }

    /// Returns how alike two texts are: minus the number of runs that only one of them has.
    pub(super) fn likeness(&self, other: &Self) -> i32 {
        let only_mine = self.0.iter().map(|(run, count)| {
            let others = other.0.get(run).copied().unwrap_or(0);
            (count - others).abs()
        });
        let only_others = other
            .0
            .iter()
            .filter(|(run, _)| !self.0.contains_key(run))
            .map(|(_, count)| *count);
        -(only_mine.sum::<i32>() + only_others.sum::<i32>())
    }
}

fn hash(token: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    token.hash(&mut hasher);
    hasher.finish()
}

/// Splits a text into words, numbers and single characters.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if first.is_alphanumeric() {
            rest.find(|character: char| !character.is_alphanumeric())
        } else {
            Some(first.len_utf8())
        };
        let (token, after) = rest.split_at(end.unwrap_or(rest.len()));
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// Returns the text with a sign in the place of each letter and digit, apart from names.
pub(super) fn skeleton(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '0'..='9' => '9',
            character if character.is_lowercase() => 'a',
            character if character.is_uppercase() => 'A',
            character if character.is_alphabetic() => 'x',
            character => character,
        })
        .collect()
}
