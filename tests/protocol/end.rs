//! How a plugin ends, and what does not end it.

use nix::sys::signal::Signal;
use tfplugin::proto::plugin::{ConnInfo, Empty};
use tokio_stream::StreamExt as _;

use crate::services::health;
use test_support::host::{Ended, Launch, patiently};

fn assert_clean(ended: &Ended) {
    assert!(ended.status.success(), "{ended:?}");
    assert!(ended.leftovers.is_empty(), "{ended:?}");
}

#[tokio::test]
async fn shutdown_is_answered_and_does_not_wait_for_open_streams() {
    let plugin = Launch::hosted().start().await;
    let client = plugin.client().await;
    // As Terraform: both streams are open from the start and stay so.
    let offers = tokio_stream::pending::<ConnInfo>();
    let mut broker = client.broker().start_stream(offers).await.unwrap();
    let mut stdio = client.stdio().stream_stdio(()).await.unwrap();

    let reply = client.controller().shutdown(Empty {}).await;
    reply.expect("the reply goes out before the end");
    assert_clean(&plugin.ended().await);
    for end in [
        patiently("the broker's end", broker.get_mut().next())
            .await
            .map(|_| ()),
        patiently("the end of stdio", stdio.get_mut().next())
            .await
            .map(|_| ()),
    ] {
        assert!(end.is_none(), "a stream ends without an error");
    }
}

#[tokio::test]
async fn what_the_terminal_sends_is_left_to_the_host() {
    let mut plugin = Launch::hosted().env("TF_LOG", "DEBUG").start().await;
    let client = plugin.client().await;
    for (signal, event) in [
        (Signal::SIGINT, "Ctrl-C"),
        (Signal::SIGHUP, "The closing of the terminal"),
    ] {
        plugin.signal(signal);
        plugin
            .stderr_line(&format!("{event} is left to the host"))
            .await;
        let answer = client.health().check(health("plugin")).await;
        answer.expect("it still serves on the same connection");
    }
    assert_clean(&plugin.shutdown().await);
}

#[tokio::test]
async fn sigterm_cleans_up() {
    let plugin = Launch::hosted().start().await;
    let _client = plugin.client().await;
    plugin.signal(Signal::SIGTERM);
    assert_clean(&plugin.ended().await);
}

#[tokio::test]
async fn a_plugin_does_not_outlive_its_host() {
    // A shell starts the plugin and is then killed, as a host that cannot say goodbye.
    let launch = Launch::hosted().under_shell("\"$0\" & wait");
    let plugin = launch.start().await;
    plugin.client().await;
    plugin.signal(Signal::SIGKILL);
    // The plugin holds the shell's standard output, so its end is awaited too.
    let ended = plugin.ended().await;
    assert!(ended.leftovers.is_empty(), "{ended:?}");
}
