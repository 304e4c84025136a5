//! What the log needs to know of the program.

use std::{io::stderr, sync::Mutex};

use log::Level;

use super::{
    call::add_current_call,
    line::Line,
    sink::{Clock, write_line},
};

/// What the log needs to know of the program.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The crates whose lines are written. The first is the provider's own.
    pub crates: &'static [&'static str],
    /// The provider's full address in a registry, which every line names.
    pub provider_address: &'static str,
    /// The clock for the time of each line.
    pub clock: Clock,
}

// === impl Settings ===

impl Settings {
    /// Writes a line of level error to standard error, whatever level is logged: the reason that the
    /// process ends.
    pub fn write_error(&self, message: &str) {
        let line = self.line(Level::Error, self.own_target(), message);
        write_line(&Mutex::new(stderr()), line);
    }

    /// Begins a line with the fields that all lines have.
    pub(super) fn line(&self, level: Level, target: &str, message: &str) -> Line {
        let mut line = Line::new((self.clock)(), level, target, message);
        line.add("tf_provider_addr", self.provider_address.into());
        add_current_call(&mut line);
        line
    }

    /// Returns the target of lines that are written for the whole program.
    pub(super) fn own_target(&self) -> &'static str {
        let own = self.crates.first().copied();
        own.unwrap_or(env!("CARGO_CRATE_NAME"))
    }
}
