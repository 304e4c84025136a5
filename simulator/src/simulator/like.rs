//! The builder for a server like a recorded one.

use std::{path::Path, time::Duration};

use super::SimulatorBuilder;
use crate::{
    clock::{Clock, ClockOffset},
    like::{self, LikeError, Limit, RecordedExchange, RecordedObject, Recording, Replay, ids},
    registry::OBJECTS,
    server::Latency,
    signature::Accepts,
    store::Store,
};

/// What makes a server like a recorded one, apart from its data.
#[derive(Debug)]
struct Likeness {
    replay: Replay,
    accepts: Accepts,
    clock_ahead: ClockOffset,
    /// How far a timestamp may be off, if the recording shows it.
    clock_skew: Option<Duration>,
    latency: Option<Duration>,
    limit: Option<Limit>,
    /// What the server has in common with the recorded one, and what not.
    notes: Vec<String>,
}

// === impl SimulatorBuilder ===

impl SimulatorBuilder {
    /// Makes the server like the one in a report of `terraform-provider-isales doctor --report`: its
    /// data, the form of its replies, its clock, its limits and its errors. What is set after this
    /// counts. Returns notes for the user as well: the ID of the VDN, and what could not be taken over.
    ///
    /// # Errors
    /// If the file cannot be read, or is no report.
    pub fn like(mut self, path: &Path) -> Result<(Self, Vec<String>), LikeError> {
        let recording = Recording::read(path)?;
        let likeness = Likeness::of(&recording, &mut self.store);
        let clock = Clock::system();
        clock.set_offset(likeness.clock_ahead.seconds());
        self = self.clock(clock);
        if let Some(skew) = likeness.clock_skew {
            self = self.clock_skew(skew);
        }
        if let Some(latency) = likeness.latency {
            self = self.latency(Latency::before(latency));
        }
        *self.store.part_mut::<Replay>() = likeness.replay;
        self = self.accepts(likeness.accepts);
        self.limit = likeness.limit;
        Ok((self, likeness.notes))
    }
}

/// The longest time without requests that is still one without latency.
const NOTICEABLE: Duration = Duration::from_millis(50);

// === impl Likeness ===

impl Likeness {
    /// Fills the store with the data of a recording, and returns the rest.
    fn of(recording: &Recording, store: &mut Store) -> Self {
        let exchanges = &recording.exchanges;
        let mut notes = Vec::new();
        if let Some(vdn_id) = recording.vdn_id {
            store.vdn_or_new(vdn_id);
            notes.push(format!("the VDN is {vdn_id}"));
        }
        load(exchanges, store);
        for object in OBJECTS {
            if let Some(imitate) = object.imitate {
                imitate(store, recording, &mut notes);
            }
        }
        let (accepted, refused) = like::clock_skews(exchanges);
        let latency = like::latency(exchanges).filter(|latency| *latency >= NOTICEABLE);
        Self {
            replay: Replay::new(exchanges),
            accepts: like::accepts(exchanges),
            clock_ahead: recording.clock_ahead,
            clock_skew: like::clock_skew(accepted, refused),
            latency,
            limit: like::limit(recording),
            notes,
        }
    }
}

/// Fills the store with the data in successful replies.
fn load(exchanges: &[RecordedExchange], store: &mut Store) {
    let get = exchanges.iter().filter(|exchange| exchange.method == "GET");
    let replies = get.filter_map(|exchange| Some((exchange, exchange.authorized_reply()?)));
    // In the order of the objects: campaigns before what belongs to them.
    let replies: Vec<_> = replies.filter(|(_, reply)| reply.status == 200).collect();
    for data in OBJECTS.iter().flat_map(|object| object.recorded) {
        for (exchange, reply) in &replies {
            if let Some((Some(vdn_id), campaign_id)) = ids(data.path, &exchange.path) {
                let object = RecordedObject {
                    vdn_id,
                    campaign_id,
                    reply,
                };
                (data.load)(store, &object);
            }
        }
    }
}
