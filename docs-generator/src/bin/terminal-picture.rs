//! `terminal-picture`: reads what a program wrote to a terminal, from standard input, and writes a
//! picture of it, as SVG, to standard output.

use std::{
    io::{self, Read as _, Write as _, stderr, stdin, stdout},
    process::ExitCode,
};

use anstyle_svg::{Term, WIN10_CONSOLE};

/// Empties the line on which the cursor stands.
const CLEAR_LINE: &str = "\r\u{1b}[K";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // There is no one left to tell when standard error is closed.
            let _written = writeln!(stderr(), "terminal-picture: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let mut written = String::new();
    stdin().read_to_string(&mut written)?;
    let picture = Term::new()
        .palette(WIN10_CONSOLE)
        .render_svg(&shown(&written));
    stdout().write_all(picture.as_bytes())
}

/// Returns the lines as they are shown at the end, without the progress that others took the place
/// of.
fn shown(written: &str) -> String {
    let lines = written.lines().map(|line| {
        let line = line.trim_end_matches('\r');
        line.rsplit_once(CLEAR_LINE).map_or(line, |(_, last)| last)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_not_shown() {
        let written = "one\r\n\r\u{1b}[Klooking\r\u{1b}[Kfurther\r\u{1b}[Ktwo\r\n\r\nthree\r\n";
        assert_eq!(shown(written), "one\ntwo\n\nthree");
    }

    #[test]
    fn colors_and_markup_survive() {
        let picture = Term::new().render_svg(&shown("\u{1b}[32m<ok>\u{1b}[0m & more"));
        assert!(picture.contains("&lt;ok"), "{picture}");
        assert!(picture.contains("fg-green"), "{picture}");
        assert!(picture.contains("&amp; more"), "{picture}");
    }
}
