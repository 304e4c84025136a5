//! Values in JSON and in what the API has in its place: strings in single quotes, doubled quotes before
//! a key, words without quotes, JSON in strings, and replies that are damaged or cut short.
//!
//! It is not read into a tree: whatever is not understood has to stay as it is, apart from the values.

use super::{
    keep::{Keep, keeps_parameter},
    prose::{number, prose},
    text::{Glyph, Mark, text_of, unescaped},
};

/// Strings within strings are read this deep.
const MAX_DEPTH: usize = 8;

/// How a text has to be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Demand {
    /// As one value, or it is not read as a structure at all.
    Whole,
    /// Anyhow: as much of a structure as there is.
    Any,
}

/// A list or object that is open.
#[derive(Debug)]
struct Open {
    is_object: bool,
    /// Whether a key comes next.
    expects_key: bool,
    /// The last key.
    key: String,
}

/// Finds the values of a structure.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    keep: &'a Keep,
    demand: Demand,
    depth: usize,
    /// Whether this is the body of a request, whose paging is this program's own.
    is_request: bool,
    open: Vec<Open>,
    has_ended: bool,
    marks: Vec<Mark>,
}

/// Marks the values of a body.
pub(super) fn body(glyphs: &[Glyph], keep: &Keep, is_request: bool) -> Vec<Mark> {
    let mut walk = Walk::new(keep, Demand::Any, 0);
    walk.is_request = is_request;
    // Without a demand, every text is accepted.
    walk.run(glyphs).unwrap_or_default()
}

/// Marks the values in a string, which is the value of a member. It may contain a structure itself.
pub(super) fn string(
    glyphs: &[Glyph],
    member: &str,
    keep: &Keep,
    depth: usize,
    marks: &mut Vec<Mark>,
) {
    if keep.value(member, &text_of(glyphs)) {
        return;
    }
    let glyphs = trimmed(glyphs);
    let inner = match (glyphs.first(), glyphs.last()) {
        _ if depth >= MAX_DEPTH => None,
        (Some(first), _) if matches!(first.character, '{' | '[') => {
            Walk::new(keep, Demand::Whole, depth).run(glyphs)
        }
        (Some(first), Some(last))
            if glyphs.len() > 1
                && matches!(first.character, '"' | '\'')
                && first.character == last.character =>
        {
            let content = glyphs.get(1..glyphs.len() - 1).unwrap_or_default();
            let is_list = content.iter().any(|glyph| glyph.character == ',');
            // 'one','two' is no string.
            (!is_list).then(|| {
                let mut marks = Vec::new();
                string(&unescaped(content), member, keep, depth + 1, &mut marks);
                marks
            })
        }
        _ => None,
    };
    match inner {
        Some(inner) => marks.extend(inner),
        None if number(glyphs, marks) => {}
        None => prose(glyphs, keep, marks),
    }
}

// === impl Walk ===

impl<'a> Walk<'a> {
    fn new(keep: &'a Keep, demand: Demand, depth: usize) -> Self {
        Self {
            keep,
            demand,
            depth,
            is_request: false,
            open: Vec::new(),
            has_ended: false,
            marks: Vec::new(),
        }
    }

    /// Returns the values, unless the text is not built as demanded.
    fn run(mut self, glyphs: &[Glyph]) -> Option<Vec<Mark>> {
        let mut rest = glyphs;
        while let Some(first) = rest.first() {
            let length = match first.character {
                ' ' | '\t' | '\r' | '\n' => 1,
                '{' | '[' => {
                    self.accept(!self.has_ended && !self.expects_key())?;
                    self.open.push(Open {
                        is_object: first.character == '{',
                        expects_key: first.character == '{',
                        key: self.key().to_owned(),
                    });
                    1
                }
                '}' | ']' => {
                    let is_object = first.character == '}';
                    let closed = self.open.pop();
                    self.accept(closed.is_some_and(|open| open.is_object == is_object))?;
                    self.has_ended = self.open.is_empty();
                    1
                }
                ',' => {
                    let open = self.open.last_mut();
                    let is_open = open.is_some();
                    if let Some(open) = open {
                        open.expects_key = open.is_object;
                    }
                    self.accept(is_open)?;
                    1
                }
                ':' => {
                    let open = self.open.last_mut();
                    let is_member = open.as_ref().is_some_and(|open| open.is_object);
                    if let Some(open) = open {
                        open.expects_key = false;
                    }
                    self.accept(is_member)?;
                    1
                }
                '"' | '\'' => self.quoted(rest, first.character)?,
                _ => self.bare(rest)?,
            };
            rest = rest.get(length..).unwrap_or_default();
        }
        self.accept(self.has_ended)?;
        Some(self.marks)
    }

    /// Ends the walk if the text has to be whole and is not.
    fn accept(&self, is_well_formed: bool) -> Option<()> {
        (is_well_formed || self.demand == Demand::Any).then_some(())
    }

    fn expects_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.expects_key)
    }

    /// Returns whether this is a value of the last member that is kept.
    fn keeps(&self, value: &str) -> bool {
        self.keep.value(self.key(), value)
            || (self.is_request && keeps_parameter(self.key(), value))
    }

    fn key(&self) -> &str {
        self.open.last().map_or("", |open| &open.key)
    }

    /// Reads a string. Returns its length.
    fn quoted(&mut self, glyphs: &[Glyph], quote: char) -> Option<usize> {
        self.accept(!self.has_ended)?;
        let is_key = self.expects_key();
        // The misprint of the reference: ''policy':
        let is_doubled = is_key
            && matches!(glyphs, [_, second, third, ..]
                if second.character == quote && third.character.is_ascii_alphabetic());
        let start = if is_doubled { 2 } else { 1 };
        let content = glyphs.get(start..).unwrap_or_default();
        let end = end_of_string(content, quote);
        self.accept(end.is_some())?;
        let length = end.unwrap_or(content.len());
        let inner = unescaped(content.get(..length).unwrap_or_default());
        if is_key {
            self.name(&inner);
        } else {
            let member = self.key().to_owned();
            if !self.keeps(&text_of(&inner)) {
                string(&inner, &member, self.keep, self.depth + 1, &mut self.marks);
            }
        }
        Some(start + length + usize::from(end.is_some()))
    }

    /// Reads what is not in quotes. Returns its length.
    fn bare(&mut self, glyphs: &[Glyph]) -> Option<usize> {
        self.accept(!self.has_ended && !self.open.is_empty())?;
        let length = glyphs
            .iter()
            .take_while(|glyph| !is_delimiter(glyph.character))
            .count();
        let word = glyphs.get(..length).unwrap_or_default();
        let text = text_of(word);
        let is_constant = || matches!(text.as_str(), "null" | "true" | "false");
        if self.expects_key() {
            self.name(word);
        } else if !is_constant() && !self.keeps(&text) && !number(word, &mut self.marks) {
            prose(word, self.keep, &mut self.marks);
        }
        Some(length.max(1))
    }

    fn name(&mut self, glyphs: &[Glyph]) {
        let name = text_of(glyphs);
        if !self.keep.name(&name) {
            prose(glyphs, self.keep, &mut self.marks);
        }
        if let Some(open) = self.open.last_mut() {
            open.key = name;
        }
    }
}

/// Returns the length of a string's content, if it is closed.
fn end_of_string(glyphs: &[Glyph], quote: char) -> Option<usize> {
    let mut is_escaped = false;
    glyphs.iter().position(|glyph| {
        let ends = glyph.character == quote && !is_escaped;
        is_escaped = glyph.character == '\\' && !is_escaped;
        ends
    })
}

fn is_delimiter(character: char) -> bool {
    matches!(
        character,
        ' ' | '\t' | '\r' | '\n' | '{' | '}' | '[' | ']' | ',' | ':' | '"' | '\''
    )
}

fn trimmed(glyphs: &[Glyph]) -> &[Glyph] {
    let is_space = |glyph: &Glyph| glyph.character.is_whitespace();
    let start = glyphs.iter().take_while(|glyph| is_space(glyph)).count();
    let rest = glyphs.get(start..).unwrap_or_default();
    let end = rest
        .iter()
        .rev()
        .take_while(|glyph| is_space(glyph))
        .count();
    rest.get(..rest.len() - end).unwrap_or_default()
}
