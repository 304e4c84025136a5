//! The command line.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    path::PathBuf,
    time::Duration,
};

use isales_client::{CampaignId, CampaignRef};
use lexopt::{Arg, Parser, ValueExt as _};
use tfplugin::duration;

use crate::configuration::{self, Argument};

/// The action that the command line asks for.
#[derive(Debug)]
pub(super) enum Request {
    Run(Box<Options>),
    Help,
}

/// The options of a run.
#[derive(Debug, Default)]
pub(super) struct Options {
    /// The program, as the user has called it.
    pub(super) program: String,
    /// Settings given as flags, by the environment variable that each stands for.
    pub(super) settings: BTreeMap<String, Given>,
    /// The file with the secret key.
    pub(super) secret_key_file: Option<PathBuf>,
    /// The campaigns whose policies to read; if there are none, the first ones of the list.
    pub(super) campaign_ids: Vec<CampaignId>,
    /// Whether to measure how many requests at a time the server takes.
    pub(super) measure: bool,
    /// The campaign to write to.
    pub(super) write: Option<WriteOptions>,
    /// The trial to undo, in place of everything else.
    pub(super) undo: Option<UndoOptions>,
    /// The file for a report.
    pub(super) report: Option<PathBuf>,
    pub(super) format: Format,
    pub(super) color: ColorChoice,
}

/// A setting given as a flag.
#[derive(Clone, Debug)]
pub(super) struct Given {
    /// The flag, such as `--endpoint`.
    pub(super) flag: String,
    pub(super) value: String,
}

/// The options of a trial on a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WriteOptions {
    pub(super) campaign: CampaignRef,
    /// Whether the user has confirmed it already.
    pub(super) yes: bool,
    /// Whether a campaign may be running.
    pub(super) even_if_running: bool,
    /// Whether a campaign may keep the policy of the trial.
    pub(super) leave_policy: bool,
    /// Members of the query that a POST may remove.
    pub(super) may_lose: BTreeSet<String>,
    /// The file for what undoes the trial.
    pub(super) undo_file: Option<PathBuf>,
    /// The time between two POSTs.
    pub(super) pause: Option<Duration>,
}

/// The options of putting back what a trial could not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UndoOptions {
    /// The file that the trial has written.
    pub(super) file: PathBuf,
    /// The time between two POSTs.
    pub(super) pause: Option<Duration>,
}

/// The form of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    /// Lines for people.
    #[default]
    Lines,
    /// One JSON document.
    Json,
}

/// Whether to use color.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    Always,
    Never,
}

/// Parses the arguments that follow `doctor`.
///
/// # Errors
///
/// An option that is not known, has no value or a wrong one, or does not go with another.
pub(super) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Request, lexopt::Error> {
    let known = configuration::arguments();
    let mut options = Options::default();
    let (mut write, mut undo) = (None, None);
    let mut write_only = WriteFlags::default();
    let mut parser = Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Request::Help),
            Arg::Long("secret-key") => return Err(SECRET_KEY.into()),
            Arg::Long("proxy-url") => options.proxy_url(parser.value()?.string()?)?,
            Arg::Long("secret-key-file") => options.secret_key_file = Some(parser.value()?.into()),
            Arg::Long("campaign-id") => {
                let id = parsed(
                    "--campaign-id",
                    parser.value()?,
                    |text| text.parse().ok(),
                    CAMPAIGN_ID,
                )?;
                options.campaign_ids.push(id);
            }
            Arg::Long("json") => options.format = Format::Json,
            Arg::Long("color") => options.color = parser.value()?.parse_with(color)?,
            Arg::Long("measure") => options.measure = true,
            Arg::Long("report") => options.report = Some(parser.value()?.into()),
            Arg::Long("write") => {
                write = Some(parsed(
                    "--write",
                    parser.value()?,
                    |text| text.parse().ok(),
                    CAMPAIGN,
                )?)
            }
            Arg::Long("yes") => write_only.yes = true,
            Arg::Long("even-if-running") => write_only.even_if_running = true,
            Arg::Long("leave-policy") => write_only.leave_policy = true,
            Arg::Long("may-lose") => write_only.may_lose(&parser.value()?.string()?),
            Arg::Long("pause") => {
                write_only.pause = Some(parsed(
                    "--pause",
                    parser.value()?,
                    duration::parse,
                    DURATION,
                )?)
            }
            Arg::Long(name) if name == UNDO => {
                if undo.replace(PathBuf::from(parser.value()?)).is_some() {
                    return Err("--undo takes one file: run the command once for each".into());
                }
            }
            Arg::Long("undo-file") => write_only.undo_file = Some(parser.value()?.into()),
            Arg::Long(name) => {
                let Some(setting) = known.iter().find(|known| flag_name(**known) == name) else {
                    return Err(argument.unexpected());
                };
                let value = match (*setting).name() {
                    // A switch, unless a value is attached.
                    "insecure" => parser.optional_value().unwrap_or_else(|| "true".into()),
                    _ => parser.value()?,
                };
                options.set(*setting, value.string()?);
            }
            other => return Err(other.unexpected()),
        }
    }
    options.undo = write_only.undo(undo, write.is_some())?;
    if options.undo.is_some() && !options.campaign_ids.is_empty() {
        return Err(UNDO_CAMPAIGN.into());
    }
    options.write = write_only.of(write)?;
    Ok(Request::Run(Box::new(options)))
}

/// Returns the name of the flag for a setting, without the dashes.
pub(super) fn flag_name(argument: Argument) -> String {
    argument.name().replace('_', "-")
}

/// The name of the flag that undoes a trial.
pub(super) const UNDO: &str = "undo";

const CAMPAIGN: &str = "VDN/CAMPAIGN, such as 25/46";

const CAMPAIGN_ID: &str = "the ID of a campaign, a number greater than 0";

const DURATION: &str = "a duration, such as 1s or 500ms";

const UNDO_CAMPAIGN: &str = "--campaign-id does not go with --undo, which takes the campaign from the \
     file";

const SECRET_KEY: &str = "the secret key is not taken from the command line, where other users of \
     this machine see it. Set ISALES_SECRET_KEY, or name a file with --secret-key-file";

const PROXY_PASSWORD: &str = "a password is not taken from the command line, where other users of \
     this machine see it. Set ISALES_PROXY_URL instead of --proxy-url";

/// The options that only a trial has.
#[derive(Debug, Default)]
struct WriteFlags {
    yes: bool,
    even_if_running: bool,
    leave_policy: bool,
    may_lose: BTreeSet<String>,
    undo_file: Option<PathBuf>,
    pause: Option<Duration>,
}

// === impl WriteFlags ===

impl WriteFlags {
    fn may_lose(&mut self, names: &str) {
        let names = names.split(',').map(str::trim).map(str::to_owned);
        self.may_lose.extend(names);
    }

    /// Takes the flags that go with an undo.
    fn undo(
        &mut self,
        file: Option<PathBuf>,
        is_write: bool,
    ) -> Result<Option<UndoOptions>, lexopt::Error> {
        let Some(file) = file else { return Ok(None) };
        if is_write {
            return Err("--undo and --write exclude each other".into());
        }
        let pause = self.pause.take();
        Ok(Some(UndoOptions { file, pause }))
    }

    fn of(self, campaign: Option<CampaignRef>) -> Result<Option<WriteOptions>, lexopt::Error> {
        let Self {
            yes,
            even_if_running,
            leave_policy,
            may_lose,
            undo_file,
            pause,
        } = self;
        let Some(campaign) = campaign else {
            let used = [
                (yes, "--yes"),
                (even_if_running, "--even-if-running"),
                (leave_policy, "--leave-policy"),
                (!may_lose.is_empty(), "--may-lose"),
                (undo_file.is_some(), "--undo-file"),
                (pause.is_some(), "--pause"),
            ];
            let first = used.iter().find(|(is_used, _)| *is_used);
            return match first {
                Some((_, flag)) => Err(format!("{flag} needs --write").into()),
                None => Ok(None),
            };
        };
        Ok(Some(WriteOptions {
            campaign,
            yes,
            even_if_running,
            leave_policy,
            may_lose,
            undo_file,
            pause,
        }))
    }
}

// === impl Options ===

impl Options {
    /// Returns whether the user has to be asked before a trial.
    pub(super) fn has_to_ask(&self) -> bool {
        self.write.as_ref().is_some_and(|write| !write.yes)
    }

    fn set(&mut self, argument: Argument, value: String) {
        let flag = format!("--{}", flag_name(argument));
        self.settings
            .insert(argument.variable(), Given { flag, value });
    }

    fn proxy_url(&mut self, url: String) -> Result<(), lexopt::Error> {
        if url.contains('@') {
            return Err(PROXY_PASSWORD.into());
        }
        self.set(Argument::new("proxy_url"), url);
        Ok(())
    }
}

/// Parses the value of an option; `expected` says what it has to be.
fn parsed<T>(
    flag: &str,
    value: OsString,
    parse: impl FnOnce(&str) -> Option<T>,
    expected: &str,
) -> Result<T, lexopt::Error> {
    let text = value.string()?;
    parse(&text).ok_or_else(|| format!("{flag} needs {expected}, not {text:?}").into())
}

fn color(text: &str) -> Result<ColorChoice, String> {
    match text {
        "auto" => Ok(ColorChoice::Auto),
        "always" => Ok(ColorChoice::Always),
        "never" => Ok(ColorChoice::Never),
        _ => Err("it is not auto, always or never".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::help;

    fn options(arguments: &[&str]) -> Result<Options, String> {
        match parse(arguments.iter().map(OsString::from)) {
            Ok(Request::Run(options)) => Ok(*options),
            Ok(Request::Help) => Err("help".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn every_setting_has_a_flag_and_the_help_lists_it() {
        for argument in configuration::arguments() {
            let flag = match argument.name() {
                "secret_key" => "--secret-key-file".to_owned(),
                _ => format!("--{}", flag_name(argument)),
            };
            assert!(help::TEXT.contains(&format!("  {flag}")), "{flag}");
            if argument.name() != "secret_key" {
                let given = options(&[&flag, "x"]).or_else(|_| options(&[&format!("{flag}=x")]));
                let given = given
                    .unwrap()
                    .settings
                    .remove(&argument.variable())
                    .unwrap();
                assert_eq!((given.flag, given.value.as_str()), (flag, "x"));
            }
        }
        assert_eq!(
            options(&["--insecure"]).unwrap().settings["ISALES_INSECURE"].value,
            "true"
        );
    }

    #[test]
    fn secrets_are_not_taken_from_the_command_line() {
        for arguments in [
            ["--secret-key", "pass-word"],
            ["--secret-key=pass-word", "--json"],
            ["--proxy-url", "http://me:pass-word@host:1"],
        ] {
            let error = options(&arguments).unwrap_err();
            assert!(error.contains("command line"), "{error}");
            assert!(!error.contains("pass-word"), "{error}");
        }
    }

    #[test]
    fn a_trial_names_a_campaign_and_its_options_need_one() {
        let options = |arguments: &[&str]| options(arguments).map(|options| options.write);
        let write = options(&["--yes", "--write", "25/46"]).unwrap().unwrap();
        assert_eq!(write.campaign.to_string(), "25/46");
        assert!(write.yes && !write.even_if_running);
        assert_eq!(options(&[]), Ok(None));
        for (bad, error) in [
            (&["--yes"][..], "--yes needs --write"),
            (&["--undo-file", "f"], "--undo-file needs --write"),
            (&["--undo", "f", "--yes"], "--yes needs --write"),
            (
                &["--undo", "f", "--undo", "g"],
                "--undo takes one file: run the command once for each",
            ),
            (
                &["--write", "46"],
                "--write needs VDN/CAMPAIGN, such as 25/46, not \"46\"",
            ),
            (
                &["--write", "25/46", "--pause", "5"],
                "--pause needs a duration, such as 1s or 500ms, not \"5\"",
            ),
            (
                &["--campaign-id", "abc"],
                "--campaign-id needs the ID of a campaign, a number greater than 0, not \"abc\"",
            ),
            (
                &["--campaign-id", "0"],
                "--campaign-id needs the ID of a campaign, a number greater than 0, not \"0\"",
            ),
            (
                &["--undo", "f", "--campaign-id", "3"],
                "--campaign-id does not go with --undo, which takes the campaign from the file",
            ),
        ] {
            assert_eq!(options(bad).map(|_| ()), Err(error.to_owned()), "{bad:?}");
        }
    }

    #[test]
    fn unknown_options_and_words_are_refused() {
        for bad in [
            "--endpint",
            "endpoint",
            "-x",
            "--color=red",
            "--campaign-id=0",
        ] {
            assert!(options(&[bad]).is_err(), "{bad}");
        }
        assert_eq!(options(&["--json", "-h"]).unwrap_err(), "help");
    }
}
