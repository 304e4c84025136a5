//! The command line of a comparison.

use std::path::{Path, PathBuf};

use super::Part;

/// Which builds are compared, and by which measurements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The build that is compared with this checkout's.
    pub against: PathBuf,
    /// A build to use in place of this checkout's.
    pub provider: Option<PathBuf>,
    pub parts: Vec<Part>,
    /// How many rounds each part measures, where it is not the part's own number.
    pub rounds: Option<usize>,
}

// === impl Options ===

impl Options {
    /// Reads the arguments, and the environment variables `AGAINST` and `ONLY` in place of the options
    /// of that name. Returns `None` where no comparison is asked for.
    ///
    /// # Errors
    ///
    /// A message for the user where the arguments make no sense.
    pub fn read(
        arguments: &[String],
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, String> {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        let mut against = set("AGAINST");
        let mut only = against.as_ref().and_then(|_| set("ONLY"));
        let (mut provider, mut rounds, mut others) = (None, None, Vec::new());
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || {
                let value = rest.next().cloned();
                value.ok_or_else(|| format!("{argument} needs a value."))
            };
            match argument.as_str() {
                "--against" => against = Some(value()?),
                "--only" => only = Some(value()?),
                "--provider" => provider = Some(value()?),
                "--rounds" => rounds = Some(value()?),
                option if option.starts_with('-') => {
                    return Err(format!("There is no option {option}."));
                }
                _ => others.push(argument.as_str()),
            }
        }
        let Some(against) = against else {
            return match only.or(provider).or(rounds) {
                Some(_) => Err("--only, --provider and --rounds need --against.".to_owned()),
                None => Ok(None),
            };
        };
        if !others.is_empty() {
            let sections = others.join(", ");
            return Err(format!(
                "A comparison has no section to name ({sections}). Select its parts with --only."
            ));
        }
        Ok(Some(Self {
            against: file(&against)?,
            provider: provider.as_deref().map(file).transpose()?,
            parts: match only {
                Some(names) => names.split(',').map(part).collect::<Result<_, _>>()?,
                None => Part::ALL.to_vec(),
            },
            rounds: rounds.as_deref().map(number).transpose()?,
        }))
    }
}

/// The absolute path of a file: the program changes its working directory.
fn file(path: &str) -> Result<PathBuf, String> {
    let found = Path::new(path).canonicalize();
    match found {
        Ok(found) if found.is_file() => Ok(found),
        Ok(_) => Err(format!("{path} is not a file.")),
        Err(error) => Err(format!("{path}: {error}")),
    }
}

fn part(name: &str) -> Result<Part, String> {
    let part = Part::ALL
        .into_iter()
        .find(|part| part.name() == name.trim());
    part.ok_or_else(|| {
        let names = Part::ALL.map(Part::name).join(", ");
        format!("There is no part {name:?}; the parts are {names}.")
    })
}

fn number(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| format!("{text:?} is not a number of rounds."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");

    fn read(arguments: &[&str], variables: &[(&str, &str)]) -> Result<Option<Options>, String> {
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        Options::read(&arguments, |name| {
            let (_, value) = variables.iter().find(|(known, _)| *known == name)?;
            Some((*value).to_owned())
        })
    }

    #[test]
    fn sections_are_no_comparison() {
        assert_eq!(read(&[], &[]), Ok(None));
        assert_eq!(read(&["start", "size"], &[("AGAINST", "")]), Ok(None));
        assert_eq!(read(&["start"], &[("ONLY", "start")]), Ok(None));
    }

    #[test]
    fn a_comparison_has_all_parts() {
        let options = read(&[], &[("AGAINST", FILE)]).unwrap().unwrap();
        assert_eq!(options.parts, Part::ALL);
        assert_eq!((options.provider.as_deref(), options.rounds), (None, None));
        assert_eq!(
            read(&["--against", FILE], &[]),
            read(&[], &[("AGAINST", FILE)])
        );
    }

    #[test]
    fn options_select() {
        let arguments = [
            "--against",
            FILE,
            "--only",
            "size,start",
            "--rounds",
            "3",
            "--provider",
            FILE,
        ];
        let options = read(&arguments, &[("ONLY", "plan")]).unwrap().unwrap();
        assert_eq!(options.parts, [Part::Size, Part::Start]);
        assert_eq!(options.rounds, Some(3));
        assert_eq!(options.provider.as_deref(), Some(options.against.as_path()));
        let options = read(&[], &[("AGAINST", FILE), ("ONLY", "plan")]);
        assert_eq!(options.unwrap().unwrap().parts, [Part::Plan]);
    }

    #[test]
    fn mistakes_are_reported() {
        for (arguments, mistake) in [
            (&["--against"][..], "--against needs a value."),
            (&["--against", "/none"], "/none: "),
            (&["--against", "/"], "/ is not a file."),
            (&["--against", FILE, "start"], "(start)"),
            (&["--against", FILE, "--only", "hot"], "no part \"hot\""),
            (
                &["--against", FILE, "--rounds", "0"],
                "\"0\" is not a number",
            ),
            (&["--only", "start"], "need --against"),
            (&["--fast"], "no option --fast"),
        ] {
            let message = read(arguments, &[]).unwrap_err();
            assert!(message.contains(mistake), "{message}");
        }
    }
}
