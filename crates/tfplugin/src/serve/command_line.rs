//! The command line of a provider. Terraform itself passes no arguments.

use std::ffi::OsString;

use lexopt::{Arg, Parser};
use thiserror::Error;

use super::mode::{Mode, PluginInfo};

/// The command of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Serve Terraform.
    Serve(Mode),
    /// Print the version.
    Version,
    /// Print the usage.
    Help,
}

/// The error of an unknown argument.
#[derive(Debug, Error)]
#[error("{0}. Run with --help for usage.")]
pub struct CommandLineError(#[from] lexopt::Error);

impl Command {
    /// Reads the arguments that follow the program's name.
    ///
    /// # Errors
    /// There is an unknown flag, a flag with a value, or another argument.
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, CommandLineError> {
        let mut parser = Parser::from_args(arguments.into_iter().map(with_two_dashes));
        let mut command = Self::Serve(Mode::Hosted);
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("debug") => command = Self::Serve(Mode::Debug),
                Arg::Long("version") | Arg::Short('V') => return Ok(Self::Version),
                Arg::Long("help") | Arg::Short('h') => return Ok(Self::Help),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(command)
    }
}

/// Turns `-debug` into `--debug`: providers in Go take both.
fn with_two_dashes(argument: OsString) -> OsString {
    match argument.to_str().and_then(|text| text.strip_prefix('-')) {
        Some(word) if word.len() > 1 && !word.starts_with('-') => format!("--{word}").into(),
        _ => argument,
    }
}

/// Returns the text of `--help`.
#[must_use]
pub fn help(info: &PluginInfo) -> String {
    let PluginInfo { name, source, .. } = info;
    let log_level = info.log_level_variable();
    let commands = commands(info);
    format!(
        "{name} is a provider plugin of Terraform and OpenTofu.

They start it by themselves: name {source} under required_providers
and run `terraform init` or `tofu init`.

Usage: {name} [--debug]

  --debug        Serve until Ctrl-C, and print the variable TF_REATTACH_PROVIDERS,
                 by which they find this process. For use with a debugger.
  -V, --version  Print the version.
  -h, --help     Print this text.
{commands}
Environment:
  {log_level}, TF_LOG_PROVIDER, TF_LOG
                 What to log on standard error: TRACE, DEBUG, INFO, WARN, ERROR or OFF.
                 The first that is set counts.
"
    )
}

/// Lists the commands for people, if there are any.
fn commands(info: &PluginInfo) -> String {
    let mut text = String::new();
    if !info.commands.is_empty() {
        text.push_str("\nCommands:\n");
    }
    for (command, sentence) in info.commands {
        text.push_str(&format!("  {command:<14} {sentence}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_lists_the_commands_that_the_binary_adds() {
        let mut info = PluginInfo {
            name: "terraform-provider-example",
            version: "1.2.3",
            source: "example/example",
            commands: &[],
        };
        assert!(!help(&info).contains("Commands:"));
        info.commands = &[("check", "Check the connection.")];
        let help = help(&info);
        assert!(
            help.contains("\nCommands:\n  check          Check the connection.\n\nEnvironment:"),
            "{help}"
        );
    }

    fn parse(arguments: &[&str]) -> Result<Command, CommandLineError> {
        Command::parse(arguments.iter().map(OsString::from))
    }

    #[test]
    fn flags() {
        assert_eq!(parse(&[]).unwrap(), Command::Serve(Mode::Hosted));
        assert_eq!(parse(&["--debug"]).unwrap(), Command::Serve(Mode::Debug));
        assert_eq!(parse(&["-debug"]).unwrap(), Command::Serve(Mode::Debug));
        assert_eq!(parse(&["-version"]).unwrap(), Command::Version);
        assert_eq!(parse(&["-help"]).unwrap(), Command::Help);
        assert_eq!(parse(&["--debug", "--version"]).unwrap(), Command::Version);
        assert_eq!(parse(&["-h"]).unwrap(), Command::Help);
        for bad in ["--debugger", "-debugger", "--debug=1", "-d", "-", "serve"] {
            let error = parse(&[bad]).unwrap_err().to_string();
            assert!(error.contains("--help"), "{error}");
        }
    }
}
