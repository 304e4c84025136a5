//! The `terraform` in `PATH`.

use std::{
    env, io,
    process::{Command, Stdio},
    sync::OnceLock,
};

use serde_json::Value;

use super::Running;

/// The oldest version with everything that the tests use: provider functions.
const OLDEST: (u64, u64) = (1, 8);
const WHERE: &str = "Install it from https://developer.hashicorp.com/terraform/install and put it \
                     in PATH; the end-to-end tests need it.";

/// A command of Terraform, in an environment with `PATH` alone. Fails the test where there is no
/// Terraform that will do.
pub(super) fn terraform() -> Command {
    static CHECKED: OnceLock<Result<(), String>> = OnceLock::new();
    if let Err(reason) = CHECKED.get_or_init(check) {
        panic!("{reason}");
    }
    bare()
}

fn bare() -> Command {
    let mut command = Command::new("terraform");
    command
        .env_clear()
        .env("PATH", env::var_os("PATH").unwrap_or_default())
        .env("CHECKPOINT_DISABLE", "1")
        .stdin(Stdio::null());
    command
}

fn check() -> Result<(), String> {
    let mut version = bare();
    version
        .args(["version", "-json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let output = match Running::start(version).map(Running::output) {
        Ok(output) => output,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(format!("There is no terraform. {WHERE}"));
        }
        Err(error) => return Err(format!("terraform cannot be started ({error}). {WHERE}")),
    };
    let version = serde_json::from_slice::<Value>(&output.stdout)
        .ok()
        .and_then(|answer| Some(answer.get("terraform_version")?.as_str()?.to_owned()))
        .unwrap_or_else(|| "of unknown version".to_owned());
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if found < OLDEST {
        let (major, minor) = OLDEST;
        return Err(format!(
            "terraform is {version}; {major}.{minor} or newer is needed. {WHERE}"
        ));
    }
    Ok(())
}
