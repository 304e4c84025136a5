//! The settings of the `provider` block, each read from the block or the environment and parsed.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    ops::RangeInclusive,
    time::Duration,
};

use isales_client::{
    VdnId,
    config::{Compatibility, ConfigError, Endpoint, Locale, ProxyUrl},
};
use tfplugin::{duration, model::Attr};

use super::{
    certificates::{ClientCertificateFiles, Trust},
    model::{CompatibilityBlock, Configuration},
    settings::{Argument, Setting, Settings},
};
use crate::secret::Secret;

pub(super) const ENDPOINT: Argument = Argument::new("endpoint");
pub(super) const ACCESS_KEY: Argument = Argument::new("access_key");
pub(super) const SECRET_KEY: Argument = Argument::new("secret_key");
pub(super) const PROXY_URL: Argument = Argument::new("proxy_url");

/// Range of `max_retries`.
pub(super) const MAX_RETRIES: RangeInclusive<u32> = 0..=100;
/// Range of `max_concurrent_requests`.
pub(super) const MAX_CONCURRENT_REQUESTS: RangeInclusive<u32> = 1..=1000;
/// Range of `requests_per_second`.
pub(super) const REQUESTS_PER_SECOND: RangeInclusive<u32> = 1..=10_000;

/// The settings as far as they are known, each parsed; no file is read yet.
pub(super) struct Parsed {
    pub(super) endpoint: Option<Endpoint>,
    pub(super) access_key: Option<Setting<String>>,
    pub(super) secret_key: Option<Setting<Secret>>,
    pub(super) vdn_id: Attr<VdnId>,
    pub(super) locale: Option<Locale>,
    pub(super) trust: Trust,
    pub(super) client_certificate: ClientCertificateFiles,
    pub(super) proxy_url: Option<Setting<ProxyUrl>>,
    pub(super) connect_timeout: Option<Duration>,
    pub(super) request_timeout: Option<Duration>,
    pub(super) max_retries: Option<u32>,
    pub(super) max_concurrent_requests: Option<NonZeroUsize>,
    pub(super) requests_per_second: Option<NonZeroU32>,
    pub(super) compatibility: Compatibility,
}

/// Parses what is known, and leaves out what is missing, wrong or not known yet.
pub(super) fn parse(config: Configuration, settings: &mut Settings<'_>) -> Parsed {
    let vdn_id = match config.vdn_id {
        Attr::Unknown => Attr::Unknown,
        given => {
            let text = given.map(|vdn_id| vdn_id.to_string());
            Attr::from(settings.parsed(Argument::new("vdn_id"), text))
        }
    };
    Parsed {
        endpoint: settings.parsed(ENDPOINT, config.endpoint),
        access_key: settings.text(ACCESS_KEY, config.access_key),
        secret_key: settings.secret(SECRET_KEY, config.secret_key),
        vdn_id,
        locale: settings.parsed(Argument::new("locale"), config.locale),
        trust: Trust::read(
            settings,
            config.insecure,
            config.ca_cert_file,
            config.ca_cert_pem,
        ),
        client_certificate: ClientCertificateFiles::read(
            settings,
            config.client_cert_file,
            config.client_key_file,
        ),
        proxy_url: proxy_url(settings, config.proxy_url),
        connect_timeout: duration(settings, "connect_timeout", config.connect_timeout),
        request_timeout: duration(settings, "request_timeout", config.request_timeout),
        max_retries: settings.number(
            Argument::new("max_retries"),
            config.max_retries,
            MAX_RETRIES,
        ),
        max_concurrent_requests: settings
            .number(
                Argument::new("max_concurrent_requests"),
                config.max_concurrent_requests,
                MAX_CONCURRENT_REQUESTS,
            )
            .and_then(|most| NonZeroUsize::new(most as usize)),
        requests_per_second: settings
            .number(
                Argument::new("requests_per_second"),
                config.requests_per_second,
                REQUESTS_PER_SECOND,
            )
            .and_then(NonZeroU32::new),
        compatibility: compatibility(settings, config.compatibility),
    }
}

fn proxy_url(settings: &mut Settings<'_>, value: Attr<Secret>) -> Option<Setting<ProxyUrl>> {
    let given = settings.secret(PROXY_URL, value)?;
    match given.value.reveal().parse() {
        Ok(url) => Some(given.with(url)),
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
    match duration::parse(&given.value) {
        Some(duration) if !duration.is_zero() => Some(duration),
        _ => {
            settings.refuse(given.refused(format!(
                "{name} must be a duration such as 30s, 500ms or 1.5m; {:?} is not.",
                given.value
            )));
            None
        }
    }
}

fn compatibility(settings: &mut Settings<'_>, block: Attr<CompatibilityBlock>) -> Compatibility {
    let block = match block {
        Attr::Known(block) => block,
        Attr::Null => CompatibilityBlock::default(),
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
