//! The destination and the clock of log lines.

use std::{
    io::Write,
    sync::{Mutex, PoisonError},
    time::SystemTime,
};

use super::line::Line;

/// A function that returns the current time, for the time of a log line.
pub type Clock = fn() -> SystemTime;

/// Writes a line in one piece, so that lines of several threads do not mix.
pub(super) fn write_line(sink: &Mutex<impl Write>, line: Line) {
    let mut sink = sink.lock().unwrap_or_else(PoisonError::into_inner);
    // Nobody reads a closed standard error.
    let _written = sink.write_all(&line.into_bytes());
}
