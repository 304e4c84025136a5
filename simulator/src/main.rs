//! The binary `isales-simulator`: starts a simulator, prints its addresses and runs until a signal.

#![forbid(unsafe_code)]

mod options;
mod signals;

use std::{
    error::Error,
    io::{self, Write as _},
    process::ExitCode,
};

use isales_simulator::Simulator;

use self::{options::Request, signals::EndSignals};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard error may be closed; the exit code reports the failure then.
            let _ = writeln!(io::stderr(), "isales-simulator: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let environment = |name: &str| std::env::var(name).ok();
    match options::parse(lexopt::Parser::from_env(), environment)? {
        Request::Print(text) => Ok(io::stdout().write_all(text.as_bytes())?),
        Request::Run(builder, notes) => {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(async {
                // Installed before the ready line, so that a signal right after it stops the server
                // properly.
                let mut end = EndSignals::install()?;
                let simulator = builder.start().await?;
                announce(&simulator)?;
                for note in notes {
                    writeln!(io::stderr(), "isales-simulator: {note}")?;
                }
                end.wait().await;
                simulator.stop().await;
                Ok(())
            })
        }
    }
}

/// Prints a line of JSON on standard output for scripts, and a line on standard error for people.
fn announce(simulator: &Simulator) -> io::Result<()> {
    let ready = serde_json::json!({
        "endpoint": simulator.endpoint(),
        "admin": simulator.admin_endpoint(),
        "ca_file": std::path::absolute(simulator.ca_file())?,
    });
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{ready}")?;
    stdout.flush()?;
    writeln!(
        io::stderr(),
        "isales-simulator serves {} (admin {}); interrupt to stop",
        simulator.endpoint(),
        simulator.admin_endpoint()
    )
}
