//! The one line that a plugin writes to standard output.

use std::io::{self, Write as _, stdout};

/// Writes the only output to standard output: the handshake line, or the reason that there is none.
pub(super) fn announce(text: &str) -> io::Result<()> {
    let mut stdout = stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}
