//! The command line of `isales-simulator`.

use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use isales_simulator::{
    ADMIN_HELP, Clock, Fault, Faults, Keeps, Latency, LeafCertificate, Shape, Simulator,
    SimulatorBuilder,
};
use lexopt::{Arg, Parser, ValueExt as _};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The names of the environment variables with the key pair.
pub(crate) const ACCESS_KEY: &str = "ISALES_SIMULATOR_ACCESS_KEY";
pub(crate) const SECRET_KEY: &str = "ISALES_SIMULATOR_SECRET_KEY";

const USAGE: &str = "\
isales-simulator: a stand-in for the CC-iSales retry policy interfaces.

It serves HTTPS on 127.0.0.1 with a certificate made at start, checks signatures, validates every
parameter, and prints one line of JSON on standard output when it is ready.

Usage: isales-simulator [OPTION]…

  --port PORT             HTTPS port; any free one by default
  --admin-port PORT       port of the admin interface; any free one by default
  --access-key KEY        default $ISALES_SIMULATOR_ACCESS_KEY, then EXAMPLEAK
  --secret-key KEY        default $ISALES_SIMULATOR_SECRET_KEY, then EXAMPLESK
  --vdn ID:CAMPAIGNS      campaigns as 46,47 or 1-300; may be given several times
                          (default: 25:1-300 and 26:1-50)
  --seed N                seed of the made-up campaigns and call results
  --campaigns N           how many made-up campaigns each VDN gets, ids from 1001 on
  --ca-file PATH          where the CA certificate goes
  --state FILE            keeps policies in a file
  --shape KEY=VALUE,…     shape of query replies
  --keeps WHAT            what is kept of a policy: as-sent, clamp-retry-times,
                          drop-no-retry-policy, first-element, nothing
  --latency MS            how long the server waits before it handles a request
  --clock-skew SECONDS    how far a timestamp may be off; 900 by default
  --clock-offset SECONDS  sets the server's clock ahead, or behind if negative
  --certificate WHICH     valid, expired, wrong-name
  --fault KIND=PART       a part of all requests, from 0 to 1, meets this fault; may be given
                          several times
  --fault-seed N          where the sequence of faults starts
  --help, --version
";

/// What the command line asks for.
pub(crate) enum Request {
    Run(Box<SimulatorBuilder>),
    Print(String),
}

/// Reads the command line; `environment` gives the value of a variable.
pub(crate) fn parse(
    mut parser: Parser,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Request, lexopt::Error> {
    let mut builder = Simulator::builder();
    let (mut access_key, mut secret_key) = (environment(ACCESS_KEY), environment(SECRET_KEY));
    let (mut seed, mut campaigns) = (0, 0);
    let mut faults = Faults::default();
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
            Arg::Long("vdn") => {
                let vdn: VdnOption = parser.value()?.parse()?;
                builder.campaigns(vdn.vdn_id, vdn.campaigns.into_iter().flatten())
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
            Arg::Long("keeps") => builder.keeps(parser.value()?.parse_with(by_name::<Keeps>)?),
            Arg::Long("latency") => {
                let wait = Duration::from_millis(parser.value()?.parse()?);
                builder.latency(Latency::before(wait))
            }
            Arg::Long("clock-skew") => {
                builder.clock_skew(Duration::from_secs(parser.value()?.parse()?))
            }
            Arg::Long("clock-offset") => {
                let clock = Clock::system();
                clock.set_offset(parser.value()?.parse()?);
                builder.clock(clock)
            }
            Arg::Long("certificate") => {
                builder.certificate(parser.value()?.parse_with(by_name::<LeafCertificate>)?)
            }
            Arg::Long("fault") => {
                let (fault, part) = parser.value()?.parse_with(fault)?;
                faults.probabilities.insert(fault, part);
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
    Ok(Request::Run(Box::new(
        builder.credentials(&access_key, &secret_key).faults(faults),
    )))
}

fn help() -> String {
    let mut help = format!("{USAGE}\nKeys and values of --shape, the default first:\n");
    for (key, values) in Shape::KEYS {
        let _ = writeln!(help, "  {key:<17}{}", values.join(" | "));
    }
    let presets = Shape::PRESETS.map(|(name, _)| name);
    let _ = writeln!(help, "  {:<17}{}", "preset", presets.join(" | "));
    help.push_str("\nFaults:\n");
    for fault in Fault::ALL {
        let _ = writeln!(help, "  {fault}");
    }
    let _ = write!(help, "\nThe admin interface (HTTP, JSON):\n{ADMIN_HELP}");
    help
}

/// Values that have a name in JSON have the same on the command line.
fn by_name<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_value(Value::from(text))
}

fn fault(text: &str) -> Result<(Fault, f64), String> {
    let (fault, part) = text.split_once('=').ok_or("it is not KIND=PART")?;
    match part.parse::<f64>() {
        Ok(part) if (0.0..=1.0).contains(&part) => Ok((fault.parse()?, part)),
        _ => Err(format!("\"{part}\" is not a part from 0 to 1")),
    }
}

/// `25:46,47,60-80`.
#[derive(Debug, PartialEq, Eq)]
struct VdnOption {
    vdn_id: u16,
    campaigns: Vec<RangeInclusive<i64>>,
}

impl FromStr for VdnOption {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (vdn_id, campaigns) = text.split_once(':').ok_or("it is not ID:CAMPAIGNS")?;
        let vdn_id = vdn_id.parse().ok().filter(|id| (1..=9999).contains(id));
        let vdn_id = vdn_id.ok_or("a VDN id is an integer from 1 to 9999")?;
        let campaigns = campaigns
            .split(',')
            .filter(|part| !part.is_empty())
            .map(|part| {
                let (first, last) = part.split_once('-').unwrap_or((part, part));
                match (first.parse(), last.parse()) {
                    (Ok(first), Ok(last)) if 1 <= first && first <= last => Ok(first..=last),
                    _ => Err(format!(
                        "\"{part}\" is neither a campaign id nor a range of them"
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
    fn vdns_with_campaigns_and_ranges() {
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
    fn every_option_of_the_usage_is_read() {
        let line = "--port 0 --admin-port 0 --access-key A --secret-key S --vdn 25:46 --seed 1 \
                    --campaigns 10 --ca-file ca.pem --state s.json --shape preset=generation-a \
                    --keeps nothing --latency 5 --clock-skew 60 --clock-offset -5 --certificate expired \
                    --fault cut-short=0.1 --fault-seed 3";
        let parser = Parser::from_args(line.split_whitespace());
        assert!(matches!(parse(parser, |_| None), Ok(Request::Run(_))));
        for option in line
            .split_whitespace()
            .filter(|word| word.starts_with("--"))
        {
            assert!(USAGE.contains(&format!("  {option} ")), "{option}");
        }
        for wrong in [
            "--colour",
            "--shape quotes=triple",
            "--keeps all",
            "--fault cut-short=2",
        ] {
            let parser = Parser::from_args(wrong.split_whitespace());
            assert!(parse(parser, |_| None).is_err(), "{wrong}");
        }
    }
}
