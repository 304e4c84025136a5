//! Values in an HTML page: everything but the names of its tags and attributes.

use super::{
    keep::Keep,
    prose::prose,
    text::{Glyph, Mark, text_of},
};

/// Tags of pages that web servers and proxies answer with.
const TAGS: [&str; 46] = [
    "a", "address", "article", "b", "base", "body", "br", "button", "center", "code", "div", "em",
    "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html",
    "i", "img", "input", "li", "link", "main", "meta", "nav", "ol", "p", "pre", "script",
    "section", "small", "span", "strong", "style", "table", "td", "title", "tr",
];

/// Attributes of those tags.
const ATTRIBUTES: [&str; 22] = [
    "action",
    "align",
    "alt",
    "bgcolor",
    "border",
    "charset",
    "class",
    "color",
    "content",
    "height",
    "href",
    "http-equiv",
    "id",
    "lang",
    "method",
    "name",
    "rel",
    "src",
    "style",
    "type",
    "value",
    "width",
];

/// Character references that stand for no letter.
const REFERENCES: [&str; 7] = ["amp", "apos", "copy", "gt", "lt", "nbsp", "quot"];

/// Returns whether a body is a page, rather than JSON or plain text.
pub(super) fn is_html(glyphs: &[Glyph]) -> bool {
    let mut significant = glyphs
        .iter()
        .skip_while(|glyph| glyph.character.is_whitespace());
    significant
        .next()
        .is_some_and(|glyph| glyph.character == '<')
}

/// Marks the values of a page.
pub(super) fn html(glyphs: &[Glyph], keep: &Keep) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut rest = glyphs;
    while !rest.is_empty() {
        let text = rest
            .iter()
            .take_while(|glyph| glyph.character != '<')
            .count();
        let (before, from_tag) = rest.split_at(text);
        between_tags(before, keep, &mut marks);
        let length = length_of_tag(from_tag);
        tag(from_tag.get(..length).unwrap_or_default(), keep, &mut marks);
        rest = from_tag.get(length..).unwrap_or_default();
    }
    marks
}

fn between_tags(glyphs: &[Glyph], keep: &Keep, marks: &mut Vec<Mark>) {
    let mut rest = glyphs;
    while !rest.is_empty() {
        let text = rest
            .iter()
            .take_while(|glyph| glyph.character != '&')
            .count();
        let (before, from_reference) = rest.split_at(text);
        prose(before, keep, marks);
        let name = from_reference.get(1..).unwrap_or_default();
        let name = name.get(..letters(name)).unwrap_or_default();
        let is_closed = from_reference
            .get(1 + name.len())
            .is_some_and(|next| next.character == ';');
        let is_known = is_closed && REFERENCES.contains(&text_of(name).as_str());
        let length = if is_known { 1 + name.len() } else { 1 };
        rest = from_reference.get(length..).unwrap_or_default();
    }
}

/// Returns the length of a tag or comment, up to its end.
fn length_of_tag(glyphs: &[Glyph]) -> usize {
    let mut quote = None;
    let end = glyphs.iter().position(|glyph| {
        match (quote, glyph.character) {
            (Some(open), character) if character == open => quote = None,
            (None, character @ ('"' | '\'')) => quote = Some(character),
            (None, '>') => return true,
            _ => {}
        }
        false
    });
    // One with an odd quote ends at its first bracket.
    let end = end.or_else(|| glyphs.iter().position(|glyph| glyph.character == '>'));
    end.map_or(glyphs.len(), |end| end + 1)
}

fn tag(glyphs: &[Glyph], keep: &Keep, marks: &mut Vec<Mark>) {
    let is_slash = glyphs.get(1).is_some_and(|glyph| glyph.character == '/');
    let start = if is_slash { 2 } else { 1 };
    let inside = glyphs.get(start..).unwrap_or_default();
    if text_of(inside).eq_ignore_ascii_case("!doctype html>") {
        return;
    }
    let name = inside
        .iter()
        .take_while(|glyph| glyph.character.is_ascii_alphanumeric())
        .count();
    let (name, attributes) = inside.split_at(name);
    if !is_listed(&TAGS, name) {
        prose(inside, keep, marks);
        return;
    }
    let mut rest = attributes;
    while let Some(first) = rest.first() {
        let length = match first.character {
            quote @ ('"' | '\'') => {
                let content = rest.get(1..).unwrap_or_default();
                let end = content.iter().position(|glyph| glyph.character == quote);
                let end = end.unwrap_or(content.len());
                prose(content.get(..end).unwrap_or_default(), keep, marks);
                end + 2
            }
            '=' => {
                // A value without quotes.
                let value = rest.get(1..).unwrap_or_default();
                let end = value
                    .iter()
                    .take_while(|glyph| {
                        !glyph.character.is_whitespace()
                            && !matches!(glyph.character, '"' | '\'' | '>')
                    })
                    .count();
                prose(value.get(..end).unwrap_or_default(), keep, marks);
                end + 1
            }
            character if character.is_alphanumeric() => {
                let end = letters(rest);
                let name = rest.get(..end.max(1)).unwrap_or_default();
                if !is_listed(&ATTRIBUTES, name) {
                    prose(name, keep, marks);
                }
                name.len()
            }
            _ => 1,
        };
        rest = rest.get(length..).unwrap_or_default();
    }
}

fn letters(glyphs: &[Glyph]) -> usize {
    glyphs
        .iter()
        .take_while(|glyph| glyph.character.is_alphanumeric() || glyph.character == '-')
        .count()
}

fn is_listed(list: &[&str], name: &[Glyph]) -> bool {
    list.contains(&text_of(name).to_ascii_lowercase().as_str())
}
