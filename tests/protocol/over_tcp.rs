//! The listener of platforms without Unix sockets: a port of the loopback interface.

use isales_simulator::Simulator;
use serde_json::{Value as Json, json};
use test_support::{
    host::{Address, Identity, Launch, Transport},
    provider::example,
    retry_policy::{apply, config, plan},
    target::{configure, simulator},
    values::assert_no_diagnostics,
};
use tokio::net::TcpStream;

fn launch() -> Launch {
    Launch::of(example("provider-over-tcp")).by_host()
}

#[tokio::test]
async fn it_serves_its_host_from_the_handshake_to_the_end() {
    let plugin = launch()
        .env("PLUGIN_MIN_PORT", "25001")
        .env("PLUGIN_MAX_PORT", "25999")
        .start()
        .await;
    let Address::Tcp(address) = plugin.address.clone() else {
        panic!("{:?}", plugin.address);
    };
    let (host, port) = address.split_once(':').expect("a port");
    assert_eq!(host, "127.0.0.1");
    assert!((25_001..=25_999).contains(&port.parse().unwrap()), "{port}");

    let simulator = simulator(Simulator::builder().campaign(25, 46)).await;
    let mut provider = plugin.provider().await;
    configure(&mut provider, &simulator, &json!({})).await;
    let planned = plan(&mut provider, &Json::Null, &config(46, 1)).await;
    let made = apply(&mut provider, &Json::Null, &planned).await;
    assert_no_diagnostics(&made.diagnostics);
    assert!(simulator.policy(25, 46).is_some());

    let ended = plugin.shutdown().await;
    assert!(ended.status.success(), "{ended:?}");
    assert!(ended.leftovers.is_empty(), "{ended:?}");
    assert!(
        TcpStream::connect(&address).await.is_err(),
        "it still listens"
    );
}

#[tokio::test]
async fn any_user_may_reach_the_port_and_only_the_host_is_let_in() {
    let plugin = launch().start().await;
    for transport in [
        Transport::Plaintext,
        Transport::Tls(Identity::Nobody),
        Transport::Tls(Identity::Foreign),
        Transport::Tls(Identity::Impostor),
    ] {
        let refused = plugin.connect(transport).await;
        assert!(refused.is_err(), "{transport:?} was let in");
    }
    plugin.client().await;
}

#[tokio::test]
async fn two_of_them_have_two_ports() {
    let (one, other) = (launch().start().await, launch().start().await);
    assert_ne!(one.address, other.address);
    one.client().await;
    other.client().await;
}
