//! The `provider` block, and the client that it and the environment configure.

mod certificates;
mod environment;
mod model;
mod parse;
mod schema;
mod settings;

use std::path::Path;

pub(super) use self::schema::schema;
pub use self::{environment::Environment, model::Configuration};
use isales_client::{
    Client,
    config::{
        Authorities, ClientCertificate, ClientConfig, ConfigError, Credentials, Proxy, ServerTrust,
    },
};
use tfplugin::diagnostics::{Diagnostic, Diagnostics};

use self::{
    certificates::Trust,
    parse::{ACCESS_KEY, ENDPOINT, PROXY_URL, Parsed, SECRET_KEY, parse},
    settings::Settings,
};
use crate::provider_data::ProviderData;

/// Validates the block alone. Nothing is required yet, because the environment may provide it.
pub(super) fn validate(config: &Configuration) -> Diagnostics {
    let mut settings = Settings::new(&|_| None);
    parse(config.clone(), &mut settings);
    settings.found
}

/// Creates the provider's data, with a client once all settings are known.
///
/// # Errors
/// All settings that are missing or cannot be used.
pub(super) async fn connect(
    config: Configuration,
    environment: &Environment,
    diagnostics: &mut Diagnostics,
) -> Result<ProviderData, Diagnostics> {
    let parsed = match settle(config, environment, diagnostics)? {
        Settled::Pending(data) => return Ok(data),
        Settled::Known(parsed) => parsed,
    };
    let vdn_id = parsed.vdn_id;
    let client = client(*parsed, environment).await?;
    Ok(ProviderData::ready(client, vdn_id))
}

/// What is known of a configuration.
enum Settled {
    /// Part of it is not known yet.
    Pending(ProviderData),
    /// All of it. Files are not read yet.
    Known(Box<Parsed>),
}

/// Parses the settings and checks that none is missing.
fn settle(
    config: Configuration,
    environment: &Environment,
    diagnostics: &mut Diagnostics,
) -> Result<Settled, Diagnostics> {
    let mut settings = Settings::new(environment);
    let parsed = parse(config, &mut settings);
    parsed.client_certificate.check(&mut settings);
    settings.require(ENDPOINT, parsed.endpoint.is_some());
    settings.require(ACCESS_KEY, parsed.access_key.is_some());
    settings.require(SECRET_KEY, parsed.secret_key.is_some());
    if settings.found.has_errors() {
        return Err(settings.found);
    }
    if let Some(warning) = parsed.trust.warning() {
        diagnostics.push(warning);
    }
    if settings.unknown.is_empty() {
        return Ok(Settled::Known(Box::new(parsed)));
    }
    let data = ProviderData::pending(settings.unknown, parsed.vdn_id);
    Ok(Settled::Pending(data))
}

/// Reads the files that the settings name, and makes the client.
async fn client(parsed: Parsed, environment: &Environment) -> Result<Client, Diagnostic> {
    let (Some(endpoint), Some(access_key), Some(secret_key)) =
        (parsed.endpoint, parsed.access_key, parsed.secret_key)
    else {
        return Err(Diagnostic::bug(
            "The provider configuration",
            "a required part is missing",
        ));
    };
    let credentials = Credentials::new(access_key.value.as_str(), secret_key.value.reveal());
    let credentials = credentials.map_err(|error| {
        if error.setting() == ACCESS_KEY.name() {
            access_key.refused(error)
        } else {
            secret_key.refused(error)
        }
    })?;
    let server_trust = match &parsed.trust {
        Trust::System => ServerTrust::SystemRoots,
        Trust::Anyone { .. } => ServerTrust::Anyone,
        Trust::File(path) => Authorities::from_file(Path::new(&path.value))
            .await
            .map(ServerTrust::Authorities)
            .map_err(|error| path.refused(error))?,
        Trust::Pem(pem) => Authorities::from_pem(&pem.value)
            .map(ServerTrust::Authorities)
            .map_err(|error| pem.refused(error))?,
    };
    let client_certificate = match parsed.client_certificate.into_pair() {
        None => None,
        Some((certificate, key)) => {
            let files = (Path::new(&certificate.value), Path::new(&key.value));
            let read = ClientCertificate::from_files(files.0, files.1).await;
            Some(read.map_err(|error| match error.setting() {
                Some(setting) if setting == key.argument().name() => key.refused(error),
                _ => certificate.refused(error),
            })?)
        }
    };

    let proxy = match &parsed.proxy_url {
        Some(given) => Some(Proxy::new(given.value.clone(), given.source())),
        None => Proxy::from_environment(&endpoint, environment).map_err(|error| {
            Diagnostic::error("Invalid Provider Configuration", error.to_string())
                .at(PROXY_URL.path())
        })?,
    };
    if let Some(proxy) = &proxy {
        log::debug!(proxy = proxy.to_string().as_str(); "Requests go through a proxy");
    }
    let defaults = ClientConfig::new(endpoint, credentials);
    Client::new(ClientConfig {
        locale: parsed.locale,
        server_trust,
        client_certificate,
        proxy,
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
    .map_err(|error| match (&error, &parsed.proxy_url) {
        (ConfigError::ProxyInClear, Some(proxy)) => proxy.refused(error),
        _ => Diagnostic::error("Invalid Provider Configuration", error.to_string()),
    })
}
