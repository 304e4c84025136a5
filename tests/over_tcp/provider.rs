//! The provider on a port of the loopback interface, as it listens on Windows: so that the tests can
//! drive that listener where the provider itself has a Unix socket.

use std::{
    env,
    error::Error,
    io::{Write as _, stderr},
    process::ExitCode,
};

use terraform_provider_isales::IsalesProvider;
use tfplugin::{
    serve::{Environment, Mode, Network, PluginInfo, serve},
    service::Service,
};

const INFO: PluginInfo = PluginInfo {
    name: "terraform-provider-isales",
    version: "0.0.0",
    source: "isales/isales",
    commands: &[],
};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // There is no one left to tell when standard error is closed.
            let _written = writeln!(stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut environment = Environment::read(&INFO, |name| env::var_os(name))?;
    environment.sockets.network = Network::Tcp;
    let variables = Box::new(|name: &str| env::var(name).ok());
    let service = Service::new(IsalesProvider::new(variables, 0));
    serve(service, &INFO, Mode::Hosted, environment)?;
    Ok(())
}
