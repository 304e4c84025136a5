//! Measures the provider in turn with its yardsticks; prints tables and writes
//! `development/benchmarks.md`.
//!
//! ```text
//! benchmarks            everything
//! benchmarks page       the page again, from the last figures
//! benchmarks start …    these sections: build start commands objects latency rpcs memory hot size; and
//!                       destroy, which takes five minutes and is measured only when it is named
//!
//! benchmarks --against FILE [--only start,plan,rpcs,size] [--provider FILE] [--rounds N]
//!                       this checkout's build and another, in turn; writes no page, and ends with
//!                       status 1 where they differ. AGAINST and ONLY can be variables as well
//! ```

#![forbid(unsafe_code)]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a program of one crate, which ends where it cannot measure"
)]

mod commands;
mod comparison;
mod figures;
mod hot;
mod objects;
mod page;
mod plots;
mod policies;
mod process;
mod rpcs;
mod size;
mod start;
mod states;
mod statistics;
mod targets;
mod workspace;

use std::{
    env, fs,
    io::{Write as _, stderr, stdout},
    path::Path,
    process::ExitCode,
    time::Instant,
};

use comparison::Options;
use figures::{Figures, Section};
use tokio::runtime::Runtime;

/// The provider that is measured.
const PROVIDER: &str = env!("CARGO_BIN_EXE_terraform-provider-isales");
/// The folder that it is built in.
const MEASURED: &str = env!("MEASURED_TARGET");
/// The profile of the hot pieces. That of a release builds for minutes more, for yardsticks that
/// gain from it as well.
const HOT_PROFILE: &str = "driver";

const SECTIONS: [&str; 10] = [
    "build", "start", "commands", "objects", "latency", "rpcs", "memory", "hot", "size", LARGE,
];
/// The section that is measured only when it is named.
const LARGE: &str = "destroy";

fn main() -> ExitCode {
    let asked: Vec<String> = env::args().skip(1).collect();
    let comparison = match Options::read(&asked, |name| env::var(name).ok()) {
        Ok(comparison) => comparison,
        Err(message) => {
            let _closed = writeln!(stderr(), "{message}");
            return ExitCode::from(2);
        }
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the project");
    env::set_current_dir(root).expect("the project's folder");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    match comparison {
        Some(options) if comparison::run(&options, &runtime) => ExitCode::SUCCESS,
        Some(_) => ExitCode::FAILURE,
        None => {
            measure(&asked, &runtime);
            ExitCode::SUCCESS
        }
    }
}

/// Measures the sections that are asked for, and writes the page.
fn measure(asked: &[String], runtime: &Runtime) {
    let kept = Path::new(MEASURED).with_file_name("benchmarks.json");
    let mut figures = Figures::load(&kept);
    for name in SECTIONS {
        let is_wanted = match asked.is_empty() {
            true => name != LARGE,
            false => asked.iter().any(|asked| asked == name),
        };
        if !is_wanted {
            continue;
        }
        let (begun, before) = (Instant::now(), process::load());
        let mut section = match name {
            "build" => size::build(Path::new(MEASURED)),
            "start" => start::measure(runtime),
            "commands" => commands::by_size(),
            "objects" => commands::by_object(),
            "latency" => commands::by_latency(),
            "rpcs" => rpcs::measure(runtime, &commands::server()),
            "memory" => rpcs::memory(runtime, &commands::server()),
            "hot" => hot::measure(Path::new(MEASURED)),
            LARGE => commands::largest_destroy(),
            _ => size::measure(),
        };
        section.load = (before, process::load());
        report(name, &section, begun.elapsed().as_secs());
        figures.0.insert(name.to_owned(), section);
        figures.save(&kept);
    }
    let folder = Path::new("development");
    plots::draw(&figures, folder).expect("the plots can be drawn");
    fs::write(folder.join("benchmarks.md"), page::write(&figures))
        .expect("the page can be written");
}

fn report(name: &str, section: &Section, seconds: u64) {
    let table = page::table(section);
    // Whoever closed standard output does not want to read it.
    let _closed = writeln!(stdout(), "\n{name}, in {seconds} s\n\n{table}");
}
