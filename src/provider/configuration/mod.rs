//! The `provider` block, and how it and the environment make a connection.

mod schema;
mod settings;

use std::{
    num::{NonZeroU32, NonZeroUsize},
    path::Path,
    time::Duration,
};

pub(super) use self::schema::schema;
use self::settings::{Argument, Given, Settings};
use super::{Environment, connection::Connection, secret::Secret};
use crate::{
    isales::{
        Client, VdnId,
        client::{
            Authorities, ClientCertificate, ClientConfig, Compatibility, ConfigError, Credentials,
            CredentialsError, Endpoint, Locale, ProxyUrl, ServerTrust,
        },
    },
    model,
    tf_provider::{
        diagnostics::{Diagnostic, Diagnostics},
        model::Attr,
    },
};

model! {
    /// The `provider` block.
    pub struct Configuration {
        endpoint: Attr<String>,
        vdn_id: Attr<i64>,
        access_key: Attr<String>,
        secret_key: Attr<Secret>,
        locale: Attr<String>,
        ca_cert_file: Attr<String>,
        ca_cert_pem: Attr<String>,
        client_cert_file: Attr<String>,
        client_key_file: Attr<String>,
        insecure: Attr<bool>,
        proxy_url: Attr<Secret>,
        connect_timeout: Attr<String>,
        request_timeout: Attr<String>,
        max_retries: Attr<i64>,
        max_concurrent_requests: Attr<i64>,
        requests_per_second: Attr<i64>,
        compatibility: Attr<CompatibilityBlock>,
    }

    /// `compatibility`: what servers may differ in.
    struct CompatibilityBlock {
        policy_json_quotes: Attr<String>,
        common_policy_layout: Attr<String>,
        timestamp_precision: Attr<String>,
        signed_headers: Attr<String>,
    }
}

const ENDPOINT: Argument = Argument::new("endpoint");
const ACCESS_KEY: Argument = Argument::new("access_key");
const SECRET_KEY: Argument = Argument::new("secret_key");
const CA_CERT_FILE: Argument = Argument::new("ca_cert_file");
const CA_CERT_PEM: Argument = Argument::new("ca_cert_pem");
const CLIENT_CERT_FILE: Argument = Argument::new("client_cert_file");
const CLIENT_KEY_FILE: Argument = Argument::new("client_key_file");

/// The settings as far as they are known, each parsed; no file is read yet.
struct Parsed {
    endpoint: Option<Endpoint>,
    access_key: Option<Given<String>>,
    secret_key: Option<Given<Secret>>,
    vdn_id: Attr<VdnId>,
    locale: Option<Locale>,
    trust: Trust,
    client_certificate: Option<(Given<String>, Given<String>)>,
    proxy_url: Option<ProxyUrl>,
    connect_timeout: Option<Duration>,
    request_timeout: Option<Duration>,
    max_retries: Option<u32>,
    max_concurrent_requests: Option<NonZeroUsize>,
    requests_per_second: Option<NonZeroU32>,
    compatibility: Compatibility,
}

/// Whose certificates are to be trusted.
enum Trust {
    System,
    File(Given<String>),
    Pem(Given<String>),
    Anyone,
}

/// Judges what the block itself says; nothing has to be there yet.
pub(super) fn validate(config: &Configuration) -> Diagnostics {
    let mut settings = Settings::new(&|_| None);
    parse(config.clone(), &mut settings);
    settings.found
}

/// Makes the connection, or one that waits until everything is known.
///
/// # Errors
/// All settings that are missing or cannot be used.
pub(super) fn connect(
    config: Configuration,
    environment: &Environment,
    diagnostics: &mut Diagnostics,
) -> Result<Connection, Diagnostics> {
    let mut settings = Settings::new(environment);
    let parsed = parse(config, &mut settings);
    settings.require(ENDPOINT, parsed.endpoint.is_some());
    settings.require(ACCESS_KEY, parsed.access_key.is_some());
    settings.require(SECRET_KEY, parsed.secret_key.is_some());
    if settings.found.has_errors() {
        return Err(settings.found);
    }
    if let Trust::Anyone = parsed.trust {
        diagnostics.push(
            Diagnostic::warning(
                "Server Certificate Not Checked",
                "insecure is on, so anybody between Terraform and the server can read and change \
                 the retry policies. Name the server's authority with ca_cert_file or \
                 ca_cert_pem instead.",
            )
            .at(Argument::new("insecure").path()),
        );
    }
    let vdn_id = parsed.vdn_id;
    if !settings.unknown.is_empty() {
        return Ok(Connection::pending(settings.unknown, vdn_id));
    }
    let client = client(parsed)?;
    Ok(Connection::ready(client, vdn_id))
}

fn parse(config: Configuration, settings: &mut Settings<'_>) -> Parsed {
    let vdn_id = match config.vdn_id {
        Attr::Unknown => Attr::Unknown,
        given => {
            let text = given.map(|vdn_id| vdn_id.to_string());
            Attr::from(settings.parsed(Argument::new("vdn_id"), text))
        }
    };
    let number = |settings: &mut Settings<'_>, name, value, least| {
        settings
            .number(Argument::new(name), value, least)
            .and_then(|number| u32::try_from(number).ok())
    };
    Parsed {
        endpoint: settings.parsed(ENDPOINT, config.endpoint),
        access_key: settings.text(ACCESS_KEY, config.access_key),
        secret_key: settings.secret(SECRET_KEY, config.secret_key),
        vdn_id,
        locale: settings.parsed(Argument::new("locale"), config.locale),
        trust: trust(
            settings,
            config.insecure,
            config.ca_cert_file,
            config.ca_cert_pem,
        ),
        client_certificate: client_certificate(
            settings,
            config.client_cert_file,
            config.client_key_file,
        ),
        proxy_url: proxy_url(settings, config.proxy_url),
        connect_timeout: duration(settings, "connect_timeout", config.connect_timeout),
        request_timeout: duration(settings, "request_timeout", config.request_timeout),
        max_retries: number(settings, "max_retries", config.max_retries, 0),
        max_concurrent_requests: number(
            settings,
            "max_concurrent_requests",
            config.max_concurrent_requests,
            1,
        )
        .and_then(|most| NonZeroUsize::new(most as usize)),
        requests_per_second: number(
            settings,
            "requests_per_second",
            config.requests_per_second,
            1,
        )
        .and_then(NonZeroU32::new),
        compatibility: compatibility(settings, config.compatibility),
    }
}

fn trust(
    settings: &mut Settings<'_>,
    insecure: Attr<bool>,
    file: Attr<String>,
    pem: Attr<String>,
) -> Trust {
    let insecure = settings.flag(Argument::new("insecure"), insecure);
    let file = settings.text(CA_CERT_FILE, file);
    let pem = settings.text(CA_CERT_PEM, pem);
    match (file, pem) {
        (Some(file), Some(_)) => {
            settings.refuse(
                file.refused("ca_cert_file and ca_cert_pem are both set. Keep one of them."),
            );
            Trust::File(file)
        }
        _ if insecure => Trust::Anyone,
        (Some(file), None) => Trust::File(file),
        (None, Some(pem)) => Trust::Pem(pem),
        (None, None) => Trust::System,
    }
}

fn client_certificate(
    settings: &mut Settings<'_>,
    certificate: Attr<String>,
    key: Attr<String>,
) -> Option<(Given<String>, Given<String>)> {
    let certificate = settings.text(CLIENT_CERT_FILE, certificate);
    let key = settings.text(CLIENT_KEY_FILE, key);
    match (certificate, key) {
        (Some(certificate), Some(key)) => Some((certificate, key)),
        (Some(alone), None) if !settings.is_unknown(CLIENT_KEY_FILE) => {
            settings.refuse(
                alone.refused("client_cert_file is set without client_key_file. Set both."),
            );
            None
        }
        (None, Some(alone)) if !settings.is_unknown(CLIENT_CERT_FILE) => {
            settings.refuse(
                alone.refused("client_key_file is set without client_cert_file. Set both."),
            );
            None
        }
        _ => None,
    }
}

fn proxy_url(settings: &mut Settings<'_>, value: Attr<Secret>) -> Option<ProxyUrl> {
    let given = settings.secret(Argument::new("proxy_url"), value)?;
    match given.value.reveal().parse() {
        Ok(url) => Some(url),
        // The error does not repeat the URL, which may hold a password.
        Err(error) => {
            let error: ConfigError = error;
            settings.refuse(given.refused(error));
            None
        }
    }
}

fn duration(
    settings: &mut Settings<'_>,
    name: &'static str,
    value: Attr<String>,
) -> Option<Duration> {
    let given = settings.text(Argument::new(name), value)?;
    match humantime::parse_duration(&given.value) {
        Ok(duration) if !duration.is_zero() => Some(duration),
        _ => {
            settings.refuse(given.refused(format!(
                "{name} must be a duration such as 30s, 500ms or 1m30s; {:?} is not.",
                given.value
            )));
            None
        }
    }
}

fn compatibility(settings: &mut Settings<'_>, block: Attr<CompatibilityBlock>) -> Compatibility {
    let block = match block {
        Attr::Known(block) => block,
        Attr::Null => CompatibilityBlock {
            policy_json_quotes: Attr::Null,
            common_policy_layout: Attr::Null,
            timestamp_precision: Attr::Null,
            signed_headers: Attr::Null,
        },
        Attr::Unknown => {
            settings.unknown.push("compatibility");
            return Compatibility::default();
        }
    };
    let defaults = Compatibility::default();
    let argument = Argument::compatibility;
    Compatibility {
        policy_json_quotes: settings
            .parsed(argument("policy_json_quotes"), block.policy_json_quotes)
            .unwrap_or(defaults.policy_json_quotes),
        common_policy_layout: settings
            .parsed(argument("common_policy_layout"), block.common_policy_layout)
            .unwrap_or(defaults.common_policy_layout),
        timestamp_precision: settings
            .parsed(argument("timestamp_precision"), block.timestamp_precision)
            .unwrap_or(defaults.timestamp_precision),
        signed_headers: settings
            .parsed(argument("signed_headers"), block.signed_headers)
            .unwrap_or(defaults.signed_headers),
    }
}

/// Reads the files that the settings name, and makes the client.
fn client(parsed: Parsed) -> Result<Client, Diagnostic> {
    let (Some(endpoint), Some(access_key), Some(secret_key)) =
        (parsed.endpoint, parsed.access_key, parsed.secret_key)
    else {
        return Err(Diagnostic::defect(
            "The provider configuration",
            "a required part is missing",
        ));
    };
    let credentials = Credentials::new(access_key.value.as_str(), secret_key.value.reveal());
    let credentials = credentials.map_err(|error| match error {
        CredentialsError::AccessKey => access_key.refused(error),
        CredentialsError::SecretKey => secret_key.refused(error),
    })?;
    let server_trust = match &parsed.trust {
        Trust::System => ServerTrust::SystemRoots,
        Trust::Anyone => ServerTrust::Anyone,
        Trust::File(path) => Authorities::from_file(Path::new(&path.value))
            .map(ServerTrust::Authorities)
            .map_err(|error| path.refused(error))?,
        Trust::Pem(pem) => Authorities::from_pem(&pem.value)
            .map(ServerTrust::Authorities)
            .map_err(|error| pem.refused(error))?,
    };
    let client_certificate = parsed
        .client_certificate
        .map(|(certificate, key)| {
            ClientCertificate::from_files(Path::new(&certificate.value), Path::new(&key.value))
                .map_err(|error| certificate.refused(error))
        })
        .transpose()?;

    let defaults = ClientConfig::new(endpoint, credentials);
    Client::new(ClientConfig {
        locale: parsed.locale,
        server_trust,
        client_certificate,
        proxy_url: parsed.proxy_url,
        connect_timeout: parsed.connect_timeout.unwrap_or(defaults.connect_timeout),
        request_timeout: parsed.request_timeout.unwrap_or(defaults.request_timeout),
        max_retries: parsed.max_retries.unwrap_or(defaults.max_retries),
        max_concurrent_requests: parsed
            .max_concurrent_requests
            .unwrap_or(defaults.max_concurrent_requests),
        requests_per_second: parsed.requests_per_second,
        compatibility: parsed.compatibility,
        ..defaults
    })
    .map_err(|error| Diagnostic::error("Invalid Provider Configuration", error.to_string()))
}
