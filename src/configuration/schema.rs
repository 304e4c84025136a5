//! The schema of the `provider` block.

use std::ops::RangeInclusive;

use tfplugin::schema::{Attribute, Nesting, Schema, Validator};

use super::parse::{MAX_CONCURRENT_REQUESTS, MAX_RETRIES, REQUESTS_PER_SECOND};

/// Each argument has an environment variable, `ISALES_` and its name in capitals; the
/// configuration beats it.
pub(crate) fn schema() -> Schema {
    Schema::new(
        "The isales provider manages the retry policies of Huawei Cloud CC-iSales outbound \
         campaigns.",
        vec![
            Attribute::string(
                "endpoint",
                "URL of the CC-iSales server, `https://host:port`. `http` is accepted for \
                 loopback addresses only. Required here or as `ISALES_ENDPOINT`.",
            ),
            Attribute::number(
                "vdn_id",
                "VDN ID (`vdnId`) of resources and data sources that do not set their own, from 1 \
                 to 9999. Or `ISALES_VDN_ID`.",
            )
            .validator(Validator::between(1..=9999)),
            Attribute::string(
                "access_key",
                "Access key (AK) of the C2 signature, issued by the operations personnel of the \
                 contact center; it is not an IAM access key. Required here or as \
                 `ISALES_ACCESS_KEY`.",
            ),
            Attribute::string(
                "secret_key",
                "Secret key (SK) that belongs to the access key. Required here or as \
                 `ISALES_SECRET_KEY`, which keeps it out of files.",
            )
            .sensitive(),
            Attribute::string(
                "locale",
                "Language of the server's descriptions, for example `en_US` or `zh_CN` (header \
                 `locale`). Or `ISALES_LOCALE`. Left out, the header is not sent.",
            ),
            Attribute::string(
                "ca_cert_file",
                "Path of a PEM file with the certificates of the authorities to trust, in place \
                 of the system's, or with the server's own certificate. A `~` is not expanded; write `pathexpand(\"~/ca.pem\")`. Or \
                 `ISALES_CA_CERT_FILE`. Conflicts with `ca_cert_pem`.",
            ),
            Attribute::string(
                "ca_cert_pem",
                "Certificates of the authorities to trust, in PEM form, in place of the system's, \
                 or the server's own certificate. \
                 Or `ISALES_CA_CERT_PEM`. Conflicts with `ca_cert_file`.",
            ),
            Attribute::string(
                "client_cert_file",
                "Path of a PEM file with the certificate to show to the server. Or \
                 `ISALES_CLIENT_CERT_FILE`. Needs `client_key_file`.",
            ),
            Attribute::string(
                "client_key_file",
                "Path of a PEM file with the key of `client_cert_file`. Or \
                 `ISALES_CLIENT_KEY_FILE`.",
            ),
            Attribute::bool(
                "insecure",
                "Whether to accept any certificate of the server. Anyone on the network path \
                 can then read and change what is sent. Or `ISALES_INSECURE`. Defaults to `false`.",
            ),
            Attribute::string(
                "proxy_url",
                "URL of an HTTP proxy, `http://host:port`; only for an endpoint with https. Or \
                 `ISALES_PROXY_URL`. Left out, `HTTPS_PROXY` and `NO_PROXY` count; see Proxies \
                 above.",
            )
            .sensitive(),
            Attribute::string(
                "connect_timeout",
                "How long making a connection may take, TLS included, for example `10s`, the \
                 default. Or `ISALES_CONNECT_TIMEOUT`.",
            ),
            Attribute::string(
                "request_timeout",
                "How long one request may take, for example `30s`, the default. Or \
                 `ISALES_REQUEST_TIMEOUT`.",
            ),
            Attribute::number(
                "max_retries",
                "How often a request that failed is made again, up to 100; `0` switches retries \
                 off. Or `ISALES_MAX_RETRIES`. Defaults to `4`.",
            )
            .validator(within(MAX_RETRIES)),
            Attribute::number(
                "max_concurrent_requests",
                "How many requests may be under way at a time, from 1 to 1000. Or \
                 `ISALES_MAX_CONCURRENT_REQUESTS`. Defaults to `10`.",
            )
            .validator(within(MAX_CONCURRENT_REQUESTS)),
            Attribute::number(
                "requests_per_second",
                "How many requests may start in a second, from 1 to 10000. Or \
                 `ISALES_REQUESTS_PER_SECOND`. Left out, there is no limit.",
            )
            .validator(within(REQUESTS_PER_SECOND)),
            Attribute::nested(
                "compatibility",
                Nesting::Single,
                compatibility(),
                "What CC-iSales servers may differ in. The defaults write what the API reference \
                 shows.",
            ),
        ],
    )
}

fn within(range: RangeInclusive<u32>) -> Validator {
    Validator::between(i64::from(*range.start())..=i64::from(*range.end()))
}

fn compatibility() -> Vec<Attribute> {
    vec![
        Attribute::string(
            "policy_json_quotes",
            "Quotes inside `policyJson`: `single`, the default, or `double`. Or \
             `ISALES_POLICY_JSON_QUOTES`.",
        )
        .validator(Validator::one_of(&["single", "double"])),
        Attribute::string(
            "common_policy_layout",
            "Where `retryTimes` and `retryDay` of a common policy stand: `flat` in the element, \
             `nested` under `policy`, or `auto`, the default: flat with `policy_type` 0, nested \
             with 1. Or `ISALES_COMMON_POLICY_LAYOUT`.",
        )
        .validator(Validator::one_of(&["auto", "flat", "nested"])),
        Attribute::string(
            "timestamp_precision",
            "Precision of the time in the signature: `milliseconds`, the default, or `seconds`. \
             Or `ISALES_TIMESTAMP_PRECISION`.",
        )
        .validator(Validator::one_of(&["milliseconds", "seconds"])),
        Attribute::string(
            "signed_headers",
            "Headers that the signature covers, separated by semicolons; those that a request \
             does not carry are left out. Defaults to `content-length;content-type;host`. Or \
             `ISALES_SIGNED_HEADERS`.",
        ),
    ]
}
