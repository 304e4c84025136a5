//! The command line of `isales-simulator`.

use std::{fmt::Write as _, ops::RangeInclusive, path::PathBuf, str::FromStr, time::Duration};

use isales_simulator::{
    ADMIN_HELP, Accepts, CallBatchLimit, Clock, ClockOffset, Fault, Faults, Keeps, Latency,
    LeafCertificate, Shape, Simulator, SimulatorBuilder, Takes,
};
use lexopt::{Arg, Parser, ValueExt as _};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Environment variables with the key pair.
pub(crate) const ACCESS_KEY: &str = "ISALES_SIMULATOR_ACCESS_KEY";
pub(crate) const SECRET_KEY: &str = "ISALES_SIMULATOR_SECRET_KEY";

/// The width of the lists in the help text.
const HELP_WIDTH: usize = 100;

const USAGE: &str = "\
isales-simulator: a simulator of the CC-iSales API for tests and demos.

It serves HTTPS on 127.0.0.1 with a certificate generated at startup, verifies signatures and
validates every parameter. When ready, it prints one line of JSON on standard output.

Usage: isales-simulator [OPTION]…

  --port PORT             HTTPS port (default: any free port)
  --admin-port PORT       port of the admin interface (default: any free port)
  --access-key KEY        access key of the client
                          (default: $ISALES_SIMULATOR_ACCESS_KEY, then EXAMPLEAK)
  --secret-key KEY        secret key of the client
                          (default: $ISALES_SIMULATOR_SECRET_KEY, then EXAMPLESK)
  --accepts KEY=VALUE     signatures of this form only, may be repeated:
                          timestamp-precision=seconds or milliseconds,
                          signed-headers=host or any other list, such as content-type;host
  --vdn ID:CAMPAIGNS      campaigns of a VDN, such as 46,47 or 1-300; may be repeated
                          (default: 25:1-300 and 26:1-50)
  --like FILE             become the server in a report, which terraform-provider-isales doctor
                          --report wrote: its VDN, campaigns and policies, the form of its replies,
                          its clock, lag, limits and errors; options after this one change it
  --seed N                seed of the generated campaigns and call results
  --campaigns N           number of campaigns to generate in each VDN, with IDs from 1001
  --ca-file PATH          file for the CA certificate
  --state FILE            file that saves what clients have set between runs
  --shape KEY=VALUE,…     shape of replies
  --call-batch-limit N    call batches that a campaign may have, 1 to 1000 (default: 100)
  --takes KEY=VALUE,…     forms of policyJson that are taken: quotes=any|single|double,
                          common=any|flat|nested|examples (default: any)
  --keeps WHAT            what is stored of an accepted policy (default: as-sent)
  --lag DURATION          how long after a POST, such as 3s or 300ms, queries of that campaign
                          show what was there before it
  --latency MS            delay before a request is handled, in milliseconds
  --clock-skew SECONDS    maximum difference between a timestamp and the clock (default: 900)
  --clock-offset SECONDS  sets the server's clock ahead, or behind if negative
  --certificate WHICH     valid, expired, wrong-name
  --fault KIND=SHARE      share of requests with this fault, from 0 to 1; may be repeated
  --fault-seed N          seed of the sequence of faults
  --help, --version
";

/// The action that the command line requests.
pub(crate) enum Request {
    Run(Box<SimulatorBuilder>, Notes),
    Print(String),
}

/// What the user should know about a server that is like another one.
pub(crate) type Notes = Vec<String>;

/// A VDN and its campaigns, such as `25:46,47,60-80`.
#[derive(Debug, PartialEq, Eq)]
struct VdnOption {
    vdn_id: u16,
    campaigns: Vec<RangeInclusive<i64>>,
}

/// Parses the command line. `environment` returns the value of a variable.
pub(crate) fn parse(
    mut parser: Parser,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Request, lexopt::Error> {
    let mut builder = Simulator::builder();
    let (mut access_key, mut secret_key) = (environment(ACCESS_KEY), environment(SECRET_KEY));
    let (mut seed, mut campaigns) = (0, 0);
    let mut faults = Faults::default();
    let mut accepts = None;
    let mut notes = Notes::new();
    while let Some(argument) = parser.next()? {
        builder = match argument {
            Arg::Long("port") => builder.port(parser.value()?.parse()?),
            Arg::Long("admin-port") => builder.admin_port(parser.value()?.parse()?),
            Arg::Long("access-key") => {
                access_key = Some(parser.value()?.string()?);
                builder
            }
            Arg::Long("secret-key") => {
                secret_key = Some(parser.value()?.string()?);
                builder
            }
            Arg::Long("accepts") => {
                let before: Accepts = accepts.unwrap_or_default();
                accepts = Some(parser.value()?.parse_with(|text| before.with(text))?);
                builder
            }
            Arg::Long("vdn") => {
                let vdn: VdnOption = parser.value()?.parse()?;
                builder.campaigns(vdn.vdn_id, vdn.campaigns.into_iter().flatten())
            }
            Arg::Long("like") => {
                let path = PathBuf::from(parser.value()?);
                let like = builder.like(&path);
                let (like, its_notes) =
                    like.map_err(|error| format!("cannot use {}: {error}", path.display()))?;
                notes = its_notes;
                like
            }
            Arg::Long("seed") => {
                seed = parser.value()?.parse()?;
                builder
            }
            Arg::Long("campaigns") => {
                campaigns = parser.value()?.parse()?;
                builder
            }
            Arg::Long("ca-file") => builder.ca_file(PathBuf::from(parser.value()?)),
            Arg::Long("state") => builder.state_file(PathBuf::from(parser.value()?)),
            Arg::Long("shape") => builder.shape(parser.value()?.parse::<Shape>()?),
            Arg::Long("call-batch-limit") => {
                builder.call_batch_limit(parser.value()?.parse::<CallBatchLimit>()?)
            }
            Arg::Long("takes") => builder.takes(parser.value()?.parse::<Takes>()?),
            Arg::Long("keeps") => builder.keeps(parser.value()?.parse_with(by_name::<Keeps>)?),
            Arg::Long("lag") => builder.lag(parser.value()?.parse_with(duration)?),
            Arg::Long("latency") => {
                let wait = Duration::from_millis(parser.value()?.parse()?);
                builder.latency(Latency::before(wait))
            }
            Arg::Long("clock-skew") => {
                builder.clock_skew(Duration::from_secs(parser.value()?.parse()?))
            }
            Arg::Long("clock-offset") => {
                let clock = Clock::system();
                clock.set_offset(parser.value()?.parse::<ClockOffset>()?.seconds());
                builder.clock(clock)
            }
            Arg::Long("certificate") => {
                builder.certificate(parser.value()?.parse_with(by_name::<LeafCertificate>)?)
            }
            Arg::Long("fault") => {
                let (fault, share) = parser.value()?.parse_with(fault)?;
                faults.probabilities.insert(fault, share);
                builder
            }
            Arg::Long("fault-seed") => {
                faults.seed = parser.value()?.parse()?;
                builder
            }
            Arg::Long("help") | Arg::Short('h') => return Ok(Request::Print(help())),
            Arg::Long("version") | Arg::Short('V') => {
                let version = concat!("isales-simulator ", env!("CARGO_PKG_VERSION"), "\n");
                return Ok(Request::Print(version.to_owned()));
            }
            argument => return Err(argument.unexpected()),
        };
    }
    if campaigns > 0 || seed > 0 {
        builder = builder.data_set(seed, campaigns);
    }
    let access_key = access_key.unwrap_or_else(|| "EXAMPLEAK".to_owned());
    let secret_key = secret_key.unwrap_or_else(|| "EXAMPLESK".to_owned());
    if let Some(accepts) = accepts {
        builder = builder.accepts(accepts);
    }
    let builder = builder.credentials(&access_key, &secret_key).faults(faults);
    Ok(Request::Run(Box::new(builder), notes))
}

/// Returns the text of `--help`.
fn help() -> String {
    let mut help = format!("{USAGE}\nKeys and values of --shape, the default first:\n");
    for (key, values) in Shape::KEYS {
        let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
        help.push_str(&alternatives(key, &names));
    }
    let presets = Shape::PRESETS.map(|(name, _)| name);
    help.push_str(&alternatives("preset", &presets));
    help.push_str("\nValues of --keeps:\n");
    for keeps in Keeps::ALL {
        let _ = writeln!(help, "  {keeps}");
    }
    help.push_str("\nFaults:\n");
    for fault in Fault::ALL {
        let _ = writeln!(help, "  {fault}");
    }
    let _ = write!(help, "\nThe admin interface (HTTP, JSON):\n{ADMIN_HELP}");
    help
}

/// Returns a key of `--shape` with its values, on as many lines as they take.
fn alternatives(key: &str, values: &[&str]) -> String {
    let mut lines = vec![format!("  {key:<17}")];
    for (index, value) in values.iter().enumerate() {
        let separator = if index == 0 { "" } else { "| " };
        let next = format!("{separator}{value} ");
        match lines.last_mut() {
            Some(line) if line.len() + next.len() <= HELP_WIDTH => line.push_str(&next),
            _ => lines.push(format!("{:19}{next}", "")),
        }
    }
    lines
        .iter()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

/// Parses a value by its name, which is the same as in JSON.
fn by_name<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_value(Value::from(text))
}

/// Parses a whole number of seconds or milliseconds with its unit.
fn duration(text: &str) -> Result<Duration, String> {
    let parsed = if let Some(number) = text.strip_suffix("ms") {
        number.parse().map(Duration::from_millis)
    } else if let Some(number) = text.strip_suffix('s') {
        number.parse().map(Duration::from_secs)
    } else {
        return Err(format!("\"{text}\" has no unit; use s or ms"));
    };
    parsed.map_err(|_| format!("\"{text}\" is not a whole number of s or ms"))
}

fn fault(text: &str) -> Result<(Fault, f64), String> {
    let (fault, share) = text.split_once('=').ok_or("it is not KIND=SHARE")?;
    match share.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok((fault.parse()?, share)),
        _ => Err(format!("\"{share}\" is not a number from 0 to 1")),
    }
}

// === impl VdnOption ===

impl FromStr for VdnOption {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (vdn_id, campaigns) = text.split_once(':').ok_or("it is not ID:CAMPAIGNS")?;
        let vdn_id = vdn_id.parse().ok().filter(|id| (1..=9999).contains(id));
        let vdn_id = vdn_id.ok_or("a VDN ID is an integer from 1 to 9999")?;
        let campaigns = campaigns
            .split(',')
            .filter(|part| !part.is_empty())
            .map(|part| {
                let (first, last) = part.split_once('-').unwrap_or((part, part));
                match (first.parse(), last.parse()) {
                    (Ok(first), Ok(last)) if 1 <= first && first <= last => Ok(first..=last),
                    _ => Err(format!(
                        "\"{part}\" is neither a campaign ID nor a range of campaign IDs"
                    )),
                }
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { vdn_id, campaigns })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vdn_options_list_campaigns_and_ranges() {
        let option = "25:46,60-62".parse();
        assert_eq!(
            option,
            Ok(VdnOption {
                vdn_id: 25,
                campaigns: vec![46..=46, 60..=62]
            })
        );
        for text in ["25", "0:1", "10000:1", "25:0", "25:a", "25:3-1"] {
            assert!(text.parse::<VdnOption>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_help_lists_every_value_on_lines_that_fit() {
        let help = help();
        for (key, values) in Shape::KEYS {
            let mut rest = &help[help.find(&format!("\n  {key} ")).unwrap()..];
            for (value, _) in values {
                rest = &rest[rest.find(&format!(" {value}")).unwrap()..];
            }
        }
        let own = help.strip_suffix(ADMIN_HELP).unwrap();
        let longest = own.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(HELP_WIDTH), "{longest:?}");
    }

    #[test]
    fn every_option_is_documented_and_parsed() {
        let line = "--port 0 --admin-port 0 --access-key A --secret-key S --accepts timestamp-precision=seconds \
                    --accepts signed-headers=host --vdn 25:46 --seed 1 \
                    --campaigns 10 --ca-file ca.pem --state s.json --shape preset=generation-a \
                    --call-batch-limit 1000 --takes quotes=single --keeps nothing --lag 300ms --latency 5 --clock-skew 60 --clock-offset -5 --certificate expired \
                    --fault cut-short=0.1 --fault-seed 3";
        let parser = Parser::from_args(line.split_whitespace());
        assert!(matches!(parse(parser, |_| None), Ok(Request::Run(..))));
        for option in line
            .split_whitespace()
            .filter(|word| word.starts_with("--"))
        {
            assert!(USAGE.contains(&format!("  {option} ")), "{option}");
        }
        for wrong in [
            "--colour",
            "--shape quotes=triple",
            "--call-batch-limit 1001",
            "--takes quotes=none",
            "--keeps all",
            "--lag 3",
            "--lag 0.3s",
            "--accepts signed-headers=content-type",
            "--fault cut-short=2",
        ] {
            let parser = Parser::from_args(wrong.split_whitespace());
            assert!(parse(parser, |_| None).is_err(), "{wrong}");
        }
    }
}
