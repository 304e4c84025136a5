//! Figures of a test run, printed, and written into `TESTING.md` where that is asked for.

use std::{env, fs, io::Write as _, path::Path};

/// Set to write into `TESTING.md`.
const SWITCH: &str = "RECORD_FIGURES";

/// Prints figures. With the switch set, they take the place of what stands between the section's
/// markers in `TESTING.md`.
pub fn publish(section: &str, figures: &str) {
    let _ = writeln!(std::io::stderr(), "{section}:\n{figures}");
    if env::var_os(SWITCH).is_none() {
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("TESTING.md");
    let text = fs::read_to_string(&path).expect("TESTING.md");
    let begin = format!("<!-- begin {section} -->\n");
    let end = format!("<!-- end {section} -->");
    let (before, rest) = text.split_once(&begin).expect("the marker of the begin");
    let (_, after) = rest.split_once(&end).expect("the marker of the end");
    fs::write(&path, format!("{before}{begin}{figures}{end}{after}")).expect("TESTING.md");
}
