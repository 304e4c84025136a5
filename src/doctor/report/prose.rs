//! Values in text that has no structure: words, numbers, dates and times.

use super::{
    form::Form,
    keep::Keep,
    secret::Secret,
    text::{Glyph, Mark, percent_decoded, text_of},
};

/// The longest exponent that is kept.
const LONGEST_EXPONENT: usize = 3;

/// Marks every word, number, date and time.
pub(super) fn prose(glyphs: &[Glyph], keep: &Keep, marks: &mut Vec<Mark>) {
    let glyphs = percent_decoded(glyphs);
    let mut rest = glyphs.as_slice();
    let mut before: Option<char> = None;
    while let Some(first) = rest.first() {
        let is_start = !before.is_some_and(char::is_alphanumeric);
        let length = secret(rest, keep)
            .map(|length| marks_one(rest, length, marks))
            .or_else(|| is_start.then(|| moment(rest, marks)).flatten())
            .or_else(|| {
                let length = run(rest, char::is_alphanumeric);
                (length > 0).then(|| {
                    let length = up_to_secret(rest, length, keep);
                    word(rest.get(..length).unwrap_or_default(), marks);
                    length
                })
            })
            .unwrap_or(1);
        let passed = length.checked_sub(1).and_then(|last| rest.get(last));
        before = Some(passed.unwrap_or(first).character);
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// Marks a number, if it is one: its digits, and neither its sign nor its exponent. Returns whether it
/// is one.
pub(super) fn number(glyphs: &[Glyph], marks: &mut Vec<Mark>) -> bool {
    let text = text_of(glyphs);
    let exponent = text.split(['e', 'E']).nth(1).unwrap_or_default();
    // No number has a longer exponent. It would be kept.
    let is_number = exponent.trim_start_matches(['-', '+']).len() <= LONGEST_EXPONENT
        && text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && serde_json::from_str::<serde_json::Number>(&text).is_ok();
    if !is_number {
        return false;
    }
    let sign = usize::from(text.starts_with('-'));
    let unsigned = glyphs.get(sign..).unwrap_or_default();
    let (whole, rest) = unsigned.split_at(run(unsigned, |c| c.is_ascii_digit()));
    let mut fraction: &[Glyph] = &[];
    if let Some((point, after)) = rest.split_first()
        && point.character == '.'
    {
        let end = run(after, |c| c.is_ascii_digit());
        fraction = after.get(..end).unwrap_or_default();
    }
    let is_whole = fraction.iter().all(|digit| digit.character == '0');
    // Servers write them for a value that is not set.
    if sign == 1 && is_whole && whole.len() == 1 {
        return true;
    }
    // Zeros that an exponent may take away again stay zeros: the number stays whole.
    let has_negative_exponent =
        text.contains(['e', 'E']) && text.trim_start_matches('-').contains('-');
    let zeros = whole
        .iter()
        .rev()
        .take_while(|digit| has_negative_exponent && is_whole && digit.character == '0')
        .count();
    let end = whole.len().saturating_sub(zeros);
    digits(whole.get(..end).unwrap_or_default(), marks);
    digits(fraction, marks);
    true
}

/// Marks digits after their leading zeros.
fn digits(glyphs: &[Glyph], marks: &mut Vec<Mark>) {
    let zeros = run(glyphs, |c| c == '0');
    match glyphs.get(zeros..) {
        None | Some([]) => {}
        Some(significant) => marks.push(Mark::word(significant)),
    }
}

/// Marks a run of letters and digits.
fn word(glyphs: &[Glyph], marks: &mut Vec<Mark>) {
    if glyphs.iter().all(|glyph| glyph.character.is_ascii_digit()) {
        digits(glyphs, marks);
    } else {
        marks.push(Mark::word(glyphs));
    }
}

fn marks_one(glyphs: &[Glyph], length: usize, marks: &mut Vec<Mark>) -> usize {
    marks.push(Mark::word(glyphs.get(..length).unwrap_or_default()));
    length
}

/// Returns the length of a secret at the start.
fn secret(glyphs: &[Glyph], keep: &Keep) -> Option<usize> {
    let begins_with = |secret: &[char]| {
        secret.len() <= glyphs.len()
            && glyphs
                .iter()
                .zip(secret)
                .all(|(glyph, character)| glyph.character == *character)
    };
    let mut secrets = keep.secrets().iter().map(Secret::characters);
    secrets.find(|one| begins_with(one)).map(<[char]>::len)
}

/// Shortens a run so that it ends where a secret begins.
fn up_to_secret(glyphs: &[Glyph], length: usize, keep: &Keep) -> usize {
    (1..length)
        .find(|start| {
            let rest = glyphs.get(*start..).unwrap_or_default();
            secret(rest, keep).is_some()
        })
        .unwrap_or(length)
}

fn run(glyphs: &[Glyph], is_part: impl Fn(char) -> bool) -> usize {
    glyphs
        .iter()
        .take_while(|glyph| is_part(glyph.character))
        .count()
}

/// Marks the date or time at the start, if there is one. Returns its length.
fn moment(glyphs: &[Glyph], marks: &mut Vec<Mark>) -> Option<usize> {
    if fits(glyphs, HTTP_DATE, &[]) {
        let date = glyphs.get(..HTTP_DATE.len())?;
        marks.push(Mark::of_form(Form::HttpDate, date));
        return Some(date.len());
    }
    if let Some(length) = time_of_day(glyphs, marks) {
        return Some(length);
    }
    let is_end = |length: usize| {
        let next = glyphs.get(length).map(|glyph| glyph.character);
        !next.is_some_and(|next| next.is_alphanumeric() || next == '-')
    };
    if fits(glyphs, "dddd-dd-dd", &[(5, 1, 12), (8, 1, 31)]) {
        let length = "dddd-dd-dd".len();
        let time = match glyphs.get(length) {
            Some(glyph) if glyph.character == 'T' => glyphs.get(length + 1..),
            _ => None,
        };
        let mut after = Vec::new();
        let time = time.and_then(|time| time_of_day(time, &mut after));
        if time.is_some() || is_end(length) {
            marks.push(Mark::of_form(Form::Date, glyphs.get(..length)?));
            marks.append(&mut after);
            return Some(time.map_or(length, |time| length + 1 + time));
        }
    }
    // Without a year, it is one only if nothing else is there.
    if glyphs.len() == 5 && fits(glyphs, "dd-dd", &[(0, 1, 12), (3, 1, 31)]) {
        marks.push(Mark::of_form(Form::MonthDay, glyphs));
        return Some(glyphs.len());
    }
    None
}

/// The form of a date in a header.
const HTTP_DATE: &str = "Ccc, dd Ccc dddd dd:dd:dd GMT";

fn time_of_day(glyphs: &[Glyph], marks: &mut Vec<Mark>) -> Option<usize> {
    let hour_minute = &[(0, 0, 23), (3, 0, 59)][..];
    let (form, length) = if fits(glyphs, "dd:dd:dd", &[(0, 0, 23), (3, 0, 59), (6, 0, 59)]) {
        (Form::Time, "dd:dd:dd".len())
    } else if fits(glyphs, "dd:dd", hour_minute) {
        (Form::HourMinute, "dd:dd".len())
    } else {
        return None;
    };
    let rest = glyphs.get(length..)?;
    let mut end = length;
    let mut fraction: &[Glyph] = &[];
    if let Some((point, after)) = rest.split_first()
        && matches!(point.character, '.' | ',')
    {
        fraction = after.get(..run(after, |c| c.is_ascii_digit()))?;
        if !fraction.is_empty() {
            end += 1 + fraction.len();
        }
    }
    let ends = match glyphs.get(end) {
        Some(glyph) if glyph.character == 'Z' => {
            end += 1;
            true
        }
        Some(glyph) => !(glyph.character.is_alphanumeric() || glyph.character == ':'),
        None => true,
    };
    if !ends {
        return None;
    }
    marks.push(Mark::of_form(form, glyphs.get(..length)?));
    digits(fraction, marks);
    Some(end)
}

/// Returns whether the glyphs begin as in a pattern, in which `d` stands for a digit, `C` and `c` for
/// letters and everything else for itself, and whether the numbers of two digits at some places are
/// within limits.
fn fits(glyphs: &[Glyph], pattern: &str, limits: &[(usize, u32, u32)]) -> bool {
    let is_alike = glyphs.len() >= pattern.len()
        && pattern.chars().zip(glyphs).all(|(expected, glyph)| {
            let character = glyph.character;
            match expected {
                'd' => character.is_ascii_digit(),
                'C' => character.is_ascii_uppercase(),
                'c' => character.is_ascii_lowercase(),
                other => character == other,
            }
        });
    is_alike
        && limits.iter().all(|(place, least, most)| {
            let digits = glyphs.get(*place..place + 2).unwrap_or_default();
            let number = text_of(digits).parse::<u32>();
            number.is_ok_and(|number| (*least..=*most).contains(&number))
        })
}
