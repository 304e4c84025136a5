//! The `provider` block, and the client that it and the environment configure.

mod certificates;
mod environment;
mod model;
mod parse;
mod schema;
mod settings;

use std::path::Path;

pub(super) use self::schema::schema;
pub(super) use self::settings::Argument;
pub use self::{environment::Environment, model::Configuration};
use isales_client::{
    Client, VdnId,
    config::{
        Authorities, ClientCertificate, ClientConfig, ConfigError, Credentials, Proxy, ServerTrust,
    },
};
use tfplugin::diagnostics::{Diagnostic, Diagnostics};

use self::{
    certificates::{ClientCertificateFiles, Trust},
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

/// Parses the settings of the environment alone, as a `provider` block without arguments has them, and
/// reads the files that they name.
///
/// # Errors
/// All settings that are missing or cannot be used.
pub(super) async fn from_environment(
    environment: &Environment,
    diagnostics: &mut Diagnostics,
) -> Result<(ClientConfig, Option<VdnId>), Diagnostics> {
    match settle(Configuration::default(), environment, diagnostics)? {
        Settled::Pending(_) => {
            Err(Diagnostic::bug("The environment", "a setting is not known").into())
        }
        Settled::Known(parsed) => {
            let vdn_id = parsed.vdn_id.known();
            Ok((client_config(*parsed, environment).await?, vdn_id))
        }
    }
}

/// Lists the arguments that stand for one value each, in the order of the documentation.
pub(super) fn arguments() -> Vec<Argument> {
    let mut arguments = Vec::new();
    for attribute in schema().attributes {
        match attribute.nested_attributes() {
            [] => arguments.push(Argument::new(attribute.name())),
            nested => {
                let nested = nested.iter().map(tfplugin::schema::Attribute::name);
                arguments.extend(nested.map(Argument::compatibility));
            }
        }
    }
    arguments
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
async fn client(parsed: Parsed, environment: &Environment) -> Result<Client, Diagnostics> {
    let proxy_url = parsed.proxy_url.clone();
    let config = client_config(parsed, environment).await?;
    Client::new(config).map_err(|error| match (&error, &proxy_url) {
        (ConfigError::ProxyInClear, Some(proxy)) => proxy.refused(error).into(),
        _ => invalid(&error).into(),
    })
}

/// Reads the files that the settings name, and finds the proxy.
///
/// # Errors
/// Everything that cannot be used.
async fn client_config(
    parsed: Parsed,
    environment: &Environment,
) -> Result<ClientConfig, Diagnostics> {
    let (Some(endpoint), Some(access_key), Some(secret_key)) =
        (parsed.endpoint, parsed.access_key, parsed.secret_key)
    else {
        return Err(
            Diagnostic::bug("The provider configuration", "a required part is missing").into(),
        );
    };
    let credentials = Credentials::new(access_key.value.as_str(), secret_key.value.reveal());
    let credentials = credentials.map_err(|error| {
        if error.setting() == ACCESS_KEY.name() {
            access_key.refused(error)
        } else {
            secret_key.refused(error)
        }
    });
    let server_trust = server_trust(&parsed.trust).await;
    let client_certificate = client_certificate(parsed.client_certificate).await;
    let proxy = match &parsed.proxy_url {
        Some(given) => Ok(Some(Proxy::new(given.value.clone(), given.source()))),
        None => Proxy::from_environment(&endpoint, environment)
            .map_err(|error| invalid(&error).at(PROXY_URL.path())),
    };
    let (credentials, server_trust, client_certificate, proxy) =
        match (credentials, server_trust, client_certificate, proxy) {
            (Ok(credentials), Ok(trust), Ok(certificate), Ok(proxy)) => {
                (credentials, trust, certificate, proxy)
            }
            (credentials, trust, certificate, proxy) => {
                let errors = [
                    credentials.err(),
                    trust.err(),
                    certificate.err(),
                    proxy.err(),
                ];
                return Err(errors.into_iter().flatten().collect());
            }
        };
    if let Some(proxy) = &proxy {
        log::debug!(proxy = proxy.to_string().as_str(); "Requests go through a proxy");
    }
    let defaults = ClientConfig::new(endpoint, credentials);
    Ok(ClientConfig {
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
}

async fn server_trust(trust: &Trust) -> Result<ServerTrust, Diagnostic> {
    match trust {
        Trust::System => Ok(ServerTrust::SystemRoots),
        Trust::Anyone { .. } => Ok(ServerTrust::Anyone),
        Trust::File(path) => Authorities::from_file(Path::new(&path.value))
            .await
            .map(ServerTrust::Authorities)
            .map_err(|error| path.refused(error)),
        Trust::Pem(pem) => Authorities::from_pem(&pem.value)
            .map(ServerTrust::Authorities)
            .map_err(|error| pem.refused(error)),
    }
}

async fn client_certificate(
    files: ClientCertificateFiles,
) -> Result<Option<ClientCertificate>, Diagnostic> {
    let Some((certificate, key)) = files.into_pair() else {
        return Ok(None);
    };
    let read = ClientCertificate::from_files(Path::new(&certificate.value), Path::new(&key.value));
    read.await.map(Some).map_err(|error| match error.setting() {
        Some(setting) if setting == key.argument().name() => key.refused(error),
        _ => certificate.refused(error),
    })
}

fn invalid(error: &ConfigError) -> Diagnostic {
    Diagnostic::error("Invalid Provider Configuration", error.to_string())
}
