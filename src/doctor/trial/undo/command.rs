//! The command that puts the policy back, as a shell reads it.

use std::path::Path;

use crate::doctor::command_line::{Options, UNDO};

/// Returns the command that puts back what the file holds. It repeats the settings that were given as
/// flags; the others come from the environment as before.
pub(super) fn command(options: &Options, file: &Path) -> String {
    let mut words = vec![options.program.clone(), "doctor".to_owned()];
    words.push(format!("--{UNDO}"));
    words.push(file.display().to_string());
    for given in options.settings.values() {
        words.push(format!("{}={}", given.flag, given.value));
    }
    if let Some(path) = &options.secret_key_file {
        words.push(format!("--secret-key-file={}", path.display()));
    }
    let words: Vec<_> = words.iter().map(|word| quoted(word)).collect();
    words.join(" ")
}

/// Quotes a word, unless no shell would read anything else in it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:=,+@\\".contains(c);
    if cfg!(windows) {
        let is_plain = !word.is_empty() && word.chars().all(is_plain);
        return if is_plain {
            word.to_owned()
        } else {
            format!("\"{word}\"")
        };
    }
    if !word.is_empty() && word.chars().all(|c| is_plain(c) && c != '\\') {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::command_line::Given;

    #[test]
    #[cfg(unix)]
    fn a_shell_reads_the_words_as_they_are() {
        let mut options = Options {
            program: "./a b/provider".to_owned(),
            ..Options::default()
        };
        let given = |flag: &str, value: &str| Given {
            flag: flag.to_owned(),
            value: value.to_owned(),
        };
        options.settings.insert(
            "ISALES_ENDPOINT".to_owned(),
            given("--endpoint", "https://[::1]:1"),
        );
        options
            .settings
            .insert("ISALES_LOCALE".to_owned(), given("--locale", "it's $HOME"));
        assert_eq!(
            command(&options, Path::new("/tmp/undo.json")),
            r"'./a b/provider' doctor --undo /tmp/undo.json '--endpoint=https://[::1]:1' '--locale=it'\''s $HOME'"
        );
    }
}
