//! The provider alone: calls over its socket, at 1, 10 and 64 at a time.

use std::{path::Path, sync::Arc, time::Instant};

use futures_util::{StreamExt as _, stream};
use isales_client::{
    CampaignId, CampaignRef, Client, ClientConfig, VdnId,
    config::{Authorities, Credentials, ServerTrust},
};
use isales_simulator::Simulator;
use serde_json::Value as Json;
use test_support::{host::Plugin, values::value};
use tfplugin::proto::{
    health::{HealthCheckRequest, health_client::HealthClient},
    tfplugin6::{
        apply_resource_change, configure_provider, plan_resource_change,
        provider_client::ProviderClient, read_resource,
    },
};
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;

use crate::{
    PROVIDER,
    figures::{Section, Unit},
    policies::{TYPE, config, provider_config, state, state_with},
    process::{self, launch},
    statistics::median,
    workspace::VDN,
};

const RUNS: usize = 3;
const CAMPAIGNS: i64 = 1_000;

/// How many calls are under way at a time.
pub const AT_A_TIME: [usize; 3] = [1, 10, 64];

/// The calls that are measured, and how many of them make one run.
pub const CALLS: [(Call, usize); 4] = [
    (Call::Check, 4_000),
    (Call::Plan, 4_000),
    (Call::Read, 2_000),
    (Call::Apply, 1_000),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// The health service: what the transport costs by itself.
    Check,
    /// One request to the server.
    Read,
    /// No request.
    Plan,
    /// An update: asks, posts, reads back.
    Apply,
}

/// A provider that is configured for a simulator with a policy in each campaign.
pub struct Target {
    pub plugin: Plugin,
    provider: ProviderClient<Channel>,
    health: HealthClient<Channel>,
    client: Client,
}

// === impl Call ===

impl Call {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Check => "health check",
            Self::Read => "ReadResource",
            Self::Plan => "PlanResourceChange",
            Self::Apply => "ApplyResourceChange",
        }
    }
}

// === impl Target ===

impl Target {
    pub async fn start(server: &Simulator, provider: &Path) -> Self {
        for campaign in 1..=CAMPAIGNS {
            let policy = "[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]";
            server
                .set_policy(VDN, campaign, 0, policy)
                .expect("a campaign");
        }
        let plugin = launch(provider).start().await;
        let client = plugin.client().await;
        let mut provider = client.provider();
        let request = configure_provider::Request {
            config: Some(value(&provider_config(server.endpoint(), server.ca_pem()))),
            ..Default::default()
        };
        let configured = provider.configure_provider(request).await;
        let diagnostics = configured.expect("an answer").into_inner().diagnostics;
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        Self {
            provider,
            health: client.health(),
            client: http_client(server),
            plugin,
        }
    }

    async fn call(&self, call: Call, index: usize) {
        let campaign = campaign(index);
        let mut provider = self.provider.clone();
        let diagnostics = match call {
            Call::Check => {
                let request = HealthCheckRequest {
                    service: "plugin".to_owned(),
                };
                self.health.clone().check(request).await.expect("an answer");
                return;
            }
            Call::Read => {
                let request = read_resource::Request {
                    type_name: TYPE.to_owned(),
                    current_state: Some(value(&state(campaign))),
                    ..Default::default()
                };
                let answer = provider.read_resource(request).await;
                answer.expect("an answer").into_inner().diagnostics
            }
            Call::Plan => {
                let request = plan(&state(campaign), &config(campaign));
                let answer = provider.plan_resource_change(request).await;
                answer.expect("an answer").into_inner().diagnostics
            }
            Call::Apply => {
                // Never the three that the prior state has: an update without a change asks nobody.
                let times = i64::try_from(index).unwrap_or_default() % 7 + 4;
                let request = apply_resource_change::Request {
                    type_name: TYPE.to_owned(),
                    prior_state: Some(value(&state(campaign))),
                    planned_state: Some(value(&state_with(campaign, times))),
                    ..Default::default()
                };
                let answer = provider.apply_resource_change(request).await;
                answer.expect("an answer").into_inner().diagnostics
            }
        };
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
    }

    /// Makes so many calls and returns the time they took and the provider's CPU time, in seconds.
    pub async fn load(&self, call: Call, calls: usize, at_a_time: usize) -> (f64, f64) {
        let pid = self.plugin.pid();
        let cpu = || process::cpu_seconds(pid).expect("the provider runs");
        let (begun, before) = (Instant::now(), cpu());
        stream::iter(0..calls)
            .map(|index| self.call(call, index))
            .buffer_unordered(at_a_time)
            .for_each(|()| std::future::ready(()))
            .await;
        (begun.elapsed().as_secs_f64(), cpu() - before)
    }

    /// The same queries by the HTTP client in this process: no plugin, no protocol.
    async fn query(&self, calls: usize, at_a_time: usize) -> f64 {
        let begun = Instant::now();
        let cancel = &CancellationToken::new();
        stream::iter(0..calls)
            .map(async |index| {
                let campaign = CampaignRef {
                    vdn_id: VdnId::try_from(i64::from(VDN)).expect("a VDN"),
                    campaign_id: CampaignId::try_from(campaign(index)).expect("a campaign"),
                };
                let answer = self.client.query_retry_policy(campaign, cancel).await;
                answer.expect("a policy");
            })
            .buffer_unordered(at_a_time)
            .for_each(|()| std::future::ready(()))
            .await;
        begun.elapsed().as_secs_f64()
    }
}

fn campaign(index: usize) -> i64 {
    i64::try_from(index).unwrap_or_default() % CAMPAIGNS + 1
}

fn plan(prior: &Json, config: &Json) -> plan_resource_change::Request {
    plan_resource_change::Request {
        type_name: TYPE.to_owned(),
        prior_state: Some(value(prior)),
        proposed_new_state: Some(value(prior)),
        config: Some(value(config)),
        ..Default::default()
    }
}

fn http_client(server: &Simulator) -> Client {
    let endpoint = server.endpoint().parse().expect("an address");
    let credentials = Credentials::new("EXAMPLEAK", "EXAMPLESK").expect("keys");
    let mut config = ClientConfig::new(endpoint, credentials);
    let authorities = Authorities::from_pem(server.ca_pem()).expect("a certificate");
    config.server_trust = ServerTrust::Authorities(authorities);
    Client::new(config).expect("settings that fit")
}

pub fn measure(runtime: &Runtime, server: &Simulator) -> Section {
    let mut section = Section::default();
    runtime.block_on(async {
        let target = Target::start(server, Path::new(PROVIDER)).await;
        target.load(Call::Read, 500, 10).await;
        let idle = process::memory(target.plugin.pid(), "VmRSS").expect("the provider runs");
        section.state("resident memory after 500 calls", Unit::Bytes, &[idle]);
        for at_a_time in AT_A_TIME {
            let mut times = [const { Vec::new() }; CALLS.len()];
            let mut cpu = [const { Vec::new() }; CALLS.len()];
            let mut queries = Vec::new();
            for _ in 0..RUNS {
                for (index, (call, calls)) in CALLS.into_iter().enumerate() {
                    let (time, used) = target.load(call, calls, at_a_time).await;
                    times[index].push(time / count(calls));
                    cpu[index].push(used / count(calls));
                }
                queries.push(target.query(2_000, at_a_time).await / 2_000.0);
            }
            for (index, (call, _)) in CALLS.into_iter().enumerate().skip(1) {
                let what = |what: &str| format!("{}, {at_a_time} at a time: {what}", call.name());
                section.compare(what("time"), &times[index], "health check", &times[0]);
                section.compare(what("provider's CPU"), &cpu[index], "health check", &cpu[0]);
                let rates: Vec<f64> = times[index].iter().map(|time| 1.0 / time).collect();
                section.state(what("calls a second"), Unit::PerSecond, &rates);
                section.point(call.name(), count(at_a_time), median(&rates));
            }
            let what = format!("ReadResource, {at_a_time} at a time: time against the query");
            section.compare(what, &times[2], "HTTP client alone", &queries);
        }
        target.plugin.shutdown().await;
    });
    section
}

/// Memory over 100,000 calls: eight reads, a plan and an apply of every ten.
pub fn memory(runtime: &Runtime, server: &Simulator) -> Section {
    const STEP: usize = 5_000;
    const STEPS: usize = 20;
    let mut section = Section::default();
    runtime.block_on(async {
        let target = Arc::new(Target::start(server, Path::new(PROVIDER)).await);
        let pid = target.plugin.pid();
        let resident = || process::memory(pid, "VmRSS").expect("the provider runs");
        section.state("idle: configured, no call yet", Unit::Bytes, &[resident()]);
        section.point("resident", 0.0, resident());
        for step in 1..=STEPS {
            stream::iter(0..STEP)
                .map(|index| {
                    let call = match index % 10 {
                        0 => Call::Apply,
                        1 => Call::Plan,
                        _ => Call::Read,
                    };
                    target.call(call, index)
                })
                .buffer_unordered(10)
                .for_each(|()| std::future::ready(()))
                .await;
            section.point("resident", count(step * STEP), resident());
            if step == 2 {
                section.state("after 10,000 calls", Unit::Bytes, &[resident()]);
            }
        }
        section.state("after 100,000 calls", Unit::Bytes, &[resident()]);
        let peak = process::memory(pid, "VmHWM").expect("the provider runs");
        section.state("peak", Unit::Bytes, &[peak]);
    });
    section
}

#[allow(clippy::cast_precision_loss, reason = "small numbers")]
pub fn count(count: usize) -> f64 {
    count as f64
}
