//! TLS: protocol, certificates, and who would have to be trusted.

use std::time::{Duration, Instant, SystemTime};

use isales_client::{
    error::TlsFailure,
    probe::{self, Certificate, Connection, Handshake, HandshakeFailure, Roots},
};
use time::OffsetDateTime;

use super::{
    failure,
    issuer::{self, Untrusted},
    network::{handshake_reason, milliseconds},
};
use crate::doctor::{
    finding::{Finding, Step},
    session::{Session, Target},
};

/// A certificate that expires within this time is worth a note.
const SOON: Duration = Duration::from_secs(30 * 86_400);

const DAY: u64 = 86_400;

/// Makes a handshake and verifies the certificate. Returns whether requests can be sent, and how long
/// the handshake took.
pub(in crate::doctor) async fn run(
    session: &mut Session,
    target: &Target,
    stream: Box<dyn Connection>,
) -> Option<Duration> {
    session.begin(Step::Tls);
    let config = &target.config;
    let began = Instant::now();
    let handshake = probe::handshake(
        stream,
        config.endpoint.host(),
        config.client_certificate.as_ref(),
        config.connect_timeout,
    )
    .await;
    let took = began.elapsed();
    let handshake = match handshake {
        Ok(handshake) => handshake,
        Err(failure) => {
            session.report(no_handshake(&failure, target));
            return None;
        }
    };
    let roots = match Roots::of(&config.server_trust).await {
        Ok(roots) => roots,
        Err(reason) => {
            session.report(
                Finding::problem(
                    Step::Tls,
                    "root_certificates_not_loaded",
                    format!("the root certificates of the system could not be loaded: {reason}"),
                )
                .fix("Set ca_cert_file (ISALES_CA_CERT_FILE) to a file with the certificate of the server's CA."),
            );
            return None;
        }
    };
    let given = GIVEN.into_iter().find(|(name, _)| session.block.has(name));
    let now = target.clock.now();
    let host = config.endpoint.host();
    let verified = match &roots {
        Some(roots) => probe::verify(&handshake.chain, host, roots, now),
        None => Ok(()),
    };
    let finding = match verified {
        Ok(()) => trusted(&handshake, took, roots.is_some(), now),
        Err(failure) => {
            let chain = handshake.chain.clone();
            let finding = match (&failure, &roots) {
                (TlsFailure::Expired | TlsFailure::NotValidYet, Some(roots)) => {
                    out_of_time(handshake, target, roots, &failure).await
                }
                (TlsFailure::WrongName, _) => for_another_name(&chain, target),
                (TlsFailure::UnknownIssuer | TlsFailure::AuthorityAsServer, _) => {
                    untrusted(&chain, target, given, now).await
                }
                (other, _) => {
                    let (code, fix) = failure::tls(other);
                    let reason = failure::sentence(&other.to_string());
                    Finding::problem(Step::Tls, code, reason).fix(fix)
                }
            };
            session.report(finding.details(chain_lines(&chain)));
            return None;
        }
    };
    session.report(finding);
    Some(took)
}

fn no_handshake(failure: &HandshakeFailure, target: &Target) -> Finding {
    let (code, fix) = match failure {
        HandshakeFailure::Tls(TlsFailure::ClientCertificate(_))
            if target.config.client_certificate.is_none() =>
        {
            let (_, fix) = failure::tls(&TlsFailure::ClientCertificate(String::new()));
            ("client_certificate_required", fix)
        }
        HandshakeFailure::Tls(failure) => failure::tls(failure),
        HandshakeFailure::Closed(_) => (
            "handshake_closed",
            "Check that endpoint (ISALES_ENDPOINT) names the HTTPS port of CC-iSales, and that no \
             firewall in between ends the connection.",
        ),
        HandshakeFailure::TimedOut => (
            "handshake_timed_out",
            "Check that endpoint (ISALES_ENDPOINT) names the HTTPS port of CC-iSales, or raise \
             connect_timeout (ISALES_CONNECT_TIMEOUT).",
        ),
        HandshakeFailure::Name => (
            "host_without_certificates",
            "Set endpoint (ISALES_ENDPOINT) to a host name or an address.",
        ),
    };
    Finding::problem(Step::Tls, code, handshake_reason(failure)).fix(fix)
}

fn trusted<S>(
    handshake: &Handshake<S>,
    took: Duration,
    is_verified: bool,
    now: SystemTime,
) -> Finding {
    let content = handshake.chain.first().and_then(Certificate::content);
    let Some(content) = content else {
        return Finding::notice(Step::Tls, "certificate_unreadable", handshake.version)
            .detail("the certificate cannot be read, although it is accepted");
    };
    let left = content.not_after.duration_since(now).unwrap_or_default();
    let days = left.as_secs() / DAY;
    let expiry = if days > 3650 {
        format!("valid until {}", date(content.not_after))
    } else {
        format!("expires in {days} days")
    };
    let summary = format!(
        "{}; certificate for {}, issued by {}, {expiry} ({})",
        handshake.version,
        names(&content.names),
        content.issuer,
        milliseconds(took)
    );
    let finding = if !is_verified {
        Finding::notice(Step::Tls, "certificate_not_verified", summary)
            .detail("nobody checked whose certificate this is, as insecure is on")
            .fix("Set ca_cert_file (ISALES_CA_CERT_FILE), and remove insecure (ISALES_INSECURE).")
    } else if left < SOON {
        Finding::notice(Step::Tls, "certificate_expires_soon", summary).fix(format!(
            "Have the certificate renewed before {}.",
            date(content.not_after)
        ))
    } else {
        Finding::ok(Step::Tls, "certificate_trusted", summary)
    };
    let finding = match &handshake.client_issuers {
        None => finding,
        Some(issuers) if issuers.is_empty() => {
            finding.detail("the server asks for a client certificate")
        }
        Some(issuers) => finding.detail(format!(
            "the server asks for a client certificate, issued by {}",
            issuers.join(" or ")
        )),
    };
    finding.details(chain_lines(&handshake.chain))
}

/// A certificate that is out of its period of validity, by this machine's clock. The server's time,
/// which it tells anybody, shows whether that clock is to blame.
async fn out_of_time<S: Connection + 'static>(
    handshake: Handshake<S>,
    target: &Target,
    roots: &Roots,
    failure: &TlsFailure,
) -> Finding {
    let Handshake { chain, stream, .. } = handshake;
    let endpoint = &target.config.endpoint;
    let limit = target.config.request_timeout;
    let now = target.clock.now();
    let server = probe::server_date(stream, endpoint, limit).await;
    let by_server =
        server.filter(|server| probe::verify(&chain, endpoint.host(), roots, *server).is_ok());
    if let Some(server) = by_server {
        return Finding::problem(
            Step::Tls,
            "clock_off_for_certificate",
            format!(
                "the certificate is valid by the server's clock ({}), and not by this machine's ({})",
                date(server),
                date(now)
            ),
        )
        .fix("Set the clock of this machine. If it is right, the server's is wrong.");
    }
    let (code, fix) = failure::tls(failure);
    let out = chain
        .iter()
        .filter_map(Certificate::content)
        .find(|content| !(content.not_before..=content.not_after).contains(&now));
    let summary = match (out, failure) {
        (Some(content), TlsFailure::Expired) => format!(
            "the certificate of {} expired on {}",
            content.subject,
            date(content.not_after)
        ),
        (Some(content), _) => format!(
            "the certificate of {} is not valid before {}",
            content.subject,
            date(content.not_before)
        ),
        (None, _) => failure::sentence(&failure.to_string()),
    };
    let finding = Finding::problem(Step::Tls, code, summary).fix(fix);
    match server {
        None => finding,
        Some(server) => finding.detail(format!(
            "the server's clock says {}, this machine's {}",
            date(server),
            date(now)
        )),
    }
}

fn for_another_name(chain: &[Certificate], target: &Target) -> Finding {
    let endpoint = &target.config.endpoint;
    let certified = chain.first().and_then(Certificate::content);
    let certified = certified
        .map(|content| content.names.clone())
        .unwrap_or_default();
    let (code, _) = failure::tls(&TlsFailure::WrongName);
    let summary = format!(
        "the certificate is for {}, and not for {}",
        names(&certified),
        endpoint.host()
    );
    let fix = match certified.iter().find(|name| !name.starts_with('*')) {
        Some(name) => format!(
            "Set endpoint (ISALES_ENDPOINT) to https://{name}:{}, if that name leads to the server, or \
             have the certificate issued for {}.",
            endpoint.port(),
            endpoint.host()
        ),
        None => format!("Have the certificate issued for {}.", endpoint.host()),
    };
    Finding::problem(Step::Tls, code, summary).fix(fix)
}

/// The arguments that give certificates to trust, and their variables.
const GIVEN: [issuer::Given; 2] = [
    ("ca_cert_file", "ISALES_CA_CERT_FILE"),
    ("ca_cert_pem", "ISALES_CA_CERT_PEM"),
];

async fn untrusted(
    chain: &[Certificate],
    target: &Target,
    given: Option<issuer::Given>,
    now: SystemTime,
) -> Finding {
    let host = target.config.endpoint.host();
    let Untrusted {
        summary,
        details,
        fix,
    } = issuer::examine(chain, host, &target.config.server_trust, given, now).await;
    let (code, _) = failure::tls(&TlsFailure::UnknownIssuer);
    Finding::problem(Step::Tls, code, summary)
        .details(details)
        .fix(fix)
}

/// Describes the certificates in the order in which they were sent.
fn chain_lines(chain: &[Certificate]) -> Vec<String> {
    let line = |(index, certificate): (usize, &Certificate)| {
        let number = index + 1;
        match certificate.content() {
            None => format!("{number}. a certificate that cannot be read"),
            Some(content) => format!(
                "{number}. {}, issued by {}, valid from {} to {}",
                content.subject,
                if content.is_self_issued {
                    "itself"
                } else {
                    &content.issuer
                },
                date(content.not_before),
                date(content.not_after)
            ),
        }
    };
    chain.iter().enumerate().map(line).collect()
}

fn names(names: &[String]) -> String {
    const MOST: usize = 5;
    match names.len() {
        0 => "no name".to_owned(),
        count if count > MOST => format!(
            "{} and {} more",
            names.get(..MOST).unwrap_or_default().join(", "),
            count - MOST
        ),
        _ => names.join(", "),
    }
}

/// Writes a day in UTC.
fn date(moment: SystemTime) -> String {
    let since = moment
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    match OffsetDateTime::from_unix_timestamp(seconds) {
        Ok(moment) => moment.date().to_string(),
        Err(_) => "a day beyond the year 9999".to_owned(),
    }
}
