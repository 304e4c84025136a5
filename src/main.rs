//! The provider's executable.

use std::{
    env,
    fmt::Display,
    io::{Write as _, stderr, stdout},
    process::ExitCode,
    time::SystemTime,
};

use terraform_provider_isales::{IsalesProvider, doctor};
use tfplugin::{
    log,
    serve::{
        Audience, Command, Environment, Mode, PROTOCOL_VERSION, PluginInfo, ServeError, help, serve,
    },
    service::Service,
};

const INFO: PluginInfo = PluginInfo {
    name: env!("CARGO_PKG_NAME"),
    version: env!("CARGO_PKG_VERSION"),
    source: "isales/isales",
    commands: &[doctor::COMMAND],
};

const LOG: log::Settings = log::Settings {
    crates: &[env!("CARGO_CRATE_NAME"), "isales_client", "tfplugin"],
    // As providers in Go give it, under OpenTofu too.
    provider_address: "registry.terraform.io/isales/isales",
    clock: system_clock,
};

fn main() -> ExitCode {
    let mut arguments = env::args_os().peekable();
    let program = arguments.next().unwrap_or_default();
    if arguments
        .next_if(|first| first == doctor::COMMAND.0)
        .is_some()
    {
        return doctor::run(program, arguments, variables());
    }
    match Command::parse(arguments) {
        Ok(Command::Serve(mode)) => start(mode),
        Ok(Command::Version) => say(format!(
            "{} {} (plugin protocol {PROTOCOL_VERSION})\n",
            INFO.name, INFO.version
        )),
        Ok(Command::Help) => say(help(&INFO)),
        Err(error) => fail(error, 2),
    }
}

fn start(mode: Mode) -> ExitCode {
    match run(mode) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.report(Audience::of(mode, |name| env::var_os(name)), &LOG);
            ExitCode::FAILURE
        }
    }
}

fn run(mode: Mode) -> Result<(), ServeError> {
    let environment = Environment::read(&INFO, |name| env::var_os(name))?;
    log::install(environment.log_level, LOG);
    let service = Service::new(IsalesProvider::new(variables(), fastrand::u64(..)));
    serve(service, &INFO, mode, environment)
}

/// Returns the environment, from which settings come.
fn variables() -> terraform_provider_isales::Environment {
    Box::new(|name: &str| env::var(name).ok())
}

/// Reads the system clock, which everything else is passed.
#[allow(
    clippy::disallowed_methods,
    reason = "everything else is passed a clock"
)]
fn system_clock() -> SystemTime {
    SystemTime::now()
}

fn say(text: String) -> ExitCode {
    match stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(error, 1),
    }
}

fn fail(error: impl Display, code: u8) -> ExitCode {
    // An error while writing to standard error has nowhere to go.
    let _written = writeln!(stderr(), "{error}");
    ExitCode::from(code)
}
