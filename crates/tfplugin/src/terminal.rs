//! Bounds for text that Terraform prints: whatever an author puts into a message, it neither floods
//! the terminal nor controls it.

/// Maximum length of a message, in characters. Far above what anyone reads.
const MAX_MESSAGE: usize = 10_000;

/// Maximum length of a name or a title, in characters.
const MAX_LINE: usize = 400;

/// Marks the end of a text that was cut.
const CUT: char = '…';

/// Makes the text of a message safe: control characters except line breaks and tabs are escaped, and
/// what is too long is cut.
pub(crate) fn message(text: &str) -> String {
    bounded(text, MAX_MESSAGE, |c| matches!(c, '\n' | '\t'))
}

/// Makes a name or a title safe, which has one line.
pub(crate) fn line(text: &str) -> String {
    bounded(text, MAX_LINE, |_| false)
}

fn bounded(text: &str, max: usize, is_layout: fn(char) -> bool) -> String {
    let mut bounded = String::with_capacity(text.len().min(max));
    for (count, c) in text.chars().enumerate() {
        if count == max {
            bounded.push(CUT);
            break;
        }
        if c.is_control() && !is_layout(c) {
            bounded.extend(c.escape_default());
        } else {
            bounded.push(c);
        }
    }
    bounded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_message_keeps_its_lines_and_nothing_else_that_controls_a_terminal() {
        assert_eq!(
            message("a\n\tb \u{1b}[31m\u{9b}"),
            "a\n\tb \\u{1b}[31m\\u{9b}"
        );
        assert_eq!(line("a\nb"), "a\\nb");
    }

    proptest! {
        #[test]
        fn no_text_is_too_long_or_controls_a_terminal(text: String, times in 1..200_usize) {
            let text = text.repeat(times);
            let (message, line) = (message(&text), line(&text));
            prop_assert!(!message.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
            prop_assert!(!line.contains(char::is_control));
            prop_assert!(line.chars().count() <= 10 * MAX_LINE);
            if !text.contains(char::is_control) && text.chars().count() <= MAX_LINE {
                prop_assert_eq!(&message, &text);
                prop_assert_eq!(&line, &text);
            }
        }
    }
}
