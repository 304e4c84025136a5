//! Certificates that clients reject.

use isales_simulator::{LeafCertificate, Simulator};

use crate::client::{Client, start};

#[tokio::test]
async fn clients_reject_invalid_certificates() {
    for (certificate, word) in [
        (LeafCertificate::Expired, "expired"),
        (LeafCertificate::WrongName, "not valid for name"),
    ] {
        let simulator = Simulator::builder()
            .certificate(certificate)
            .start()
            .await
            .unwrap();
        let error = Client::new(&simulator)
            .unsigned("/")
            .send()
            .await
            .unwrap_err();
        let error = format!("{error:?}").to_lowercase();
        assert!(
            error.contains(word) || error.contains("notvalidforname"),
            "{error}"
        );
    }
    let (simulator, stranger) = (start().0, start().0);
    let knows_another_ca = Client::new(&stranger).at(&simulator);
    let error = knows_another_ca.unsigned("/").send().await.unwrap_err();
    assert!(format!("{error:?}").contains("UnknownIssuer"), "{error:?}");
}
