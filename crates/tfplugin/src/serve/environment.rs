//! The host's environment variables, read once and typed.

use std::{ffi::OsString, ops::RangeInclusive, path::PathBuf};

use log::LevelFilter;
use thiserror::Error;

use super::{
    host_certificate::{HostCertificate, HostCertificateError},
    mode::PluginInfo,
    network::Network,
};
use crate::log::level_filter;

/// The variable and value by which Terraform identifies itself.
const MAGIC_COOKIE: (&str, &str) = (
    "TF_PLUGIN_MAGIC_COOKIE",
    "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
);

/// The default range of ports, as in go-plugin.
const DEFAULT_PORTS: RangeInclusive<u16> = 10_000..=25_000;

/// The environment variables that concern a plugin.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The least severe level to log, from `TF_LOG_PROVIDER_<NAME>`, `TF_LOG_PROVIDER` and `TF_LOG`.
    pub log_level: LevelFilter,
    /// The settings of the listener.
    pub sockets: SocketSettings,
    /// The program that started this process; `None` without the magic cookie.
    pub host: Option<HostDemands>,
}

/// The settings of the listener: `PLUGIN_UNIX_SOCKET_*` and `PLUGIN_*_PORT`.
#[derive(Clone, Debug)]
pub struct SocketSettings {
    /// The kind of network: that of the platform, unless an author changes it, as tests do.
    pub network: Network,
    /// The folders to try for the Unix socket: `PLUGIN_UNIX_SOCKET_DIR`, `TMPDIR` and `/tmp`.
    pub directories: Vec<PathBuf>,
    /// The name or number of the group that may connect to the Unix socket.
    pub group: Option<String>,
    /// The ports to try if `network` is TCP, or no folder can hold a socket.
    pub ports: RangeInclusive<u16>,
}

/// The requirements of the host.
#[derive(Clone, Debug)]
pub struct HostDemands {
    /// The protocol's major versions, from `PLUGIN_PROTOCOL_VERSIONS`; empty when it is not set.
    pub protocol_versions: Vec<u32>,
    /// The certificate of the only client to accept; `None` if the host disables TLS.
    pub certificate: Option<HostCertificate>,
    /// Whether the host asks for a multiplexed broker and expects an answer. A text that is not a bool
    /// counts as false, as in go-plugin.
    pub asks_multiplexing: bool,
}

/// The error of a variable that cannot be used.
#[derive(Debug, Error)]
pub enum EnvironmentError {
    /// The host's certificate cannot be pinned. There is no fallback to plaintext.
    #[error(
        "PLUGIN_CLIENT_CERT {0}. Terraform sets this variable itself: \
         start the provider through Terraform, and unset the variable if something else sets it."
    )]
    Certificate(#[from] HostCertificateError),
    /// A port is invalid, or the range is empty.
    #[error(
        "{variable} is {value:?}, which is not a usable port. \
         Set PLUGIN_MIN_PORT and PLUGIN_MAX_PORT to numbers from 1 to 65535, the smaller first, or unset both."
    )]
    Port {
        /// The variable's name.
        variable: &'static str,
        /// Its value.
        value: String,
    },
    /// The list of protocol versions is malformed.
    #[error(
        "PLUGIN_PROTOCOL_VERSIONS is {0:?}, but must be numbers with commas between them, such as \"5,6\". \
         Terraform sets this variable itself: unset it if something else sets it."
    )]
    ProtocolVersions(String),
}

impl Environment {
    /// Reads the environment through `lookup`, which returns the value of a variable.
    ///
    /// The variables of a host are read only if its cookie is right. Empty variables count as unset, as
    /// in go-plugin.
    ///
    /// # Errors
    /// A variable is set but cannot be used.
    pub fn read(
        info: &PluginInfo,
        lookup: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, EnvironmentError> {
        let raw = |name: &str| lookup(name).filter(|value| !value.is_empty());
        let text = |name: &str| raw(name).map(|value| value.to_string_lossy().into_owned());

        let host = if is_started_by_host(&lookup) {
            Some(HostDemands {
                protocol_versions: protocol_versions(text("PLUGIN_PROTOCOL_VERSIONS"))?,
                certificate: text("PLUGIN_CLIENT_CERT")
                    .map(|pem| HostCertificate::from_pem(&pem))
                    .transpose()?,
                asks_multiplexing: text("PLUGIN_MULTIPLEX_GRPC")
                    .is_some_and(|value| is_true(&value)),
            })
        } else {
            None
        };

        Ok(Self {
            log_level: level_filter(
                text(&info.log_level_variable())
                    .or_else(|| text("TF_LOG_PROVIDER"))
                    .or_else(|| text("TF_LOG"))
                    .as_deref(),
            ),
            sockets: SocketSettings {
                network: Network::PLATFORM,
                directories: directories([
                    raw("PLUGIN_UNIX_SOCKET_DIR"),
                    raw("TMPDIR"),
                    Some("/tmp".into()),
                ]),
                group: text("PLUGIN_UNIX_SOCKET_GROUP"),
                ports: ports(text("PLUGIN_MIN_PORT"), text("PLUGIN_MAX_PORT"))?,
            },
            host,
        })
    }
}

/// Returns whether the environment has the cookie of a host.
pub(super) fn is_started_by_host(lookup: impl Fn(&str) -> Option<OsString>) -> bool {
    let (cookie, value) = MAGIC_COOKIE;
    lookup(cookie).is_some_and(|found| found == value)
}

/// Returns the folders that are named, each once.
fn directories(named: impl IntoIterator<Item = Option<OsString>>) -> Vec<PathBuf> {
    let mut directories = Vec::new();
    for directory in named.into_iter().flatten().map(PathBuf::from) {
        if !directories.contains(&directory) {
            directories.push(directory);
        }
    }
    directories
}

/// Returns whether Go takes a text for a bool that is true.
fn is_true(text: &str) -> bool {
    matches!(text, "1" | "t" | "T" | "true" | "TRUE" | "True")
}

fn protocol_versions(list: Option<String>) -> Result<Vec<u32>, EnvironmentError> {
    let Some(list) = list else {
        return Ok(Vec::new());
    };
    list.split(',')
        .map(|version| version.trim().parse())
        .collect::<Result<_, _>>()
        .map_err(|_| EnvironmentError::ProtocolVersions(list))
}

fn ports(
    min: Option<String>,
    max: Option<String>,
) -> Result<RangeInclusive<u16>, EnvironmentError> {
    let port = |variable, value: Option<String>, default| match value {
        None => Ok(default),
        Some(value) => match value.parse() {
            Ok(port) if port > 0 => Ok(port),
            _ => Err(EnvironmentError::Port { variable, value }),
        },
    };
    let from = port("PLUGIN_MIN_PORT", min, *DEFAULT_PORTS.start())?;
    let to = port("PLUGIN_MAX_PORT", max, *DEFAULT_PORTS.end())?;
    if from > to {
        return Err(EnvironmentError::Port {
            variable: "PLUGIN_MAX_PORT",
            value: to.to_string(),
        });
    }
    Ok(from..=to)
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFO: PluginInfo = PluginInfo {
        name: "terraform-provider-two-words",
        version: "1.2.3",
        source: "registry.example/own/two-words",
        commands: &[],
    };

    fn read(variables: &[(&str, &str)]) -> Result<Environment, EnvironmentError> {
        Environment::read(&INFO, |name| {
            variables
                .iter()
                .find(|(variable, _)| *variable == name)
                .map(|(_, value)| OsString::from(value))
        })
    }

    fn read_hosted(name: &str, value: &str) -> Result<Environment, EnvironmentError> {
        read(&[MAGIC_COOKIE, (name, value)])
    }

    #[test]
    fn a_host_needs_the_exact_cookie() {
        let (cookie, value) = MAGIC_COOKIE;
        assert!(read(&[]).unwrap().host.is_none());
        assert!(read(&[(cookie, "")]).unwrap().host.is_none());
        assert!(read(&[(cookie, &value[1..])]).unwrap().host.is_none());
        assert!(read(&[(cookie, value)]).unwrap().host.is_some());
    }

    #[test]
    fn versions_come_in_any_order() {
        let host = |list| read_hosted("PLUGIN_PROTOCOL_VERSIONS", list).map(|e| e.host.unwrap());
        assert_eq!(host("6,5").unwrap().protocol_versions, [6, 5]);
        assert!(host("").unwrap().protocol_versions.is_empty());
        let error = host("5;6").unwrap_err().to_string();
        assert!(error.contains("\"5;6\""), "{error}");
    }

    #[test]
    fn a_bad_certificate_is_an_error_and_not_plaintext() {
        for bad in [" ", "certificate", "-----BEGIN CERTIFICATE-----\n"] {
            let error = read_hosted("PLUGIN_CLIENT_CERT", bad).unwrap_err();
            assert!(matches!(error, EnvironmentError::Certificate(_)), "{bad:?}");
        }
        let plain = read_hosted("PLUGIN_CLIENT_CERT", "").unwrap();
        assert!(plain.host.unwrap().certificate.is_none());
    }

    #[test]
    fn ports_are_checked() {
        let ports = |min, max| {
            read(&[("PLUGIN_MIN_PORT", min), ("PLUGIN_MAX_PORT", max)]).map(|e| e.sockets.ports)
        };
        assert_eq!(ports("", "").unwrap(), DEFAULT_PORTS);
        assert_eq!(ports("12000", "12000").unwrap(), 12_000..=12_000);
        for (min, max) in [("0", ""), ("70000", ""), ("", "many"), ("300", "200")] {
            assert!(ports(min, max).is_err(), "{min} {max}");
        }
    }

    #[test]
    fn the_providers_own_log_level_wins() {
        let level = |own, all| {
            read(&[("TF_LOG_PROVIDER", own), ("TF_LOG", all)])
                .unwrap()
                .log_level
        };
        assert_eq!(level("WARN", "TRACE"), LevelFilter::Warn);
        assert_eq!(level("", "ERROR"), LevelFilter::Error);
        assert_eq!(level("", ""), LevelFilter::Off);

        let alone = |value| {
            let all = [
                ("TF_LOG_PROVIDER", "ERROR"),
                ("TF_LOG_PROVIDER_TWO_WORDS", value),
            ];
            read(&all).unwrap().log_level
        };
        assert_eq!(alone("debug"), LevelFilter::Debug);
        assert_eq!(alone("off"), LevelFilter::Off);
        assert_eq!(alone(""), LevelFilter::Error);
    }

    #[test]
    fn each_folder_for_the_socket_is_tried_once() {
        let folders = |variables: &[(&str, &str)]| read(variables).unwrap().sockets.directories;
        let both = [("TMPDIR", "/a"), ("PLUGIN_UNIX_SOCKET_DIR", "/b")];
        assert_eq!(folders(&both), ["/b", "/a", "/tmp"].map(PathBuf::from));
        assert_eq!(folders(&[("TMPDIR", "/tmp")]), [PathBuf::from("/tmp")]);
        assert_eq!(folders(&[("TMPDIR", "")]), [PathBuf::from("/tmp")]);
    }

    #[test]
    fn multiplexing_is_asked_for_by_a_bool_of_go() {
        let asked = |value| {
            let host = read_hosted("PLUGIN_MULTIPLEX_GRPC", value).unwrap().host;
            host.unwrap().asks_multiplexing
        };
        for yes in ["1", "t", "T", "true", "TRUE", "True"] {
            assert!(asked(yes), "{yes}");
        }
        for no in [
            "", "0", "f", "F", "false", "FALSE", "False", "yes", "tRUE", " true",
        ] {
            assert!(!asked(no), "{no}");
        }
    }
}
