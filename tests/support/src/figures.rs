//! Figures of a test run: printed, and recorded in `development/testing.md` on request.

use std::{env, fs, io::Write as _, path::Path};

/// The page that the figures are recorded in.
const PAGE: &str = "development/testing.md";

/// Environment variable that turns recording on.
const SWITCH: &str = "RECORD_FIGURES";

/// Prints figures. If `RECORD_FIGURES` is set, also writes them between the section's markers in
/// `development/testing.md`, in place of those of the last run.
pub fn publish(section: &str, figures: &str) {
    let _ = writeln!(std::io::stderr(), "{section}:\n{figures}");
    if env::var_os(SWITCH).is_none() {
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(PAGE);
    let text = fs::read_to_string(&path).expect(PAGE);
    let begin = format!("<!-- begin {section} -->\n");
    let end = format!("<!-- end {section} -->");
    let (before, rest) = text.split_once(&begin).expect("the begin marker");
    let (_, after) = rest.split_once(&end).expect("the end marker");
    fs::write(&path, format!("{before}{begin}{figures}{end}{after}")).expect(PAGE);
}
