//! Name resolution, proxy and TCP: the way to the server up to TLS.

use std::{
    net::{IpAddr, SocketAddr},
    time::{Duration, Instant},
};

use isales_client::{
    config::Proxy,
    probe::{self, ConnectFailure, Connection, HandshakeFailure, Roots, TunnelFailure},
};

use super::failure;
use crate::{
    configuration::Environment,
    doctor::{
        finding::{Finding, Step},
        session::{Session, Target},
    },
};

/// The variables that may name a proxy.
const PROXY_VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// The machine to connect to: the server, or the proxy.
struct Peer {
    host: String,
    port: u16,
    /// Names the setting to correct.
    setting: String,
}

/// Connects to the server, through the proxy if there is one. `None` if that fails.
pub(in crate::doctor) async fn run(
    session: &mut Session,
    target: &Target,
    environment: &Environment,
) -> Option<Box<dyn Connection>> {
    let endpoint = &target.config.endpoint;
    let proxy = target.config.proxy.as_ref();
    let peer = match proxy {
        Some(proxy) => Peer {
            host: proxy.host().to_owned(),
            port: proxy.port(),
            setting: format!("the proxy in {}", proxy.source()),
        },
        None => Peer {
            host: endpoint.host().to_owned(),
            port: endpoint.port(),
            setting: "endpoint (ISALES_ENDPOINT)".to_owned(),
        },
    };
    let limit = target.config.connect_timeout;
    session.begin(Step::NameResolution);
    let Some(addresses) = resolve(session, &peer, limit).await else {
        session.skip(&[Step::Proxy, Step::Tcp], "the name has no address");
        return None;
    };
    session.report(about_proxy(target, environment));
    session.begin(Step::Tcp);
    let stream = connect(session, &peer, &addresses, limit).await?;
    let Some(proxy) = proxy else {
        return Some(stream);
    };
    session.begin(Step::Proxy);
    let opened = open_tunnel(stream, proxy, target).await;
    match opened {
        Ok((tunnel, took)) => {
            session.report(Finding::ok(
                Step::Proxy,
                "tunnel_open",
                format!(
                    "opened a tunnel to {} in {}",
                    endpoint.host_header(),
                    milliseconds(took)
                ),
            ));
            Some(tunnel)
        }
        Err(problem) => {
            session.report(problem);
            None
        }
    }
}

async fn resolve(session: &mut Session, peer: &Peer, limit: Duration) -> Option<Vec<SocketAddr>> {
    let Peer {
        host,
        port,
        setting,
    } = peer;
    if let Ok(address) = host.parse::<IpAddr>() {
        let summary = format!("{address} is an address");
        session.report(Finding::ok(Step::NameResolution, "address_given", summary));
        return Some(vec![SocketAddr::new(address, *port)]);
    }
    let began = Instant::now();
    let finding = match probe::resolve(host, *port, limit).await {
        Ok(addresses) => {
            let shown: Vec<_> = addresses
                .iter()
                .map(|found| found.ip().to_string())
                .collect();
            let took = milliseconds(began.elapsed());
            let summary = format!("{host} is {} ({took})", shown.join(", "));
            session.report(Finding::ok(Step::NameResolution, "name_resolved", summary));
            return Some(addresses);
        }
        Err(Some(reason)) => Finding::problem(
            Step::NameResolution,
            "name_not_resolved",
            format!("{host} has no address: {reason}"),
        ),
        Err(None) => Finding::problem(
            Step::NameResolution,
            "name_resolution_timed_out",
            format!("{host} was not looked up within {}", milliseconds(limit)),
        ),
    };
    session.report(finding.fix(format!(
        "Check the name in {setting}, and the name server of this machine."
    )));
    None
}

/// Says which proxy is used, or why none is.
fn about_proxy(target: &Target, environment: &Environment) -> Finding {
    if let Some(proxy) = &target.config.proxy {
        return Finding::ok(Step::Proxy, "proxy_used", proxy.to_string());
    }
    let is_set = |name: &&str| environment(name).is_some_and(|value| !value.is_empty());
    let set = PROXY_VARIABLES.iter().find(|name| is_set(name));
    match set {
        None => Finding::ok(Step::Proxy, "no_proxy", "none"),
        Some(variable) if target.config.endpoint.is_loopback() => Finding::ok(
            Step::Proxy,
            "no_proxy",
            format!("none: {variable} is not used for a server on this machine"),
        ),
        Some(variable) => Finding::ok(
            Step::Proxy,
            "no_proxy",
            format!("none: NO_PROXY lists the server, so {variable} is not used"),
        ),
    }
}

/// Connects to the first address that answers, one after the other.
async fn connect(
    session: &mut Session,
    peer: &Peer,
    addresses: &[SocketAddr],
    limit: Duration,
) -> Option<Box<dyn Connection>> {
    let mut failures = Vec::new();
    for address in addresses {
        session.progress(Step::Tcp, &address.to_string());
        let began = Instant::now();
        match probe::connect(*address, limit).await {
            Ok(stream) => {
                let summary = format!("{address} answered in {}", milliseconds(began.elapsed()));
                let finding = if failures.is_empty() {
                    Finding::ok(Step::Tcp, "connected", summary)
                } else {
                    Finding::notice(Step::Tcp, "some_addresses_fail", summary)
                        .details(failures.iter().map(|(address, failure)| said(address, failure)))
                        .fix("Have the addresses that do not answer removed from the name, or made to work: each new connection may try them first.")
                };
                session.report(finding);
                return Some(Box::new(stream));
            }
            Err(failure) => failures.push((*address, failure)),
        }
    }
    let (address, failure) = failures.first()?;
    let (code, fix) = match failure {
        ConnectFailure::Refused => (
            "connection_refused",
            format!(
                "Check the port in {}: nothing listens on port {} there, or a firewall refuses it.",
                peer.setting, peer.port
            ),
        ),
        ConnectFailure::TimedOut => (
            "connection_timed_out",
            format!(
                "Have the firewalls in between let this machine through to port {}, check {}, or \
                 raise connect_timeout (ISALES_CONNECT_TIMEOUT).",
                peer.port, peer.setting
            ),
        ),
        ConnectFailure::Unreachable => (
            "unreachable",
            format!(
                "Check the network of this machine (a route, a VPN), and {}.",
                peer.setting
            ),
        ),
        ConnectFailure::Other(_) => (
            "connection_failed",
            format!("Check the network of this machine, and {}.", peer.setting),
        ),
    };
    let rest = failures.iter().skip(1);
    session.report(
        Finding::problem(Step::Tcp, code, said(address, failure))
            .details(rest.map(|(address, failure)| said(address, failure)))
            .fix(fix),
    );
    None
}

fn said(address: &SocketAddr, failure: &ConnectFailure) -> String {
    match failure {
        ConnectFailure::Refused => format!("{address} refused the connection"),
        ConnectFailure::TimedOut => format!("{address} did not answer in time"),
        ConnectFailure::Unreachable => format!("there is no route to {address}"),
        ConnectFailure::Other(reason) => format!("no connection to {address}: {reason}"),
    }
}

async fn open_tunnel(
    stream: Box<dyn Connection>,
    proxy: &Proxy,
    target: &Target,
) -> Result<(Box<dyn Connection>, Duration), Finding> {
    let began = Instant::now();
    let limit = target.config.connect_timeout;
    let stream = if proxy.is_https() {
        secure(stream, proxy, target).await?
    } else {
        stream
    };
    let tunnel = probe::tunnel(stream, proxy, &target.config.endpoint, limit).await;
    match tunnel {
        Ok(tunnel) => Ok((Box::new(tunnel), began.elapsed())),
        Err(failure) => Err(refused(proxy, &failure, target)),
    }
}

/// Makes the TLS handshake with the proxy itself.
async fn secure(
    stream: Box<dyn Connection>,
    proxy: &Proxy,
    target: &Target,
) -> Result<Box<dyn Connection>, Finding> {
    let problem = |reason: String| {
        Finding::problem(
            Step::Proxy,
            "proxy_tls_failed",
            format!("the TLS handshake with {proxy} failed: {reason}"),
        )
        .fix(
            "Most proxies want a URL that starts with http://. If this one does speak TLS, its \
             certificate has to be trusted as the server's: see ca_cert_file (ISALES_CA_CERT_FILE).",
        )
    };
    let limit = target.config.connect_timeout;
    let handshake = probe::handshake(stream, proxy.host(), None, limit).await;
    let handshake = handshake.map_err(|failure| problem(handshake_reason(&failure)))?;
    let roots = Roots::of(&target.config.server_trust)
        .await
        .map_err(problem)?;
    let verified = match &roots {
        Some(roots) => probe::verify(&handshake.chain, proxy.host(), roots, target.clock.now()),
        None => Ok(()),
    };
    match verified {
        Ok(()) => Ok(Box::new(handshake.stream)),
        Err(failure) => Err(problem(failure::sentence(&failure.to_string()))),
    }
}

/// Returns the reason why a handshake failed.
pub(super) fn handshake_reason(failure: &HandshakeFailure) -> String {
    match failure {
        HandshakeFailure::Tls(failure) => failure::sentence(&failure.to_string()),
        HandshakeFailure::Closed(reason) => format!("it closed the connection ({reason})"),
        HandshakeFailure::TimedOut => "it did not answer in time".to_owned(),
        HandshakeFailure::Name => "there are no certificates for such a host".to_owned(),
    }
}

fn refused(proxy: &Proxy, failure: &TunnelFailure, target: &Target) -> Finding {
    let server = target.config.endpoint.host_header();
    let way_out = format!(
        "Have the proxy allow CONNECT to {server}, or reach the server without it: list it in NO_PROXY, \
         or remove {}.",
        proxy.source()
    );
    let (code, reason, fix) = match failure {
        TunnelFailure::Login { has_login: false } => (
            "proxy_login_required",
            "requires a login (status 407)".to_owned(),
            "Set ISALES_PROXY_URL to http://user:password@host:port, with special characters \
             percent-encoded. A login other than Basic is not supported."
                .to_owned(),
        ),
        TunnelFailure::Login { has_login: true } => (
            "proxy_login_refused",
            "refused the user and password in its URL (status 407)".to_owned(),
            format!(
                "Correct the user and password in {}, with special characters percent-encoded. A \
                 login other than Basic is not supported.",
                proxy.source()
            ),
        ),
        TunnelFailure::Status(status) => (
            "proxy_refused",
            format!("answered CONNECT with status {status}"),
            way_out,
        ),
        TunnelFailure::Broken(reason) => (
            "proxy_closed",
            format!("opened no tunnel ({reason})"),
            format!("{way_out} Check that it is an HTTP proxy."),
        ),
        TunnelFailure::TimedOut => (
            "proxy_timed_out",
            "did not answer CONNECT in time".to_owned(),
            format!("{way_out} It may not reach the server."),
        ),
    };
    Finding::problem(Step::Proxy, code, format!("{proxy} {reason}")).fix(fix)
}

/// Writes a time for people.
pub(in crate::doctor) fn milliseconds(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1000.0;
    if milliseconds < 10.0 {
        format!("{milliseconds:.1} ms")
    } else if milliseconds < 10_000.0 {
        format!("{milliseconds:.0} ms")
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}
