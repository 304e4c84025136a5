//! The variable by which Terraform finds a manually started provider.

use std::{collections::BTreeMap, fmt::Write as _, process};

use serde::Serialize;

use super::{handshake::PROTOCOL_VERSION, listener::Address};

const VARIABLE: &str = "TF_REATTACH_PROVIDERS";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Reattach<'a> {
    protocol: &'static str,
    protocol_version: u32,
    pid: u32,
    /// Keeps Terraform from ending the process at the end of a run.
    test: bool,
    addr: ReattachAddress<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ReattachAddress<'a> {
    network: String,
    string: &'a str,
}

/// The syntax of a shell in which a user sets the variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ShellSyntax {
    Posix,
    PowerShell,
    CommandPrompt,
}

/// Returns lines for the platform's shells, each of which sets `TF_REATTACH_PROVIDERS` so that hosts find
/// the provider under any of `providers`, its full addresses.
pub(super) fn reattach_assignments(
    providers: &[String],
    address: &Address,
) -> Result<String, serde_json::Error> {
    let reattach = Reattach {
        protocol: "grpc",
        protocol_version: PROTOCOL_VERSION,
        pid: process::id(),
        test: true,
        addr: ReattachAddress {
            network: address.network.to_string(),
            string: &address.address,
        },
    };
    let providers: BTreeMap<_, _> = providers.iter().map(|name| (name, &reattach)).collect();
    let json = serde_json::to_string(&providers)?;
    let shells: &[_] = if cfg!(windows) {
        &[ShellSyntax::PowerShell, ShellSyntax::CommandPrompt]
    } else {
        &[ShellSyntax::Posix]
    };
    Ok(assignments(shells, &json))
}

fn assignments(shells: &[ShellSyntax], value: &str) -> String {
    let mut lines = String::new();
    for shell in shells {
        // Writing to a string cannot fail.
        let _written = writeln!(lines, "\t{}{}", shell.label(), shell.assignment(value));
    }
    lines
}

// === impl ShellSyntax ===

impl ShellSyntax {
    /// The name in front of the line, where there is a choice.
    fn label(self) -> &'static str {
        match self {
            Self::Posix => "",
            Self::PowerShell => "PowerShell:      ",
            Self::CommandPrompt => "Command Prompt:  ",
        }
    }

    fn assignment(self, value: &str) -> String {
        match self {
            // A single quote cannot be escaped inside single quotes: close them, add a quoted one, reopen.
            Self::Posix => format!("{VARIABLE}='{}'", value.replace('\'', r"'\''")),
            Self::PowerShell => format!("$env:{VARIABLE}='{}'", value.replace('\'', "''")),
            // The value reaches to the last quote of the line, whatever quotes are in it.
            Self::CommandPrompt => format!("set \"{VARIABLE}={value}\""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_shell_sets_the_value_in_its_own_way() {
        let json = r#"{"it's":1}"#;
        for (shell, line) in [
            (
                ShellSyntax::Posix,
                r#"TF_REATTACH_PROVIDERS='{"it'\''s":1}'"#,
            ),
            (
                ShellSyntax::PowerShell,
                r#"$env:TF_REATTACH_PROVIDERS='{"it''s":1}'"#,
            ),
            (
                ShellSyntax::CommandPrompt,
                r#"set "TF_REATTACH_PROVIDERS={"it's":1}""#,
            ),
        ] {
            assert_eq!(shell.assignment(json), line);
        }
    }

    #[test]
    fn a_choice_of_shells_names_each() {
        let lines = assignments(&[ShellSyntax::PowerShell, ShellSyntax::CommandPrompt], "{}");
        assert_eq!(
            lines,
            "\tPowerShell:      $env:TF_REATTACH_PROVIDERS='{}'\n\
             \tCommand Prompt:  set \"TF_REATTACH_PROVIDERS={}\"\n"
        );
        let line = assignments(&[ShellSyntax::Posix], "{}");
        assert_eq!(line, "\tTF_REATTACH_PROVIDERS='{}'\n");
    }
}
