//! Whom to trust, where nobody vouches for the server's certificate.

use std::time::SystemTime;

use isales_client::{
    config::ServerTrust,
    error::TlsFailure,
    probe::{self, Certificate, Roots},
};

/// A certificate that is not trusted: what is missing, and where it is.
pub(super) struct Untrusted {
    pub(super) summary: String,
    pub(super) details: Vec<String>,
    pub(super) fix: String,
}

const COMPARE: &str = "Compare its SHA-256 fingerprint with the one that the operations personnel of \
     CC-iSales tell you, save the lines from BEGIN to END as a file, and set ca_cert_file \
     (ISALES_CA_CERT_FILE) to its path.";

/// The argument that gives certificates to trust, and its variable.
pub(super) type Given = (&'static str, &'static str);

/// Finds out which certificate would have to be trusted, and whether it is at hand.
pub(super) async fn examine(
    chain: &[Certificate],
    host: &str,
    trust: &ServerTrust,
    given: Option<Given>,
    now: SystemTime,
) -> Untrusted {
    let needed = needed(chain);
    let summary = format!("the certificate is issued under \"{needed}\", which is not trusted");
    let given = given.filter(|_| matches!(trust, ServerTrust::Authorities(_)));
    let mut details = Vec::new();
    if let Some((argument, variable)) = given {
        let certificates = probe::given_certificates(trust);
        let subjects: Vec<_> = certificates
            .iter()
            .filter_map(Certificate::content)
            .map(|content| content.subject.clone())
            .collect();
        details.push(if subjects.contains(&needed) {
            format!(
                "{argument} has a certificate of that name, but of another key: it is an older or newer \
                 one, or that of another server"
            )
        } else {
            format!("{argument} has: {}", subjects.join(", "))
        });
        for certificate in &certificates {
            details.push(format!(
                "SHA-256 {} (in {argument})",
                certificate.fingerprint()
            ));
        }
        if let Ok(system) = Roots::system().await
            && helps(chain, host, &system, now)
        {
            details.push("the system's own root certificates have it".to_owned());
            return Untrusted {
                summary,
                details,
                fix: format!("Remove {argument} ({variable})."),
            };
        }
    }
    // The topmost one first: it stays when the server's own is renewed.
    let sent = chain.iter().rev().find(|certificate| {
        Roots::only(certificate).is_some_and(|roots| helps(chain, host, &roots, now))
            && certificate
                .content()
                .is_some_and(|content| content.is_self_issued || content.is_authority)
    });
    if let Some(sent) = sent {
        let subject = sent.content().map(|content| content.subject.clone());
        details.push(format!(
            "the server sends that certificate itself: {}",
            subject.unwrap_or_default()
        ));
        details.push(format!("SHA-256 {}", sent.fingerprint()));
        details.push(sent.to_pem());
        return Untrusted {
            summary,
            details,
            fix: COMPARE.to_owned(),
        };
    }
    details.push("neither the system nor the server has it".to_owned());
    let ask = format!(
        "Ask the operations personnel of CC-iSales for the certificate of \"{needed}\" in PEM form"
    );
    let fix = match given {
        Some((argument @ "ca_cert_file", variable)) => {
            format!("{ask}, and replace the one in the file that {argument} ({variable}) names.")
        }
        Some((argument, variable)) => format!("{ask}, and set {argument} ({variable}) to it."),
        None => format!("{ask}, and set ca_cert_file (ISALES_CA_CERT_FILE) to a file with it."),
    };
    Untrusted {
        summary,
        details,
        fix,
    }
}

/// Returns the name of the authority that would have to be trusted.
fn needed(chain: &[Certificate]) -> String {
    let last = chain.last().and_then(Certificate::content);
    last.map(|content| content.issuer.clone())
        .unwrap_or_else(|| "an unknown issuer".to_owned())
}

/// Returns whether these roots would make the certificate trusted, whatever its names.
fn helps(chain: &[Certificate], host: &str, roots: &Roots, now: SystemTime) -> bool {
    matches!(
        probe::verify(chain, host, roots, now),
        Ok(()) | Err(TlsFailure::WrongName)
    )
}
