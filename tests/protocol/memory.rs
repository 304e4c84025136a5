//! What is left of the secret key in the memory of the process, once the provider is configured.

use std::{
    fs::{self, File},
    io::{Read as _, Seek as _, SeekFrom},
    ops::Range,
};

use isales_simulator::Simulator;
use serde_json::json;
use tfplugin::proto::tfplugin6::{validate_provider_config, validate_resource_config};

use test_support::{
    host::Launch,
    retry_policy::TYPE,
    target::{blank_configuration, configure, simulator},
    values::value,
};

/// Not a part of any other data.
const SECRET: &str = "bWVtb3J5LWlzLXNlYXJjaGVkLWZvci10aGlz";

/// The copy that the client needs to sign its requests, and one for each message with the key: the
/// buffer that gRPC freed.
const MOST: usize = 1 + 2;

/// How many rounds of later messages may pass until the others are overwritten. Where the allocator
/// puts a message is not the same in each run.
const LATER_ROUNDS: usize = 50;

/// The readable parts of a process's memory.
fn readable_memory(pid: u32) -> Vec<(Range<u64>, String)> {
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
    let part = |line: &str| {
        let mut fields = line.split_whitespace();
        let (from, to) = fields.next()?.split_once('-')?;
        let is_readable = fields.next()?.starts_with('r');
        let address = |text| u64::from_str_radix(text, 16).unwrap();
        let name = fields.nth(3).unwrap_or("anonymous").to_owned();
        is_readable.then(|| (address(from)..address(to), name))
    };
    maps.lines().filter_map(part).collect()
}

/// Finds the copies of a text in the memory of a process, each with the part that it is in.
fn copies(pid: u32, text: &str) -> Vec<String> {
    let mut memory = File::open(format!("/proc/{pid}/mem")).unwrap();
    let mut found = Vec::new();
    for (range, name) in readable_memory(pid) {
        let mut bytes = vec![0; usize::try_from(range.end - range.start).unwrap()];
        // Some parts of the kernel's cannot be read.
        if memory.seek(SeekFrom::Start(range.start)).is_err()
            || memory.read_exact(&mut bytes).is_err()
        {
            continue;
        }
        let matches = bytes
            .windows(text.len())
            .enumerate()
            .filter(|(_, window)| *window == text.as_bytes());
        found.extend(matches.map(|(at, _)| format!("{name} +{at:#x}")));
    }
    found
}

#[tokio::test]
async fn the_secret_key_is_left_in_no_memory_of_the_providers_own() {
    let simulator = simulator(Simulator::builder()).await;
    let plugin = Launch::hosted().start().await;
    let mut provider = plugin.provider().await;
    let mut config = blank_configuration();
    config["secret_key"] = json!(SECRET);
    let request = validate_provider_config::Request {
        config: Some(value(&config)),
    };
    provider.validate_provider_config(request).await.unwrap();
    configure(&mut provider, &simulator, &json!({ "secret_key": SECRET })).await;
    let at_once = copies(plugin.pid(), SECRET);
    // The buffers of TLS and HTTP/2 hold messages until others, of sizes like theirs, take their place.
    let mut found = at_once.clone();
    for round in 0..LATER_ROUNDS {
        for size in [64, 256, 1024, 4 * 1024, 16 * 1024] {
            let request = validate_resource_config::Request {
                type_name: TYPE.to_owned(),
                config: Some(value(&json!("x".repeat(size + round)))),
                ..Default::default()
            };
            provider.validate_resource_config(request).await.unwrap();
        }
        found = copies(plugin.pid(), SECRET);
        if found.len() <= MOST {
            break;
        }
    }
    let number = found.len();
    assert!(
        (1..=MOST).contains(&number),
        "{found:#?}, and before {at_once:#?}"
    );
}
