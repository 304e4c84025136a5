//! The model of the `provider` block.

use tfplugin::{model, model::Attr};

use crate::secret::Secret;

model! {
    /// The `provider` block.
    #[derive(Default)]
    pub struct Configuration {
        pub(super) endpoint: Attr<String>,
        pub(super) vdn_id: Attr<i64>,
        pub(super) access_key: Attr<String>,
        pub(super) secret_key: Attr<Secret>,
        pub(super) locale: Attr<String>,
        pub(super) ca_cert_file: Attr<String>,
        pub(super) ca_cert_pem: Attr<String>,
        pub(super) client_cert_file: Attr<String>,
        pub(super) client_key_file: Attr<String>,
        pub(super) insecure: Attr<bool>,
        pub(super) proxy_url: Attr<Secret>,
        pub(super) connect_timeout: Attr<String>,
        pub(super) request_timeout: Attr<String>,
        pub(super) max_retries: Attr<i64>,
        pub(super) max_concurrent_requests: Attr<i64>,
        pub(super) requests_per_second: Attr<i64>,
        pub(super) compatibility: Attr<CompatibilityBlock>,
    }

    /// `compatibility`: settings for servers that deviate from the API reference.
    #[derive(Default)]
    pub(super) struct CompatibilityBlock {
        pub(super) policy_json_quotes: Attr<String>,
        pub(super) common_policy_layout: Attr<String>,
        pub(super) timestamp_precision: Attr<String>,
        pub(super) signed_headers: Attr<String>,
    }
}
