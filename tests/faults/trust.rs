//! Servers whose certificate does not hold.

use isales_simulator::{LeafCertificate, Simulator};
use serde_json::{Value as Json, json};

use test_support::{
    retry_policy::{apply, config, plan},
    target::Target,
    values::errors,
};

/// The error about a server with this certificate, from a provider with these arguments.
async fn error_about(certificate: LeafCertificate, arguments: Json) -> String {
    let simulator = Simulator::builder()
        .campaign(25, 46)
        .certificate(certificate);
    let mut target = Target::configured(simulator, arguments).await;
    let planned = plan(&mut target.provider, &Json::Null, &config(46, 1)).await;
    let failed = apply(&mut target.provider, &Json::Null, &planned).await;
    // Not even a signature has reached the server.
    assert!(target.simulator.requests().is_empty());
    errors(&failed.diagnostics).join("\n")
}

#[tokio::test]
async fn an_error_says_what_is_wrong_with_the_certificate_and_what_to_set() {
    let other = Simulator::builder().start().await.unwrap();
    for (certificate, arguments, parts) in [
        (
            LeafCertificate::Expired,
            json!({}),
            ["has expired", "Have the certificate renewed"],
        ),
        (
            LeafCertificate::WrongName,
            json!({}),
            ["for another name", "Set endpoint"],
        ),
        (
            LeafCertificate::Valid,
            json!({"ca_cert_pem": other.ca_pem()}),
            ["unknown issuer", "ca_cert_file or ca_cert_pem"],
        ),
        (
            LeafCertificate::Valid,
            json!({"ca_cert_pem": null}),
            ["unknown issuer", "ca_cert_file or ca_cert_pem"],
        ),
    ] {
        let error = error_about(certificate, arguments).await;
        for part in parts
            .into_iter()
            .chain(["terraform-provider-isales doctor"])
        {
            assert!(error.contains(part), "not {part:?} in {error}");
        }
    }
}
