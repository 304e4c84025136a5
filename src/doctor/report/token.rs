//! The values of a report, and what stands in for each.
//!
//! A stand-in is drawn at random among all values of the same form, without a look at the value
//! itself. So nothing in a report leads back to a value but its form, and where else it occurs.

use std::collections::{HashMap, HashSet};

use fastrand::Rng;

use super::form::Form;

/// A value in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TokenId(usize);

/// The values of a report.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    ids: HashMap<Token, TokenId>,
    /// The values in the order of their first occurrence.
    all: Vec<Token>,
}

/// What stands in for each value.
#[derive(Debug)]
pub(super) struct StandIns(Vec<String>);

/// A value and its form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Token {
    form: Form,
    text: String,
}

// === impl Tokens ===

impl Tokens {
    /// Adds a value, unless it is known.
    pub(super) fn add(&mut self, form: Form, text: String) -> TokenId {
        let token = Token { form, text };
        let next = TokenId(self.all.len());
        let all = &mut self.all;
        *self.ids.entry(token).or_insert_with_key(|token| {
            all.push(token.clone());
            next
        })
    }

    /// Draws a stand-in for each value: the same form, no two the same, and as far as there are enough
    /// values of the form, none that is a value itself.
    pub(super) fn draw(&self, rng: &mut Rng) -> StandIns {
        let mut by_form: HashMap<&Form, Vec<(usize, &str)>> = HashMap::new();
        let mut forms = Vec::new();
        for (index, token) in self.all.iter().enumerate() {
            let of_form = by_form.entry(&token.form).or_insert_with(|| {
                forms.push(&token.form);
                Vec::new()
            });
            of_form.push((index, token.text.as_str()));
        }
        let mut stand_ins = vec![String::new(); self.all.len()];
        // In the order of the values: that of a map differs between runs with the same seed.
        for form in forms {
            let Some(values) = by_form.get(form) else {
                continue;
            };
            for (index, stand_in) in draw(form, values, rng) {
                if let Some(place) = stand_ins.get_mut(index) {
                    *place = stand_in;
                }
            }
        }
        StandIns(stand_ins)
    }
}

fn draw(form: &Form, values: &[(usize, &str)], rng: &mut Rng) -> Vec<(usize, String)> {
    let is_roomy = form
        .size()
        .is_none_or(|size| size / 2 > values.len() as u64);
    if !is_roomy {
        return shift(form, values, rng);
    }
    let mut taken: HashSet<String> = values
        .iter()
        .map(|(_, value)| value.to_lowercase())
        .collect();
    values
        .iter()
        .map(|(index, _)| {
            let stand_in = loop {
                let candidate = form.random(rng);
                if !is_keyword(&candidate) && taken.insert(candidate.to_lowercase()) {
                    break candidate;
                }
            };
            (*index, stand_in)
        })
        .collect()
}

/// Gives each value the next one in a random order of all values of the form.
fn shift(form: &Form, values: &[(usize, &str)], rng: &mut Rng) -> Vec<(usize, String)> {
    let mut ring = form.all();
    rng.shuffle(&mut ring);
    let next: HashMap<&str, &str> = ring
        .iter()
        .zip(ring.iter().skip(1).chain(ring.first()))
        .map(|(value, next)| (value.as_str(), next.as_str()))
        .collect();
    values
        .iter()
        .map(|(index, value)| {
            let stand_in = next.get(value).copied().unwrap_or_default();
            (*index, stand_in.to_owned())
        })
        .collect()
}

/// Returns whether a word means something to a reader of JSON or of codes.
fn is_keyword(text: &str) -> bool {
    ["null", "true", "false"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
        // Result codes of the API, after their zero.
        || text.starts_with("20000")
}

// === impl StandIns ===

impl StandIns {
    pub(super) fn get(&self, id: TokenId) -> &str {
        self.0.get(id.0).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(values: &[&str]) -> Vec<String> {
        let mut tokens = Tokens::default();
        let ids: Vec<_> = values
            .iter()
            .map(|value| tokens.add(Form::of_word(value), (*value).to_owned()))
            .collect();
        let stand_ins = tokens.draw(&mut Rng::with_seed(7));
        ids.iter().map(|id| stand_ins.get(*id).to_owned()).collect()
    }

    #[test]
    fn every_value_of_a_small_form_can_be_replaced() {
        let digits: Vec<String> = (1..=7).map(|digit| digit.to_string()).collect();
        let digits: Vec<&str> = digits.iter().map(String::as_str).collect();
        let drawn = drawn(&digits);
        let distinct: HashSet<_> = drawn.iter().collect();
        assert_eq!(distinct.len(), digits.len());
        assert!(
            digits
                .iter()
                .zip(&drawn)
                .all(|(value, other)| value != other)
        );
    }

    #[test]
    fn where_there_is_room_no_stand_in_is_a_value() {
        let values: Vec<String> = (100..400).map(|number| number.to_string()).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let drawn = drawn(&values);
        assert!(drawn.iter().all(|other| !values.contains(&other.as_str())));
    }

    #[test]
    fn a_known_value_keeps_its_number() {
        let mut tokens = Tokens::default();
        let one = tokens.add(Form::of_word("ST"), "ST".to_owned());
        let other = tokens.add(Form::of_word("SI"), "SI".to_owned());
        assert_eq!(tokens.add(Form::of_word("ST"), "ST".to_owned()), one);
        assert_ne!(one, other);
    }
}
