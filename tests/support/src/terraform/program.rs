//! The program under test: the one that `TERRAFORM_BINARY` names, else the `terraform` in `PATH`.

use std::{
    env, io,
    path::{PathBuf, absolute},
    process::{Command, Stdio},
    sync::OnceLock,
};

use super::{Release, Running};

/// Names another Terraform, or an OpenTofu.
const VARIABLE: &str = "TERRAFORM_BINARY";
const WHERE: &str = "Install Terraform from https://developer.hashicorp.com/terraform/install, and \
                     put it in PATH or set TERRAFORM_BINARY to it; the end-to-end tests need it.";

/// A program that was started once, to ask it for its version.
#[derive(Debug)]
pub struct Program {
    path: PathBuf,
    pub release: Release,
    /// Its name for this machine, such as `linux_amd64`.
    pub platform: String,
}

/// Returns the program under test.
///
/// # Panics
/// There is none, or it is too old.
pub fn program() -> &'static Program {
    static FOUND: OnceLock<Result<Program, String>> = OnceLock::new();
    match FOUND.get_or_init(|| Program::find(env::var_os(VARIABLE).map(PathBuf::from))) {
        Ok(program) => program,
        Err(reason) => panic!("{reason}"),
    }
}

// === impl Program ===

impl Program {
    /// Finds the named program, or the one in `PATH`.
    fn find(named: Option<PathBuf>) -> Result<Self, String> {
        let path = match named.filter(|path| !path.as_os_str().is_empty()) {
            // Tests run it in folders of their own. A name alone is looked for in PATH.
            Some(path) if path.components().count() > 1 => absolute(&path)
                .map_err(|error| format!("{VARIABLE} is {}: {error}", path.display()))?,
            Some(name) => name,
            None => PathBuf::from("terraform"),
        };
        let shown = path.display();
        let mut version = bare(&path);
        version
            .arg("version")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let output = match Running::start(version).map(Running::output) {
            Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(format!("There is no {shown}. {WHERE}"));
            }
            Err(error) => return Err(format!("{shown} cannot be started ({error}). {WHERE}")),
        };
        let mut lines = output.lines();
        let release: Release =
            lines.next().unwrap_or_default().parse().map_err(|error| {
                format!("\"{shown} version\" names no version: {error}. {WHERE}")
            })?;
        if !release.is_supported() {
            let [terraform, opentofu] = Release::OLDEST;
            return Err(format!(
                "{shown} is {release}; {terraform} or {opentofu} or newer is needed. {WHERE}"
            ));
        }
        let platform = lines.find_map(|line| line.strip_prefix("on "));
        let platform = platform.ok_or_else(|| format!("\"{shown} version\" names no platform"))?;
        Ok(Self {
            platform: platform.to_owned(),
            path,
            release,
        })
    }

    /// A command of it, in an environment with `PATH` alone.
    pub fn command(&self) -> Command {
        bare(&self.path)
    }
}

fn bare(path: &PathBuf) -> Command {
    let mut command = Command::new(path);
    command
        .env_clear()
        .env("PATH", env::var_os("PATH").unwrap_or_default())
        .env("CHECKPOINT_DISABLE", "1")
        .stdin(Stdio::null());
    command
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt as _};

    use super::*;

    /// What is said of a program that answers with this.
    fn found(answer: &str) -> Result<Program, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("program");
        fs::write(&path, format!("#!/bin/sh\nprintf '{answer}'\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Program::find(Some(path))
    }

    #[test]
    fn either_product_is_known_by_its_first_line() {
        let tofu = found("OpenTofu v1.12.6\\non linux_amd64\\n").unwrap();
        assert_eq!(tofu.release.to_string(), "OpenTofu 1.12");
        assert_eq!(tofu.platform, "linux_amd64");
    }

    #[test]
    fn a_program_that_will_not_do_is_named_with_the_reason() {
        for (answer, reason) in [
            ("", "names no version"),
            (
                "Terraform v1.4.7\\non linux_amd64\\n",
                "Terraform 1.4; Terraform 1.5 or",
            ),
            ("Terraform v1.5.7\\n", "names no platform"),
        ] {
            let error = found(answer).unwrap_err();
            assert!(error.contains(reason), "{error}");
            assert!(error.contains("program"), "{error}");
        }
        let error = Program::find(Some("/nowhere/tofu".into())).unwrap_err();
        assert!(error.starts_with("There is no /nowhere/tofu. "), "{error}");
        assert!(error.contains(VARIABLE), "{error}");
    }
}
