//! Texts whose values are replaced in place, whatever they are encoded in.
//!
//! A text is read as glyphs: characters that know where they are written. Text within text, such as
//! JSON in a JSON string, is read as glyphs of glyphs. A stand-in has as many characters as its value,
//! so it is written over the value, and every quote, escape and space around it stays.

use super::{
    form::Form,
    token::{StandIns, TokenId, Tokens},
};

/// The longest escape of a character: four bytes in percent encoding.
const LONGEST_ESCAPE: usize = 4;

/// A text, and the places of the values in it.
#[derive(Debug)]
pub(super) struct Text {
    characters: Vec<char>,
    values: Vec<(TokenId, Vec<Place>)>,
}

/// A character of a text, or of a text within it.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) character: char,
    place: Place,
}

/// Where a character is written in the outermost text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Plain(usize),
    /// The digits of its UTF-16 code units, as in `\u4e2d`.
    Utf16(Vec<usize>),
    /// The digits of its UTF-8 bytes, as in `%E4%B8%AD`.
    Utf8(Vec<usize>),
    /// An escape such as `\n`, which stands for no letter.
    Fixed,
}

/// A value found in a text.
#[derive(Debug)]
pub(super) struct Mark {
    form: Form,
    text: String,
    places: Vec<Place>,
}

// === impl Text ===

impl Text {
    pub(super) fn new(text: &str) -> Self {
        Self {
            characters: text.chars().collect(),
            values: Vec::new(),
        }
    }

    pub(super) fn glyphs(&self) -> Vec<Glyph> {
        self.characters
            .iter()
            .enumerate()
            .map(|(index, character)| Glyph {
                character: *character,
                place: Place::Plain(index),
            })
            .collect()
    }

    /// Adds values that were found in the glyphs of this text.
    pub(super) fn mark(&mut self, marks: Vec<Mark>, tokens: &mut Tokens) {
        for mark in marks {
            let token = tokens.add(mark.form, mark.text);
            self.values.push((token, mark.places));
        }
    }

    /// Returns the text with a stand-in for each value.
    pub(super) fn replaced(&self, stand_ins: &StandIns) -> String {
        let mut characters = self.characters.clone();
        for (token, places) in &self.values {
            for (place, character) in places.iter().zip(stand_ins.get(*token).chars()) {
                write(&mut characters, place, character);
            }
        }
        characters.into_iter().collect()
    }
}

fn write(characters: &mut [char], place: &Place, character: char) {
    match place {
        Place::Plain(index) => {
            if let Some(old) = characters.get_mut(*index) {
                *old = character;
            }
        }
        Place::Utf16(digits) => {
            let units = character.encode_utf16(&mut [0; 2]).to_vec();
            let text: String = units.iter().map(|unit| format!("{unit:04x}")).collect();
            write_digits(characters, digits, &text);
        }
        Place::Utf8(digits) => {
            let mut buffer = [0; LONGEST_ESCAPE];
            let bytes = character.encode_utf8(&mut buffer).bytes();
            let text: String = bytes.map(|byte| format!("{byte:02x}")).collect();
            write_digits(characters, digits, &text);
        }
        Place::Fixed => {}
    }
}

/// Writes hexadecimal digits in the letter case of those that they replace.
fn write_digits(characters: &mut [char], places: &[usize], digits: &str) {
    let old = || places.iter().filter_map(|index| characters.get(*index));
    let is_upper = old().any(char::is_ascii_uppercase);
    for (index, digit) in places.iter().zip(digits.chars()) {
        if let Some(old) = characters.get_mut(*index) {
            *old = if is_upper {
                digit.to_ascii_uppercase()
            } else {
                digit
            };
        }
    }
}

// === impl Glyph ===

impl Glyph {
    /// Returns the place of a digit of an escape, which is not escaped itself.
    fn digit(&self) -> Option<(usize, u32)> {
        match self.place {
            Place::Plain(index) => Some((index, self.character.to_digit(16)?)),
            _ => None,
        }
    }
}

// === impl Mark ===

impl Mark {
    /// Marks glyphs as a word or number.
    pub(super) fn word(glyphs: &[Glyph]) -> Self {
        let text = text_of(glyphs);
        Self::of_form(Form::of_word(&text), glyphs)
    }

    pub(super) fn of_form(form: Form, glyphs: &[Glyph]) -> Self {
        Self {
            form,
            text: text_of(glyphs),
            places: glyphs.iter().map(|glyph| glyph.place.clone()).collect(),
        }
    }
}

/// Returns the glyphs as a string.
pub(super) fn text_of(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|glyph| glyph.character).collect()
}

/// Reads the content of a JSON string.
pub(super) fn unescaped(glyphs: &[Glyph]) -> Vec<Glyph> {
    let mut inner = Vec::with_capacity(glyphs.len());
    let mut rest = glyphs;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if first.character != '\\' {
            inner.push(first.clone());
            continue;
        }
        let Some((escaped, after)) = rest.split_first() else {
            break;
        };
        let control = match escaped.character {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                if let Some((glyph, length)) = utf16_escape(after) {
                    inner.push(glyph);
                    rest = after.get(length..).unwrap_or_default();
                }
                // Anything else is read as plain text.
                continue;
            }
            _ => {
                inner.push(escaped.clone());
                rest = after;
                continue;
            }
        };
        inner.push(Glyph {
            character: control,
            place: Place::Fixed,
        });
        rest = after;
    }
    inner
}

/// Reads what follows `\u`. Returns the glyph and the number of glyphs read.
fn utf16_escape(glyphs: &[Glyph]) -> Option<(Glyph, usize)> {
    let (mut places, first) = hexadecimal(glyphs.get(..4)?)?;
    let mut units = vec![u16::try_from(first).ok()?];
    let mut length = 4;
    if let Some([backslash, u, digits @ ..]) = glyphs.get(4..10)
        && (backslash.character, u.character) == ('\\', 'u')
        && (0xd800..0xdc00).contains(&first)
    {
        let (more, second) = hexadecimal(digits)?;
        places.extend(more);
        units.push(u16::try_from(second).ok()?);
        length = 10;
    }
    let character = char::decode_utf16(units).next()?.ok()?;
    let place = Place::Utf16(places);
    Some((Glyph { character, place }, length))
}

/// Reads percent encoding.
pub(super) fn percent_decoded(glyphs: &[Glyph]) -> Vec<Glyph> {
    let mut inner = Vec::with_capacity(glyphs.len());
    let mut rest = glyphs;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let escape = (1..=LONGEST_ESCAPE)
            .filter(|_| first.character == '%')
            .find_map(|bytes| utf8_escape(after, bytes));
        match escape {
            Some((glyph, length)) => {
                inner.push(glyph);
                rest = after.get(length..).unwrap_or_default();
            }
            None => inner.push(first.clone()),
        }
    }
    inner
}

/// Reads what follows `%`, up to the last of `count` bytes.
fn utf8_escape(glyphs: &[Glyph], count: usize) -> Option<(Glyph, usize)> {
    let length = count * 3 - 1;
    let mut places = Vec::new();
    let mut bytes = Vec::new();
    for escape in glyphs.get(..length)?.chunks(3) {
        let (more, byte) = hexadecimal(escape.get(..2)?)?;
        if escape.get(2).is_some_and(|next| next.character != '%') {
            return None;
        }
        places.extend(more);
        bytes.push(u8::try_from(byte).ok()?);
    }
    let mut characters = std::str::from_utf8(&bytes).ok()?.chars();
    let (Some(character), None) = (characters.next(), characters.next()) else {
        return None;
    };
    let place = Place::Utf8(places);
    Some((Glyph { character, place }, length))
}

/// Reads digits. Returns their places and the number.
fn hexadecimal(glyphs: &[Glyph]) -> Option<(Vec<usize>, u32)> {
    let digits: Option<Vec<_>> = glyphs.iter().map(Glyph::digit).collect();
    let digits = digits?;
    let number = digits
        .iter()
        .fold(0, |number, (_, digit)| number << 4 | digit);
    Some((digits.into_iter().map(|(place, _)| place).collect(), number))
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::*;

    fn replaced(text: &str, read: fn(&[Glyph]) -> Vec<Glyph>) -> (String, String) {
        let mut text = Text::new(text);
        let mut tokens = Tokens::default();
        let inner = read(&text.glyphs());
        text.mark(vec![Mark::word(&inner)], &mut tokens);
        let stand_ins = tokens.draw(&mut Rng::with_seed(5));
        (text_of(&inner), text.replaced(&stand_ins))
    }

    #[test]
    fn a_value_is_replaced_within_its_escapes() {
        let (read, other) = replaced(r"a\u4E2d\ud840\udc00\nb", unescaped);
        assert_eq!(read, "a中𠀀\nb");
        let again = unescaped(&Text::new(&other).glyphs());
        assert_eq!(again.len(), 5, "{other}");
        assert!(other.contains(r"\nb") || other.contains(r"\n"), "{other}");
        assert!(!other.contains("4E2d"));
    }

    #[test]
    fn a_value_is_replaced_within_its_percent_encoding() {
        let (read, other) = replaced("%E4%B8%AD-x%41", percent_decoded);
        assert_eq!(read, "中-xA");
        let again = text_of(&percent_decoded(&Text::new(&other).glyphs()));
        assert_eq!(again.chars().count(), 4, "{other}");
        assert_eq!(other.len(), "%E4%B8%AD-x%41".len());
    }

    #[test]
    fn text_within_text_within_text_is_reached() {
        let twice = |glyphs: &[Glyph]| unescaped(&unescaped(glyphs));
        let (read, other) = replaced(r"\\u4e2dx\\\\", twice);
        assert_eq!(read, "中x\\");
        assert!(
            other.starts_with(r"\\u") && other.ends_with(r"\\\\"),
            "{other}"
        );
        assert!(!other.contains("4e2d"), "{other}");
    }

    #[test]
    fn an_incomplete_escape_is_plain_text() {
        for text in [r"\u12", r"\", r"\uzzzz", r"\ud800x"] {
            let _ = unescaped(&Text::new(text).glyphs());
        }
        assert_eq!(
            text_of(&percent_decoded(&Text::new("100%").glyphs())),
            "100%"
        );
        assert_eq!(text_of(&percent_decoded(&Text::new("%ff").glyphs())), "%ff");
    }
}
