//! How long a start takes, and a whole life of a plugin that only gives its schema.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    time::Instant,
};

use nix::sys::resource::{UsageWho, getrusage};
use rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName};
use test_support::host::{Identity, Plugin};
use tfplugin::proto::tfplugin6::get_provider_schema;
use tokio::{io::AsyncReadExt as _, runtime::Runtime};
use tokio_rustls::TlsConnector;

use crate::{
    PROVIDER,
    figures::{Section, Unit},
    process::launch,
    statistics::in_turn,
};

const RUNS: usize = 41;

pub fn measure(runtime: &Runtime) -> Section {
    let mut section = Section::default();
    let provider = Path::new(PROVIDER);
    let [handshake, nothing] = in_turn(RUNS, [&mut || to_handshake(provider), &mut spawn_true]);
    section.compare(
        "spawn to handshake line",
        &handshake,
        "spawn of true",
        &nothing,
    );

    let running = runtime.block_on(launch(provider).start());
    let mut cpu = Vec::new();
    let mut whole_life = || {
        let (time, used) = whole_launch(runtime, provider);
        cpu.push(used);
        time
    };
    let [life, tls] = in_turn(
        RUNS,
        [&mut whole_life, &mut || {
            runtime.block_on(bare_tls(&running))
        }],
    );
    section.compare(
        "spawn, handshake, TLS, GetProviderSchema, shutdown",
        &life,
        "TLS handshake alone",
        &tls,
    );
    section.state("the provider's CPU time in that", Unit::Seconds, &cpu);
    runtime.block_on(running.shutdown());
    section
}

/// As Terraform starts a plugin, up to the line that says where it listens.
pub fn to_handshake(provider: &Path) -> f64 {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(provider);
    command
        .env_clear()
        .env(
            "TF_PLUGIN_MAGIC_COOKIE",
            "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
        )
        .env("PLUGIN_PROTOCOL_VERSIONS", "5,6")
        .env("PLUGIN_CLIENT_CERT", Identity::Host.certificate_pem())
        .env("TMPDIR", folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let begun = Instant::now();
    let mut process = command.spawn().expect("the provider starts");
    let mut line = String::new();
    let stdout = process.stdout.take().expect("standard output is piped");
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let time = begun.elapsed().as_secs_f64();
    assert!(line.contains("|grpc|"), "{line:?}");
    process.kill().expect("the provider can be killed");
    process.wait().expect("the provider ends");
    time
}

/// The least that starting any program costs.
fn spawn_true() -> f64 {
    let begun = Instant::now();
    let mut process = Command::new("true")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("true starts");
    process.wait().expect("true ends");
    begun.elapsed().as_secs_f64()
}

/// Starts the provider, asks it for its schema and shuts it down. Returns the time that took and the
/// provider's CPU time, in seconds.
pub fn whole_launch(runtime: &Runtime, provider: &Path) -> (f64, f64) {
    let before = children_cpu();
    let time = runtime.block_on(life(provider));
    (time, children_cpu() - before)
}

async fn life(provider: &Path) -> f64 {
    let launch = launch(provider);
    let begun = Instant::now();
    let plugin = launch.start().await;
    let client = plugin.client().await;
    let request = get_provider_schema::Request::default();
    let schema = client.provider().get_provider_schema(request).await;
    assert!(
        !schema
            .expect("a schema")
            .into_inner()
            .resource_schemas
            .is_empty()
    );
    let empty = tfplugin::proto::plugin::Empty {};
    client
        .controller()
        .shutdown(empty)
        .await
        .expect("an answer");
    plugin.ended().await;
    begun.elapsed().as_secs_f64()
}

/// Connecting, and the TLS handshake with both certificates, up to the server's first bytes: under
/// TLS 1.3 they come after it has judged the client.
async fn bare_tls(plugin: &Plugin) -> f64 {
    let begun = Instant::now();
    let mut roots = RootCertStore::empty();
    let server = plugin.certificate.clone().expect("TLS");
    roots.add(server).expect("the plugin's certificate");
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .expect("TLS 1.3")
        .with_root_certificates(roots)
        .with_client_cert_resolver(Identity::Host.certified_key().expect("a key"));
    config.alpn_protocols = vec![b"h2".to_vec()];
    let stream = plugin.address.connect().await.expect("a connection");
    let name = ServerName::try_from("localhost").expect("a name");
    let connector = TlsConnector::from(Arc::new(config));
    let mut stream = connector.connect(name, stream).await.expect("TLS");
    stream.read_u8().await.expect("the server's first bytes");
    begun.elapsed().as_secs_f64()
}

/// The CPU time of all processes that have ended and were waited for.
fn children_cpu() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("usage of children");
    let seconds = |time: nix::sys::time::TimeVal| {
        #[allow(clippy::cast_precision_loss, reason = "small numbers")]
        let seconds = time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
        seconds
    };
    seconds(usage.user_time()) + seconds(usage.system_time())
}
