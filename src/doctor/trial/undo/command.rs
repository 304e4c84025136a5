//! The command that puts the policy back, as a shell reads it.

use std::path::{Path, absolute};

use crate::doctor::command_line::{Options, UNDO};

/// Everybody who sees the command or the file would see the key.
const LEFT_OUT: &str = "ISALES_ACCESS_KEY";

/// Returns the command that puts back what the file holds. It repeats the settings that were given as
/// flags, apart from the access key; the others come from the environment as before. Paths are absolute,
/// so that it works in every folder.
pub(super) fn command(options: &Options, file: &Path) -> String {
    let mut words = vec![program(&options.program), "doctor".to_owned()];
    words.push(format!("--{UNDO}"));
    words.push(from_anywhere(file));
    let is_from_file = |flag: &str| flag.strip_prefix("--") == Some(UNDO);
    for (variable, given) in &options.settings {
        if variable == LEFT_OUT || is_from_file(&given.flag) {
            continue;
        }
        let value = if variable.ends_with("_FILE") {
            from_anywhere(Path::new(&given.value))
        } else {
            given.value.clone()
        };
        words.push(format!("{}={value}", given.flag));
    }
    if let Some(path) = &options.secret_key_file {
        words.push(format!("--secret-key-file={}", from_anywhere(path)));
    }
    let words: Vec<_> = words.iter().map(|word| quoted(word)).collect();
    words.join(" ")
}

/// Returns what has to be set before the command is run, if a flag that it leaves out has set it now.
pub(super) fn prerequisite(options: &Options) -> Option<&'static str> {
    options.settings.get(LEFT_OUT)?;
    Some(match options.secret_key_file {
        Some(_) => "ISALES_ACCESS_KEY",
        None => "ISALES_ACCESS_KEY and ISALES_SECRET_KEY",
    })
}

/// Returns the program as it is called from any folder. A mere name is looked up in PATH.
fn program(program: &str) -> String {
    let path = Path::new(program);
    match path.components().count() {
        0 | 1 => program.to_owned(),
        _ => from_anywhere(path),
    }
}

fn from_anywhere(path: &Path) -> String {
    let absolute = absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.display().to_string()
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
            program: "/a b/provider".to_owned(),
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
            r"'/a b/provider' doctor --undo /tmp/undo.json '--endpoint=https://[::1]:1' '--locale=it'\''s $HOME'"
        );
    }

    #[test]
    #[cfg(unix)]
    fn the_command_works_in_every_folder_and_has_no_key() {
        let mut options = Options {
            program: "./provider".to_owned(),
            secret_key_file: Some("key".into()),
            ..Options::default()
        };
        for (variable, flag, value) in [
            ("ISALES_ACCESS_KEY", "--access-key", "AK-1"),
            ("ISALES_CA_CERT_FILE", "--ca-cert-file", "ca.pem"),
            ("ISALES_ENDPOINT", "--undo", "https://a"),
        ] {
            let (flag, value) = (flag.to_owned(), value.to_owned());
            options
                .settings
                .insert(variable.to_owned(), Given { flag, value });
        }
        let folder = std::env::current_dir().unwrap();
        let folder = folder.to_str().unwrap();
        assert_eq!(
            command(&options, Path::new("undo.json")),
            format!(
                "{folder}/provider doctor --undo {folder}/undo.json \
                 --ca-cert-file={folder}/ca.pem --secret-key-file={folder}/key"
            )
        );
        assert_eq!(prerequisite(&options), Some("ISALES_ACCESS_KEY"));
        options.program = "provider".to_owned();
        assert!(command(&options, Path::new("f")).starts_with("provider doctor"));
        options.settings.clear();
        assert_eq!(prerequisite(&options), None);
    }
}
