//! `docs-generator`: writes `docs/` of the repository in the working directory.

use std::{
    io::{Write as _, stderr},
    path::Path,
    process::ExitCode,
};

use docs_generator::{Error, Offer, pages, write};

fn main() -> ExitCode {
    match run(Path::new(".")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // There is no one left to tell when standard error is closed.
            let _written = writeln!(stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(root: &Path) -> Result<(), Error> {
    write(root, &pages(root, &Offer::ask()?)?)
}
