//! Text from a server, made safe to print.

/// Marks the end of a text that was cut.
const CUT: char = '…';

/// Maximum length of a name in a message, in characters.
const MAX_NAME: usize = 100;

/// Makes text of unknown origin safe to print in a message: on one line, without characters that
/// control the terminal or the direction of the text, and of at most `max` characters.
///
/// Such characters are escaped as in Rust. Quotes and backslashes stay, so that policies remain
/// readable.
#[must_use]
pub fn printable(text: &str, max: usize) -> String {
    let mut printable = String::with_capacity(text.len().min(max));
    let mut left = max;
    for c in text.chars() {
        let length = if is_unprintable(c) {
            c.escape_default().len()
        } else {
            1
        };
        let Some(rest) = left.checked_sub(length) else {
            printable.push(CUT);
            break;
        };
        left = rest;
        if is_unprintable(c) {
            printable.extend(c.escape_default());
        } else {
            printable.push(c);
        }
    }
    printable
}

/// Makes a name of unknown origin [`printable`], in quotes.
#[must_use]
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", printable(name, MAX_NAME))
}

/// Whether a character controls the terminal, breaks the line, changes the direction of the text, or
/// is invisible.
#[must_use]
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
            // Zero width, marks of direction.
            | '\u{200b}'..='\u{200f}'
            // Line and paragraph separators, embeddings and overrides of direction.
            | '\u{2028}'..='\u{202e}'
            // Invisible operators, isolates of direction.
            | '\u{2060}'..='\u{206f}'
            // Annotations and tags.
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_controls_a_terminal_or_hides_is_escaped() {
        for (text, shown) in [
            ("Frühling 春 é", "Frühling 春 é"),
            ("[{'type':0}] \"a\\b\"", "[{'type':0}] \"a\\b\""),
            ("a\nb\r\tc", "a\\nb\\r\\tc"),
            ("\u{1b}[31mred\u{7}", "\\u{1b}[31mred\\u{7}"),
            // C1: the same as ESC [ to some terminals.
            ("\u{9b}2J", "\\u{9b}2J"),
            ("\u{202e}drawkcab\u{2066}", "\\u{202e}drawkcab\\u{2066}"),
            ("a\u{200b}b\u{2028}c", "a\\u{200b}b\\u{2028}c"),
        ] {
            assert_eq!(printable(text, 100), shown);
        }
    }

    #[test]
    fn what_is_too_long_is_cut_between_characters() {
        assert_eq!(printable("abc", 3), "abc");
        assert_eq!(printable("abcd", 3), "abc…");
        assert_eq!(printable("ab\u{1b}", 5), "ab…");
        assert_eq!(printable("日本語", 2), "日本…");
        assert_eq!(printable("", 0), "");
    }

    proptest! {
        #[test]
        fn nothing_unsafe_is_left_and_nothing_is_longer(text: String, max in 0..100_usize) {
            let shown = printable(&text, max);
            prop_assert!(!shown.contains(is_unprintable), "{shown:?}");
            prop_assert!(shown.chars().count() <= max + 1);
            if !text.contains(is_unprintable) && text.chars().count() <= max {
                prop_assert_eq!(shown, text);
            }
        }
    }
}
