//! The schema of the `provider` block.

use std::{fmt::Display, ops::RangeInclusive};

use isales_client::config::ClientConfig;
use tfplugin::{
    duration,
    schema::{Attribute, Nesting, Schema, Validator},
};

use super::{
    parse::{MAX_CONCURRENT_REQUESTS, MAX_RETRIES, REQUESTS_PER_SECOND},
    settings::Argument,
};
use crate::attributes;

/// Returns the schema. Each argument has an environment variable, over which the configuration
/// takes precedence.
pub(crate) fn schema() -> Schema {
    Schema::new(
        "The isales provider manages the retry policies of Huawei Cloud CC-iSales outbound \
         campaigns, and the call results that they name.",
        vec![
            string(
                "endpoint",
                "URL of the CC-iSales server, `https://host:port`. `http` is accepted for \
                 loopback addresses only. Required here or in the environment.",
            ),
            attributes::vdn_id(&with_variable(
                "vdn_id",
                "Default for resources and data sources that do not set their own.",
            )),
            string(
                "access_key",
                "Access key (AK) of the C2 signature, issued by the operations personnel of the \
                 contact center; it is not an IAM access key. Required here or in the environment.",
            ),
            string(
                "secret_key",
                "Secret key (SK) that belongs to the access key. Required here or, to keep it out \
                 of files, in the environment.",
            )
            .sensitive(),
            string(
                "locale",
                "Language of the server's descriptions, for example `en_US` or `zh_CN` (header \
                 `locale`). If omitted, the header is not sent.",
            ),
            string(
                "ca_cert_file",
                "Path of a PEM file with the certificates of the authorities to trust instead of \
                 the system's, or with the server's own certificate. A `~` is not expanded; write \
                 `pathexpand(\"~/ca.pem\")`. Conflicts with `ca_cert_pem`.",
            ),
            string(
                "ca_cert_pem",
                "Certificates of the authorities to trust instead of the system's, or the server's \
                 own certificate, in PEM format. Conflicts with `ca_cert_file`.",
            ),
            string(
                "client_cert_file",
                "Path of a PEM file with the certificate to present to the server. Requires \
                 `client_key_file`.",
            ),
            string(
                "client_key_file",
                "Path of a PEM file with the private key of `client_cert_file`.",
            ),
            Attribute::bool(
                "insecure",
                with_variable(
                    "insecure",
                    "Whether to accept any server certificate. Anyone on the network path can \
                     then read and change what is sent. Defaults to `false`.",
                ),
            ),
            string(
                "proxy_url",
                "URL of an HTTP proxy, `http://host:port`, for `https` endpoints only. If omitted, \
                 `HTTPS_PROXY` and `NO_PROXY` apply; see Proxies above.",
            )
            .sensitive(),
            string(
                "connect_timeout",
                format!(
                    "Time limit for establishing a connection, including TLS, for example `5s`. \
                     Defaults to `{}`.",
                    duration::format(ClientConfig::DEFAULT_CONNECT_TIMEOUT)
                ),
            ),
            string(
                "request_timeout",
                format!(
                    "Time limit for one attempt of a request, for example `1m`. Defaults to `{}`.",
                    duration::format(ClientConfig::DEFAULT_REQUEST_TIMEOUT)
                ),
            ),
            number(
                "max_retries",
                "Maximum number of retries per request",
                MAX_RETRIES,
                format!(
                    "`0` disables retries. Defaults to `{}`.",
                    ClientConfig::DEFAULT_MAX_RETRIES
                ),
            ),
            number(
                "max_concurrent_requests",
                "Maximum number of concurrent requests of this `provider` block",
                MAX_CONCURRENT_REQUESTS,
                format!(
                    "Each block is a process of its own, so two blocks together may send twice as \
                     many. Defaults to `{}`.",
                    ClientConfig::DEFAULT_MAX_CONCURRENT_REQUESTS
                ),
            ),
            number(
                "requests_per_second",
                "Maximum number of requests that this `provider` block starts per second",
                REQUESTS_PER_SECOND,
                "Like `max_concurrent_requests`, it applies to each block separately. If omitted, \
                 there is no limit.",
            ),
            Attribute::nested(
                "compatibility",
                Nesting::Single,
                compatibility(),
                "Settings for servers that deviate from the API reference. The defaults follow its \
                 examples.",
            ),
        ],
    )
}

fn compatibility() -> Vec<Attribute> {
    vec![
        string(
            "policy_json_quotes",
            "Quotes around strings in `policyJson`: `single` or `double`. Defaults to `single`.",
        )
        .validator(Validator::one_of(&["single", "double"])),
        string(
            "common_policy_layout",
            "Position of `retryTimes` and `retryDay` in a common policy: `flat` in the element, \
             `nested` under `policy`, or `auto`, which is flat with `policy_type` 0 and nested \
             with 1. Defaults to `auto`.",
        )
        .validator(Validator::one_of(&["auto", "flat", "nested"])),
        string(
            "timestamp_precision",
            "Precision of the time in the signature: `milliseconds` or `seconds`. Defaults to \
             `milliseconds`.",
        )
        .validator(Validator::one_of(&["milliseconds", "seconds"])),
        string(
            "signed_headers",
            "Headers that the signature covers, separated by semicolons. Headers that a request \
             does not carry are skipped. Defaults to `content-length;content-type;host`.",
        ),
    ]
}

fn string(name: &'static str, description: impl Display) -> Attribute {
    Attribute::string(name, with_variable(name, description))
}

fn number(
    name: &'static str,
    meaning: &str,
    range: RangeInclusive<u32>,
    note: impl Display,
) -> Attribute {
    let (first, last) = range.into_inner();
    let description = format!("{meaning}, from {first} to {last}. {note}");
    Attribute::number(name, with_variable(name, description))
        .validator(Validator::between(first.into()..=last.into()))
}

/// Appends the name of the environment variable to a description.
fn with_variable(name: &'static str, description: impl Display) -> String {
    let variable = Argument::new(name).variable();
    format!("{description} Environment variable: `{variable}`.")
}
