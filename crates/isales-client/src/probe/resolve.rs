//! Name resolution.

use std::{collections::BTreeSet, net::SocketAddr, time::Duration};

use tokio::{net::lookup_host, time::timeout};

/// Looks up the addresses of a host, in the order in which the system returns them.
///
/// # Errors
///
/// The system's reason; `None` if it did not answer within the limit.
pub async fn resolve(
    host: &str,
    port: u16,
    limit: Duration,
) -> Result<Vec<SocketAddr>, Option<String>> {
    let found = timeout(limit, lookup_host((host, port))).await;
    let found = found.map_err(|_| None)?;
    let mut seen = BTreeSet::new();
    let addresses: Vec<_> = found
        .map_err(|error| Some(error.to_string()))?
        .filter(|address| seen.insert(*address))
        .collect();
    if addresses.is_empty() {
        return Err(Some("the name has no address".to_owned()));
    }
    Ok(addresses)
}
