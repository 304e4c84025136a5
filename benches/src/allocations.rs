//! Counts what the provider allocates for each call, in this process and without a socket: the
//! calls go straight to the service. Prints JSON: allocations and bytes for each call.

#![allow(
    clippy::disallowed_macros,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a benchmark that cannot go on ends, and prints what it found"
)]

mod policies;

use isales_simulator::Simulator;
use policies::{TYPE, config, provider_config, state, state_with};
use serde_json::json;
use terraform_provider_isales::IsalesProvider;
use test_support::values::value;
use tfplugin::{
    proto::tfplugin6::{
        Diagnostic, apply_resource_change, configure_provider, plan_resource_change,
        provider_server::Provider as _, read_resource,
    },
    service::Service,
};
use tokio::runtime::{Builder, Runtime};
use tonic::Request;

/// Enough for what is made once, such as a connection, not to show.
const CALLS: u64 = 200;

fn main() {
    // It has a thread of its own, and only this thread's allocations are counted.
    let server = Simulator::builder()
        .campaigns(25, 46..=46)
        .start_blocking()
        .expect("the simulator starts");
    let kept = "[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]";
    server.set_policy(25, 46, 0, kept).expect("a campaign");
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let service = Service::new(IsalesProvider::new(Box::new(|_| None), 0));
    let request = configure_provider::Request {
        config: Some(value(&provider_config(server.endpoint(), server.ca_pem()))),
        ..Default::default()
    };
    let configured = runtime.block_on(service.configure_provider(Request::new(request)));
    assert!(
        configured
            .expect("an answer")
            .into_inner()
            .diagnostics
            .is_empty()
    );

    let read = || read_resource::Request {
        type_name: TYPE.to_owned(),
        current_state: Some(value(&state(46))),
        ..Default::default()
    };
    let plan = || plan_resource_change::Request {
        type_name: TYPE.to_owned(),
        prior_state: Some(value(&state(46))),
        proposed_new_state: Some(value(&state(46))),
        config: Some(value(&config(46))),
        ..Default::default()
    };
    let apply = || apply_resource_change::Request {
        type_name: TYPE.to_owned(),
        prior_state: Some(value(&state(46))),
        planned_state: Some(value(&state_with(46, 5))),
        ..Default::default()
    };
    let counted = json!({
        "ReadResource": count(&runtime, read, async |request| {
            service.read_resource(request).await.unwrap().into_inner().diagnostics
        }),
        "PlanResourceChange": count(&runtime, plan, async |request| {
            service.plan_resource_change(request).await.unwrap().into_inner().diagnostics
        }),
        "ApplyResourceChange": count(&runtime, apply, async |request| {
            service.apply_resource_change(request).await.unwrap().into_inner().diagnostics
        }),
    });
    println!("{counted}");
}

/// Allocations and bytes of one call; what makes the request is not counted.
fn count<R>(
    runtime: &Runtime,
    request: impl Fn() -> R,
    call: impl AsyncFn(Request<R>) -> Vec<Diagnostic>,
) -> (u64, u64) {
    let (mut allocations, mut bytes) = (0, 0);
    for index in 0..=CALLS {
        let request = Request::new(request());
        let counted = allocation_counter::measure(|| {
            let diagnostics = runtime.block_on(call(request));
            assert!(diagnostics.is_empty(), "{diagnostics:?}");
        });
        // The first call connects.
        if index > 0 {
            allocations += counted.count_total;
            bytes += counted.bytes_total;
        }
    }
    (allocations / CALLS, bytes / CALLS)
}
