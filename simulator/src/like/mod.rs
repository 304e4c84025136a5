//! A server like the one in a report of `terraform-provider-isales doctor --report`.
//!
//! What was recorded is answered as it was recorded. Everything else, and what a client changes, comes
//! from data that were recorded, in the shape that the recorded replies show.

mod body;
mod error;
mod file;
mod pages;
mod replay;
mod signing;
#[cfg(test)]
mod tests;
mod timing;

pub use self::error::LikeError;
pub(crate) use self::{
    file::{RecordedExchange, RecordedReply, Recording},
    replay::Replay,
    signing::{accepts, clock_skews},
    timing::{clock_skew, latency, limit},
};
use crate::{http::Reply, json::Node, store::Store};

/// A limit of requests at once.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    pub(crate) requests: usize,
    /// The reply to one more.
    pub(crate) reply: Reply,
}

/// Takes over data of an object from the reply to a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordedData {
    /// The path of the interface, as in its route.
    pub(crate) path: &'static str,
    pub(crate) load: fn(&mut Store, &RecordedObject<'_>),
}

/// A successful reply with data of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordedObject<'a> {
    pub(crate) vdn_id: u16,
    /// The campaign in the path.
    pub(crate) campaign_id: Option<i64>,
    pub(crate) reply: &'a RecordedReply,
}

/// Returns the IDs of VDN and campaign in a path that fits a route.
pub(crate) fn ids(route: &str, path: &str) -> Option<(Option<u16>, Option<i64>)> {
    let path = path.strip_prefix("/rest/isales/")?;
    let (mut vdn_id, mut campaign_id) = (None, None);
    let mut parts = path.split('/');
    for pattern in route.split('/') {
        let part = parts.next()?;
        match pattern {
            "{vdnId}" => vdn_id = Some(part.parse().ok()?),
            "{campaignId}" => campaign_id = Some(part.parse().ok()?),
            _ if pattern == part => {}
            _ => return None,
        }
    }
    parts.next().is_none().then_some((vdn_id, campaign_id))
}

// === impl RecordedObject ===

impl RecordedObject<'_> {
    /// Returns the entries of the list in the reply.
    pub(crate) fn rows(&self) -> &[Node] {
        self.reply
            .body
            .json
            .as_ref()
            .and_then(pages::entries)
            .map_or(&[], |(_, rows)| rows)
    }
}
