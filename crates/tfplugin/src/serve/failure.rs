//! Reports why a process does not serve, where the one who started it looks.

use std::{
    ffi::OsString,
    io::{Write as _, stderr},
    thread::sleep,
    time::Duration,
};

use super::{
    environment::is_started_by_host, error::ServeError, mode::Mode, standard_output::announce,
};
use crate::log;

/// How long the process outlives its reason: go-plugin may close a pipe that it has not read once the
/// process has ended.
const TIME_TO_READ: Duration = Duration::from_millis(200);

/// The one who started the process, and learns why it does not serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Terraform. Of a plugin that does not start, it shows the first line of standard output and no
    /// other output.
    Host,
    /// A person at a terminal.
    Person,
}

// === impl Audience ===

impl Audience {
    /// Tells a host by its cookie in the environment.
    pub fn of(mode: Mode, lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        match mode {
            Mode::Hosted if is_started_by_host(lookup) => Self::Host,
            Mode::Hosted | Mode::Debug => Self::Person,
        }
    }
}

// === impl ServeError ===

impl ServeError {
    /// Reports the error to those who started the process.
    pub fn report(&self, audience: Audience, log: &log::Settings) {
        let reason = self.to_string();
        match audience {
            Audience::Person => {
                // An error while writing to standard error has nowhere to go.
                let _written = writeln!(stderr(), "{reason}");
            }
            Audience::Host => {
                // First, as the host kills a plugin whose first line is no handshake.
                log.write_error(&reason);
                // Standard output may be what has failed.
                let _announced = announce(&one_line(&reason));
                sleep(TIME_TO_READ);
            }
        }
    }
}

/// Writes a reason so that the host does not take it for a handshake: in one line, and without the
/// separator of its fields.
fn one_line(reason: &str) -> String {
    let words: Vec<_> = reason.split_whitespace().collect();
    words.join(" ").replace('|', "/") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_no_handshake() {
        assert_eq!(
            one_line("cannot listen in /a|b|c|d|e:\n\tno such folder"),
            "cannot listen in /a/b/c/d/e: no such folder\n"
        );
    }
}
